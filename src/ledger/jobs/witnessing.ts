import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, Clock, Log, type Config } from '../../platform/index.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { ledgerWitnesses, type LedgerWitnesses } from '../domain/ledger-witnesses.js';
import { inTurn, pgConnection } from '../store/connection.js';
import { WitnessAsker } from './witness-asker.js';

const RECONNECT_MS = 500;
/** How often a process that does not lead looks whether it may. */
const WAIT_MS = 1_000;
/** The advisory lock that only one process of a database asks under at a time ("witness" in ASCII). */
const WITNESS_LOCK = '33611471017833331';

/**
 * Has the ledger's checkpoints cosigned by its witnesses. Every worker process runs one and one of them works: it holds a
 * lock for as long as its connection lives. Apart from the sequencer in everything but the database, so that no witness,
 * however slow, holds up the ledger. Were two to ask at once after all, witnesses would answer both alike.
 */
@Injectable()
export class Witnessing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly witnesses: LedgerWitnesses | undefined;
  private readonly stopping = new AbortController();
  private asker: WitnessAsker | undefined;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.witnesses = ledgerWitnesses(config.witnesses);
  }

  onApplicationBootstrap(): void {
    const { witnesses } = this;
    if (witnesses !== undefined) this.running = this.keepRunning(witnesses);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.asker?.stop();
    await this.running;
  }

  private async keepRunning(witnesses: LedgerWitnesses): Promise<void> {
    while (!this.isStopping()) {
      const client = new pg.Client({ connectionString: this.config.database.workerUrl, application_name: 'concordat-witnessing', keepAlive: true });
      try {
        await this.runOver(client, witnesses);
      } catch (fault) {
        this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'Asking the witnesses stopped and will be tried again');
      } finally {
        this.asker = undefined;
        await client.end().catch(() => undefined);
      }
      await this.rest(RECONNECT_MS);
    }
  }

  private async runOver(client: pg.Client, witnesses: LedgerWitnesses): Promise<void> {
    // A lost connection shows as a failed query; the listener only keeps it from ending the process.
    client.on('error', () => this.asker?.ring());
    client.on('notification', () => this.asker?.ring());
    await client.connect();
    while (!(await this.leads(client))) {
      if (this.isStopping()) return;
      await this.rest(WAIT_MS);
    }
    await client.query('LISTEN concordat_checkpoint');
    const trust = ledgerKey(this.config.keys.ledgerSigningKey, this.config.keys.ledgerOrigin);
    const asker = new WitnessAsker(inTurn(pgConnection(client)), { trust, witnesses, clock: this.clock, log: this.log, seconds: () => performance.now() / 1000 });
    this.asker = asker;
    if (!this.isStopping()) await asker.run();
  }

  private async leads(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [WITNESS_LOCK]);
    return rows[0]?.held === true;
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
