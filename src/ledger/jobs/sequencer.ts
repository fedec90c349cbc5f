import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import type { CompactRange } from '../../../libs/tlog/index.js';
import { CONFIG, Clock, Log, type Config } from '../../platform/index.js';
import { ledgerKey, type LedgerKey } from '../domain/ledger-key.js';
import { pgConnection } from '../store/connection.js';
import { rememberCheckpoint, rememberedCheckpoints } from '../store/remembered-checkpoint.js';
import { assertContinues } from './assert-continues.js';
import { LedgerBroken } from './ledger-broken.js';
import { sequenceBatch } from './sequence-batch.js';

/** Without being woken it looks this often, so an entry waits a quarter of a second at worst. */
const POLL_MS = 250;
/**
 * After a checkpoint it lets entries gather this long, so that a busy hour is not one signature per entry: each batch costs
 * as much as serving a page, whatever its size. The first entry after a quiet while does not wait for it.
 */
const GATHER_MS = 100;
const RECONNECT_MS = 500;
/** A ledger that is broken stays so until a person has looked; it is said again this often. */
const BROKEN_MS = 30_000;

/**
 * Gives recorded entries their place in the ledger. Every worker process runs one and at any moment one of them works;
 * the others find the lock taken. It may be killed anywhere and started twice: see `sequenceBatch`.
 */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly key: LedgerKey;
  private edge: CompactRange | undefined;
  private isStopping = false;
  private isWoken = false;
  private wake: () => void = () => undefined;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.key = ledgerKey(config.keys.ledgerSigningKey, config.keys.ledgerOrigin);
  }

  onApplicationBootstrap(): void {
    this.running = this.keepRunning();
  }

  /** Ends after the batch in hand. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.ring();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isStopping) {
      const client = new pg.Client({
        connectionString: this.config.database.workerUrl,
        application_name: 'concordat-sequencer',
        keepAlive: true,
      });
      try {
        await this.runOver(client);
      } catch (fault) {
        this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'The ledger sequencer stopped and will try again');
        await this.wait(fault instanceof LedgerBroken ? BROKEN_MS : RECONNECT_MS);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  private async runOver(client: pg.Client): Promise<void> {
    // A lost connection shows as a failed query; the listener only keeps it from ending the process.
    client.on('error', () => this.ring());
    client.on('notification', () => this.ring());
    await client.connect();
    await client.query('LISTEN concordat_ledger');
    const connection = pgConnection(client);
    for (const note of await rememberedCheckpoints(this.config.dataFolder)) await assertContinues(connection, this.key, note);
    while (!this.isStopping) {
      const batch = await sequenceBatch(connection, this.key, () => this.clock.now(), this.edge);
      this.edge = batch.edge;
      if (batch.note !== undefined) await rememberCheckpoint(this.config.dataFolder, batch.note);
      if (batch.count > 0) await pause(GATHER_MS);
      else await this.wait(POLL_MS);
    }
  }

  private ring(): void {
    this.isWoken = true;
    this.wake();
  }

  /** Returns after a ring, one that came before the call included, or after `milliseconds` without one. */
  private async wait(milliseconds: number): Promise<void> {
    if (!this.isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isWoken = false;
  }
}
