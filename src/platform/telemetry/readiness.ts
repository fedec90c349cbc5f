import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const LIMIT_MS = 2000;

/** Whether this process can serve, and which part stands in the way. */
export interface ReadyState {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, 'up' | 'down'>>;
}

/** Readiness: the database answers, every registered part answers, and the process is not shutting down. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private readonly probes = new Map<string, () => Promise<unknown>>();
  private stopping = false;

  constructor(database: DataSource) {
    this.probes.set('database', () => database.query('SELECT 1'));
  }

  /** Adds a part that must answer (by not throwing) within two seconds. */
  require(part: string, probe: () => Promise<unknown>): void {
    this.probes.set(part, probe);
  }

  /** Asks every part. Says only up or down: the fault itself is for the log, not for whoever asks. */
  async state(): Promise<ReadyState> {
    const asked = [...this.probes].map(async ([part, probe]) => [part, await answers(probe)] as const);
    const parts = Object.fromEntries(await Promise.all(asked));
    return { ready: !this.stopping && Object.values(parts).every((state) => state === 'up'), parts };
  }

  /** From the first sign of stopping a balancer must send nobody here. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }
}

async function answers(probe: () => Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'down'>((resolve) => {
    timer = setTimeout(() => resolve('down'), LIMIT_MS);
  });
  try {
    return await Promise.race([probe().then(() => 'up' as const), late]);
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
