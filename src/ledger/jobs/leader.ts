import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { KEEP_PLANS, type Log } from '../../platform/index.js';
import { inTurn, pgConnection, type LedgerConnection } from '../store/connection.js';

const RECONNECT_MS = 500;
/** How often a process that does not lead looks whether it may. */
const WAIT_MS = 1_000;

/** Work that only one process of a database does at a time. */
export interface Led {
  /** Works until it is stopped. @throws when the database cannot be worked with. */
  run(): Promise<void>;
  /** There may be a new checkpoint. */
  ring(): void;
  stop(): void;
}

/** What is led, and how it is told apart from other such work. */
export interface Leading {
  readonly workerUrl: string;
  /** Name of the connection, for example `concordat-witnessing`. */
  readonly name: string;
  /** The advisory lock held while working. */
  readonly lock: string;
  /** For the log, for example `Asking the witnesses`. */
  readonly words: string;
  begin(connection: LedgerConnection): Led;
}

/**
 * Runs one piece of work in one worker process of all: it holds a lock for as long as its connection lives, and whoever is
 * left takes over. It is rung at each new checkpoint.
 */
export class Leader {
  private readonly stopping = new AbortController();
  private led: Led | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly leading: Leading,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running = this.keepRunning();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.led?.stop();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.isStopping()) {
      const client = new pg.Client({ connectionString: this.leading.workerUrl, application_name: this.leading.name, keepAlive: true, options: KEEP_PLANS });
      try {
        await this.runOver(client);
      } catch (fault) {
        this.log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, `${this.leading.words} stopped and will be tried again`);
      } finally {
        this.led = undefined;
        await client.end().catch(() => undefined);
      }
      await this.rest(RECONNECT_MS);
    }
  }

  private async runOver(client: pg.Client): Promise<void> {
    // A lost connection shows as a failed query; the listener only keeps it from ending the process.
    client.on('error', () => this.led?.ring());
    client.on('notification', () => this.led?.ring());
    await client.connect();
    while (!(await this.leads(client))) {
      if (this.isStopping()) return;
      await this.rest(WAIT_MS);
    }
    await client.query('LISTEN concordat_checkpoint');
    const led = this.leading.begin(inTurn(pgConnection(client, 'kept')));
    this.led = led;
    if (!this.isStopping()) await led.run();
  }

  private async leads(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [this.leading.lock]);
    return rows[0]?.held === true;
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
