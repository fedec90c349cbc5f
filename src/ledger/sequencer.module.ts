import { Module } from '@nestjs/common';
import { Sequencer } from './jobs/sequencer.js';

/** The ledger's sequencer; for the worker process only. */
@Module({ providers: [Sequencer] })
export class SequencerModule {}
