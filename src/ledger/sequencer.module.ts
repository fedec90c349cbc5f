import { Module } from '@nestjs/common';
import { Sequencer } from './jobs/sequencer.js';
import { Witnessing } from './jobs/witnessing.js';

/** The ledger's sequencer, and what has its checkpoints cosigned; for the worker process only. */
@Module({ providers: [Sequencer, Witnessing] })
export class SequencerModule {}
