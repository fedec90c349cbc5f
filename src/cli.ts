#!/usr/bin/env node
import 'reflect-metadata';
import { contextFrom } from './cli/environment.js';
import { run } from './cli/run.js';
import { doctor } from './cli/commands/doctor.js';
import { ledgerCheck } from './cli/commands/ledger-check.js';
import { migrate } from './cli/commands/migrate.js';

process.exitCode = await run([migrate, ledgerCheck, doctor], process.argv.slice(2), () => contextFrom(process.env), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
