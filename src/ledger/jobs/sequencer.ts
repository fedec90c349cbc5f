import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import type { CompactRange } from '../../../libs/tlog/index.js';
import { CONFIG, Clock, Doorbell, KEEP_PLANS, Log, type Config } from '../../platform/index.js';
import { ledgerKey, type LedgerKey } from '../domain/ledger-key.js';
import { pgConnection } from '../store/connection.js';
import { tellAsleep, tellAwake } from '../store/sequencer-sleep.js';
import { rememberCheckpoint, rememberedCheckpoints } from '../store/remembered-checkpoint.js';
import { assertContinues } from './assert-continues.js';
import { LedgerBroken } from './ledger-broken.js';
import { sequenceBatch } from './sequence-batch.js';

/** Without being woken it looks this often, so an entry waits a quarter of a second at worst. */
const POLL_MS = 250;
/** So soon it looks again while acts are under way that will not wake it. */
const UNDER_WAY_MS = 25;
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
  private readonly bell = new Doorbell();
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
    this.bell.ring();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isStopping) {
      const client = new pg.Client({
        connectionString: this.config.database.workerUrl,
        application_name: 'concordat-sequencer',
        keepAlive: true,
        options: KEEP_PLANS,
      });
      try {
        await this.runOver(client);
      } catch (fault) {
        this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'The ledger sequencer stopped and will try again');
        await this.bell.wait(fault instanceof LedgerBroken ? BROKEN_MS : RECONNECT_MS);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  private async runOver(client: pg.Client): Promise<void> {
    // A lost connection shows as a failed query; the listener only keeps it from ending the process.
    client.on('error', () => this.bell.ring());
    client.on('notification', () => this.bell.ring());
    await client.connect();
    await client.query('LISTEN concordat_ledger');
    const connection = pgConnection(client, 'kept');
    for (const note of await rememberedCheckpoints(this.config.dataFolder)) await assertContinues(connection, this.key, note);
    let isAsleep = false;
    while (!this.isStopping) {
      const batch = await sequenceBatch(connection, this.key, () => this.clock.now(), this.edge);
      this.edge = batch.edge;
      if (batch.note !== undefined) await rememberCheckpoint(this.config.dataFolder, batch.note);
      if (batch.count > 0) {
        if (isAsleep) await tellAwake(connection);
        isAsleep = false;
        await pause(GATHER_MS);
      } else if (isAsleep) {
        await this.bell.wait(POLL_MS);
      } else {
        const told = await tellAsleep(connection);
        // Once it has told it looks again: what was recorded just before does not wake it.
        isAsleep = told === 'told';
        if (!isAsleep) await this.bell.wait(told === 'under-way' ? UNDER_WAY_MS : POLL_MS);
      }
    }
  }
}
