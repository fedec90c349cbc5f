import { Module } from '@nestjs/common';
import { MonthMaker } from './jobs/month-maker.js';
import { Sequencer } from './jobs/sequencer.js';
import { Timestamping } from './jobs/timestamping.js';
import { Witnessing } from './jobs/witnessing.js';

/** The ledger's sequencer, what has its checkpoints cosigned and dated, and what makes its months; for the worker process only. */
@Module({ providers: [Sequencer, Witnessing, Timestamping, MonthMaker] })
export class SequencerModule {}
