#!/usr/bin/env node
import 'reflect-metadata';
import { contextFrom } from './cli/environment.js';
import { run } from './cli/run.js';
import { agreementEnd, agreementImport } from './cli/commands/agreement.js';
import { agencyImport } from './cli/commands/agency-import.js';
import { doctor } from './cli/commands/doctor.js';
import { dutyPostClose, dutyPostOpen } from './cli/commands/duty-post.js';
import { idpImport } from './cli/commands/idp-import.js';
import { leakCheck } from './cli/commands/leak-check.js';
import { ledgerCheck } from './cli/commands/ledger-check.js';
import { ledgerErase } from './cli/commands/ledger-erase.js';
import { ledgerExport } from './cli/commands/ledger-export.js';
import { ledgerKeyCommand } from './cli/commands/ledger-key.js';
import { ledgerProof } from './cli/commands/ledger-proof.js';
import { ledgerRetire } from './cli/commands/ledger-retire.js';
import { ledgerProve } from './cli/commands/ledger-prove.js';
import { openFile } from './cli/commands/open-file.js';
import { migrate } from './cli/commands/migrate.js';
import { seed } from './cli/commands/seed.js';
import { personDisable, sessionEnd } from './cli/commands/shut-out.js';
import { witness, witnessNewKey } from './cli/commands/witness.js';

const COMMANDS = [
  migrate, seed, agencyImport, idpImport, personDisable, sessionEnd, agreementImport, agreementEnd, dutyPostOpen, dutyPostClose,
  leakCheck, ledgerCheck, ledgerErase, ledgerExport, ledgerKeyCommand, ledgerProve, ledgerProof, ledgerRetire, openFile, witnessNewKey, witness, doctor,
];

process.exitCode = await run(COMMANDS, process.argv.slice(2), () => contextFrom(process.env), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
