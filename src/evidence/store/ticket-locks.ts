import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { TicketId } from '../../../libs/kernel/index.js';
import { CONFIG, Log, type Config } from '../../platform/index.js';

const CHANNEL = 'concordat_upload';
/** How long a process that holds a ticket without using it has to let go of it. */
const ATTEMPTS = 20;
const ATTEMPT_MS = 50;
const KEY = `hashtextextended('upload ' || $1, 0)`;

/** What the holder of tickets is told. */
export interface LockWatcher {
  /** Another process wants this ticket. */
  asked(id: TicketId): void;
  /** Every lock is gone: another process may write what was held here. */
  lost(): void;
}

/**
 * Says which process may write the draft of a ticket. Advisory locks of one database session, kept for all uploads of this
 * process: if the process dies, the database lets go of them at once.
 */
@Injectable()
export class TicketLocks {
  private readonly self = randomUUID();
  private session: Promise<pg.Client> | undefined;
  private watcher: LockWatcher | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  watch(watcher: LockWatcher): void {
    this.watcher = watcher;
  }

  /** Whether this process now holds the ticket. One that holds it idly is asked to let go and given a second for it. */
  async take(id: TicketId): Promise<boolean> {
    const client = await this.connected();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS taken`, [id]);
      if (rows[0]?.taken === true) return true;
      if (attempt === 0) await client.query('SELECT pg_notify($1, $2)', [CHANNEL, `${this.self} ${id}`]);
      await pause(ATTEMPT_MS);
    }
    return false;
  }

  /** Lets go. With the session lost there is nothing to let go of. */
  async free(id: TicketId): Promise<void> {
    const client = await this.session?.catch(() => undefined);
    await client?.query(`SELECT pg_advisory_unlock(${KEY})`, [id]).catch(() => undefined);
  }

  async close(): Promise<void> {
    const client = await this.session?.catch(() => undefined);
    this.session = undefined;
    await client?.end();
  }

  private async connected(): Promise<pg.Client> {
    const session = (this.session ??= this.connect());
    try {
      return await session;
    } catch (fault) {
      if (this.session === session) this.session = undefined;
      throw fault;
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.config.database.appUrl, application_name: 'concordat-uploads' });
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    client.on('error', (fault) => this.drop(fault.message));
    client.on('end', () => this.drop('ended'));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    return client;
  }

  private hear(payload: string): void {
    const [from, id] = payload.split(' ');
    if (from !== this.self && id !== undefined) this.watcher?.asked(id as unknown as TicketId);
  }

  private drop(fault: string): void {
    if (!this.session) return;
    this.session = undefined;
    this.log.warn({ fault }, 'The database session that holds the uploads in progress was lost; they are taken up from disk again');
    this.watcher?.lost();
  }
}
