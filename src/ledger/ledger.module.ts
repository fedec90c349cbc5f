import { Global, Module } from '@nestjs/common';
import { LedgerIntake } from './commands/ledger-intake.js';
import { AuditorReading } from './queries/auditor-reading.js';
import { CustodyProofs } from './queries/custody-proofs.js';
import { WriteGate } from './commands/write-gate.js';
import { WitnessWatch } from './queries/witness-watch.js';

/** The record of every act. Global, because no act may be without it. */
@Global()
@Module({
  providers: [CustodyProofs, LedgerIntake, AuditorReading, WitnessWatch, WriteGate],
  exports: [CustodyProofs, LedgerIntake, AuditorReading, WitnessWatch, WriteGate],
})
export class LedgerModule {}
