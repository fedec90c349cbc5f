import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Log } from '../../platform/index.js';

/** Months there are always to be after the present one: as long, a worker may be away without anything being put aside. */
const AHEAD = 2;
const LOOK_MS = 6 * 3_600_000;
/** An export under way is in the way of a new month, for half an hour at most. */
const RETRY_MS = 60_000;

/**
 * Makes the months of the ledger before they begin. Of several workers one makes them and the others find them made. What is
 * recorded in a month nobody made is kept aside by the database, and put into its month when that is made.
 */
@Injectable()
export class MonthMaker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
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
      await pause(rest, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<number> {
    try {
      await this.dataSource.query('SELECT ledger_make_months($1)', [AHEAD]);
      return LOOK_MS;
    } catch (fault) {
      this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'The next months of the ledger could not be made and will be tried again');
      return RETRY_MS;
    }
  }
}
