import { Module } from '@nestjs/common';
import { Sequencer } from './jobs/sequencer.js';
import { Timestamping } from './jobs/timestamping.js';
import { Witnessing } from './jobs/witnessing.js';

/** The ledger's sequencer, and what has its checkpoints cosigned and dated; for the worker process only. */
@Module({ providers: [Sequencer, Witnessing, Timestamping] })
export class SequencerModule {}
