import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { z } from 'zod';
import type { EventContract } from '../../libs/contracts/index.js';
import type { EventId } from '../../libs/kernel/index.js';
import type { Config } from '../../src/platform/config/index.js';
import { UnitOfWork, type Work } from '../../src/platform/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import {
  EventHandler,
  PermanentFailure,
  QueueModule,
  TransientFailure,
  type DeliveredEvent,
  type InwardHandler,
  type OutwardHandler,
} from '../../src/platform/queue/index.js';
import type { TestDatabase } from '../builders/cluster.js';

interface Payload {
  readonly [key: string]: string;
  readonly probe: string;
}

export const happened: EventContract<Payload> = { type: 'test.happened.v1', schema: z.object({ probe: z.uuid() }) };
export const sent: EventContract<Payload> = { type: 'test.sent.v1', schema: z.object({ probe: z.uuid() }) };

/** What the handlers under test are told to do next; shared with the spec that steers them. */
export const orders = {
  failures: 0,
  permanent: false,
  secret: 'Golden Dragon, 14 Mill Lane',
  performed: [] as string[],
  during: (): Promise<void> => Promise.resolve(),
};

/** Leaves one row per run, so that a second run of the same effect would show. */
@Injectable()
@EventHandler(happened, 'note-it')
export class NoteIt implements InwardHandler<Payload> {
  async handle(event: DeliveredEvent<Payload>, work: Work): Promise<void> {
    await work.sql('INSERT INTO probe (id, event_id) VALUES ($1, $2)', [randomUUID(), event.id]);
    await orders.during();
    fail();
  }
}

/** Stands for something outside that no transaction can take back. */
@Injectable()
@EventHandler(sent, 'send-it')
export class SendIt implements OutwardHandler<Payload, string, string> {
  prepare(event: DeliveredEvent<Payload>): Promise<string> {
    return Promise.resolve(event.payload.probe);
  }

  async perform(probe: string): Promise<string> {
    await orders.during();
    fail();
    orders.performed.push(probe);
    return 'accepted';
  }

  async settle(event: DeliveredEvent<Payload>, outcome: string, work: Work): Promise<void> {
    await work.sql('INSERT INTO probe (id, event_id, word) VALUES ($1, $2, $3)', [randomUUID(), event.id, outcome]);
  }

  async postpone(event: DeliveredEvent<Payload>, failure: TransientFailure, work: Work): Promise<void> {
    await work.sql('INSERT INTO probe (id, event_id, word) VALUES ($1, $2, $3)', [randomUUID(), event.id, `later ${failure.code}`]);
  }

  async giveUp(event: DeliveredEvent<Payload>, failure: PermanentFailure, work: Work): Promise<void> {
    await work.sql('INSERT INTO probe (id, event_id, word) VALUES ($1, $2, $3)', [randomUUID(), event.id, `never ${failure.code}`]);
  }
}

function fail(): void {
  if (orders.permanent) throw new PermanentFailure('refused-for-good');
  if (orders.failures <= 0) return;
  orders.failures -= 1;
  throw orders.failures % 2 === 0 ? new TransientFailure('not-now') : new TypeError(`cannot read ${orders.secret}`);
}

@Module({ providers: [NoteIt, SendIt] })
class HandlersUnderTest {}

/** One worker in this process, its database, and a hand behind the application's back. */
export interface QueueWorld {
  readonly superuser: pg.Client;
  readonly worker: INestApplicationContext;
  emit(contract: EventContract<Payload>, payload?: unknown): Promise<EventId>;
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts a worker with the probing handlers. Events are emitted through the same unit of work as in the product. */
export async function startQueueWorld(database: TestDatabase, redisUrl?: string): Promise<QueueWorld> {
  const superuser = new pg.Client(database.superuserUrl);
  await superuser.connect();
  await superuser.query('CREATE TABLE IF NOT EXISTS probe (id uuid PRIMARY KEY, event_id uuid NOT NULL, word text)');
  await superuser.query('GRANT SELECT, INSERT ON probe TO concordat_worker');
  const worker = await startWorker(database, redisUrl);
  const unitOfWork = worker.get(UnitOfWork, { strict: false });
  return {
    superuser,
    worker,
    emit: (contract, payload) =>
      unitOfWork.run({ actor: undefined, system: 'worker', correlationId: randomUUID() }, (work) =>
        work.emit({ type: contract.type, payload: (payload ?? { probe: randomUUID() }) as Payload }),
      ),
    async rows(sql, values = []) {
      return (await superuser.query<Record<string, unknown>>(sql, values)).rows;
    },
    async stop() {
      await worker.close();
      await superuser.end();
    },
  };
}

/** A worker process's application, in this process. */
export async function startWorker(database: TestDatabase, redisUrl?: string): Promise<INestApplicationContext> {
  const config = configFor(database, redisUrl);
  @Module({ imports: [PlatformModule.for(config, 'worker'), QueueModule, HandlersUnderTest] })
  class WorkerUnderTest {}
  const options = Object.assign(new NestApplicationContextOptions(), { logger: false as const, abortOnError: false });
  return NestFactory.createApplicationContext(WorkerUnderTest, options);
}

function configFor(database: TestDatabase, redisUrl?: string): Config {
  return {
    mode: 'demo',
    database: { appUrl: database.appUrl, workerUrl: database.workerUrl },
    log: { level: 'silent' },
    ...(redisUrl !== undefined && { redisUrl }),
  } as Partial<Config> as Config;
}

/** Polls until `holds` answers something true, and returns it. Fails with `what` after `limit` milliseconds. */
export async function eventually<T>(what: string, holds: () => Promise<T | undefined | false>, limit = 20_000): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await holds();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Not within ${limit} ms: ${what}`);
    await pause(25);
  }
}
