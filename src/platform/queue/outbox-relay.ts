import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../db/unit-of-work.js';
import { Doorbell } from '../doorbell.js';
import { FaultLog } from './fault-log.js';
import { lockWaiting, markDispatched, type WaitingEvent } from './outbox.js';

const BATCH = 100;
const POLL_MS = 1_000;

/** Puts the jobs of one event into the queue. Doing so twice must be the same as doing it once. */
export type Dispatch = (event: WaitingEvent) => Promise<void>;

/**
 * Carries committed events to the queue, at least once: the job is added first, then the event is marked. A crash in
 * between adds it again under the same id. Any number of relays may run.
 */
@Injectable()
export class OutboxRelay {
  private readonly doorbell = new Doorbell();
  private running: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly faults: FaultLog,
  ) {}

  start(dispatch: Dispatch): void {
    this.stopping = false;
    this.running = this.loop(dispatch);
  }

  /** Says that there may be something to carry. Only a hint: without it the relay looks every second. */
  wake(): void {
    this.doorbell.ring();
  }

  /** Ends after the pass in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.doorbell.ring();
    await this.running;
  }

  private async loop(dispatch: Dispatch): Promise<void> {
    while (!this.stopping) {
      const carried = await this.tryPass(dispatch);
      if (carried < BATCH) await this.doorbell.wait(POLL_MS);
    }
  }

  private async tryPass(dispatch: Dispatch): Promise<number> {
    try {
      return await this.pass(dispatch);
    } catch (fault) {
      this.faults.warn('relay', fault);
      return 0;
    }
  }

  private async pass(dispatch: Dispatch): Promise<number> {
    return this.unitOfWork.run({ actor: undefined, system: 'worker', correlationId: 'relay' }, async (work) => {
      const waiting = await lockWaiting(work, BATCH);
      await Promise.all(waiting.map(dispatch));
      if (waiting.length > 0) await markDispatched(work, waiting.map((event) => event.id));
      return waiting.length;
    });
  }
}
