import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/index.js';
import { FaultLog } from './fault-log.js';

const RECONNECT_MS = 1_000;

/** Hears that an event was committed. Losing it costs up to a second, never an event. */
@Injectable()
export class OutboxListener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly faults: FaultLog,
  ) {}

  async start(heard: () => void): Promise<void> {
    this.stopped = false;
    const client = new pg.Client({
      connectionString: this.config.database.workerUrl,
      application_name: 'concordat-outbox',
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', heard);
    client.on('error', (fault) => this.lost(client, heard, fault));
    client.on('end', () => this.lost(client, heard, new Error('closed')));
    try {
      await client.connect();
      await client.query('LISTEN concordat_outbox');
      heard();
    } catch (fault) {
      this.lost(client, heard, fault);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private lost(client: pg.Client, heard: () => void, fault: unknown): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    this.faults.warn('outbox listener', fault);
    client.end().catch(() => undefined);
    this.retry = setTimeout(() => void this.start(heard), RECONNECT_MS);
  }
}
