import { Global, Module } from '@nestjs/common';
import { LedgerIntake } from './commands/ledger-intake.js';
import { AuditorReading } from './queries/auditor-reading.js';

/** The record of every act. Global, because no act may be without it. */
@Global()
@Module({
  providers: [LedgerIntake, AuditorReading],
  exports: [LedgerIntake, AuditorReading],
})
export class LedgerModule {}
