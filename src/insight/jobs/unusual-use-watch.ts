import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../platform/index.js';
import { ExamineEntries } from './examine-entries.js';

/** How long it rests when little is left to examine, so that a busy hour is not one examination per act. Nobody waits for an explanation to be asked for. */
const REST_MS = 2_000;
/** After a fault it tries again; nothing is lost by waiting, because the mark was not moved. */
const RETRY_MS = 10_000;

/** Has the ledger examined for unusual use for as long as the worker runs. Several workers take turns: one holds the mark. */
@Injectable()
export class UnusualUseWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly examine: ExamineEntries,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.keepRunning();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const rest = await this.once();
      if (rest > 0) await pause(rest, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<number> {
    try {
      return (await this.examine.execute()) ? 0 : REST_MS;
    } catch (fault) {
      this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'Looking for unusual use stopped and will be tried again');
      return RETRY_MS;
    }
  }
}
