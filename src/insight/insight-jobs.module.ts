import { Module } from '@nestjs/common';
import { ExamineEntries } from './jobs/examine-entries.js';
import { UnusualUseWatch } from './jobs/unusual-use-watch.js';

/** What the worker looks for in the ledger. */
@Module({ providers: [ExamineEntries, UnusualUseWatch] })
export class InsightJobsModule {}
