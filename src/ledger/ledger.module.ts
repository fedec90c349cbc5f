import { Global, Module } from '@nestjs/common';
import { LedgerIntake } from './commands/ledger-intake.js';
import { AuditorReading } from './queries/auditor-reading.js';
import { WriteGate } from './commands/write-gate.js';
import { WitnessWatch } from './queries/witness-watch.js';

/** The record of every act. Global, because no act may be without it. */
@Global()
@Module({
  providers: [LedgerIntake, AuditorReading, WitnessWatch, WriteGate],
  exports: [LedgerIntake, AuditorReading, WitnessWatch, WriteGate],
})
export class LedgerModule {}
