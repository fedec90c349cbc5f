import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/index.js';
import { Log } from '../telemetry/index.js';
import { LIVE_CHANNEL, type LiveSignal } from './live-signal.js';

/** Short, because what was ended while the feed is deaf goes on until it hears again. */
const RECONNECT_MS = 200;

/**
 * Hears every live signal of every process through PostgreSQL LISTEN. It is a hint, never the truth: a listener that
 * was deaf for a moment is told so (`onGap`) and must look again for itself.
 */
@Injectable()
export class LiveFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Set<(signal: LiveSignal) => void>();
  private readonly gapListeners = new Set<() => void>();
  private client: pg.Client | undefined;
  private closing = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  /** Calls `listener` for every signal until the returned function is called. */
  on(listener: (signal: LiveSignal) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Calls `listener` whenever signals may have been missed: the connection was lost and is back. */
  onGap(listener: () => void): () => void {
    this.gapListeners.add(listener);
    return () => void this.gapListeners.delete(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.database.appUrl, application_name: 'concordat-live' });
    client.on('notification', (message) => this.hear(message.payload ?? ''));
    client.on('error', (fault) => this.reconnect(fault));
    client.on('end', () => this.reconnect());
    this.client = client;
    await client.connect();
    await client.query(`LISTEN ${LIVE_CHANNEL}`);
  }

  private hear(payload: string): void {
    const signal = JSON.parse(payload) as LiveSignal;
    for (const listener of [...this.listeners]) listener(signal);
  }

  private reconnect(fault?: Error): void {
    if (this.closing || this.retry) return;
    this.log.warn({ fault: fault?.message }, 'The live feed lost its connection and will try again');
    this.client?.removeAllListeners();
    this.client?.on('error', () => undefined);
    this.retry = setTimeout(() => void this.tryAgain(), RECONNECT_MS);
  }

  private async tryAgain(): Promise<void> {
    this.retry = undefined;
    try {
      await this.connect();
      for (const listener of [...this.gapListeners]) listener();
    } catch (fault) {
      this.reconnect(fault instanceof Error ? fault : undefined);
    }
  }
}
