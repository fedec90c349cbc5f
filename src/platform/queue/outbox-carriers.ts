import { Injectable } from '@nestjs/common';
import { OutboxListener } from './outbox-listener.js';
import { OutboxRelay, type Dispatch } from './outbox-relay.js';
import { Reconciler, type Restore } from './reconciler.js';

/** The three loops between the outbox and the queue, started and stopped together. */
@Injectable()
export class OutboxCarriers {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly listener: OutboxListener,
    private readonly reconciler: Reconciler,
  ) {}

  async start(dispatch: Dispatch, restore: Restore): Promise<void> {
    this.relay.start(dispatch);
    this.reconciler.start(restore);
    await this.listener.start(() => this.relay.wake());
  }

  async stop(): Promise<void> {
    await this.listener.stop();
    await Promise.all([this.relay.stop(), this.reconciler.stop()]);
  }
}
