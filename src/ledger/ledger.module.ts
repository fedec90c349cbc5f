import { Global, Module } from '@nestjs/common';
import { LedgerIntake } from './commands/ledger-intake.js';

/** The record of every act. Global, because no act may be without it. */
@Global()
@Module({
  providers: [LedgerIntake],
  exports: [LedgerIntake],
})
export class LedgerModule {}
