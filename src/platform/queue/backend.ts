import {
  assertSchemaCompatibility,
  createPostgresBackend,
  createRedisBackend,
  Queue,
  Worker,
  type BackendFactory,
  type ConnectionOptions,
  type IQueueBackend,
  type Job,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '../config/index.js';
import { MAX_ATTEMPTS, retryDelay } from './retry.js';

/** All a job carries: names. Its id is the event's id. */
export interface JobData {
  readonly correlationId: string;
}

export type EventQueue = Queue<JobData, void>;
export type EventWorker = Worker<JobData, void>;
type Process = (job: Job<JobData, void>) => Promise<void>;

/** The server behind the queues: PostgreSQL, or Redis where the deployment has one. Interchangeable by law 5. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  queue(name: string): EventQueue;
  worker(name: string, process: Process): EventWorker;
  /** Throws one clear sentence when the server cannot be used at all. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Told of every error of a queue, a worker or their connections, so that none is unhandled and none fills the log. */
export type OnFault = (fault: Error) => void;

/** Opens the backend the configuration names. */
export function openBackend(config: Pick<Config, 'database' | 'redisUrl'>, onFault: OnFault): QueueBackend {
  return config.redisUrl === undefined ? postgres(config.database.workerUrl, onFault) : redis(config.redisUrl, onFault);
}

const SCHEMA = 'bullmq';
const POOL_SIZE = 12;
/** A job of a killed worker is taken over after about two of these. */
const WORKER_TIMES = { lockDuration: 10_000, stalledInterval: 4_000, runRetryDelay: 2_000, maxStalledCount: 5, drainDelay: 5 };
const JOB_OPTIONS = { attempts: MAX_ATTEMPTS, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: false, stackTraceLimit: 0 };

/** The library's types fix the Redis connection into every class; underneath, the factory alone decides. */
type Factory = BackendFactory;

function open(kind: QueueBackend['kind'], factory: Factory, connections: () => [forQueue: unknown, forWorker: unknown], onFault: OnFault): Pick<QueueBackend, 'kind' | 'queue' | 'worker'> {
  const [forQueue, forWorker] = connections();
  return {
    kind,
    queue(name) {
      const options = { connection: forQueue as ConnectionOptions, prefix: 'concordat', defaultJobOptions: JOB_OPTIONS };
      const queue = new Queue(name, options, factory);
      queue.on('error', onFault);
      return queue as unknown as EventQueue;
    },
    worker(name, process) {
      const options = {
        ...WORKER_TIMES,
        connection: forWorker as ConnectionOptions,
        prefix: 'concordat',
        concurrency: 4,
        autorun: false,
        settings: { backoffStrategy: retryDelay },
      };
      const worker = new Worker<JobData, void, string, IQueueBackend>(name, process, options, factory);
      worker.on('error', onFault);
      return worker as unknown as EventWorker;
    },
  };
}

function postgres(connectionString: string, onFault: OnFault): QueueBackend {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    options: `-c search_path=${SCHEMA}`,
    application_name: 'concordat-queue',
    keepAlive: true,
  });
  pool.on('error', onFault);
  return {
    ...open('postgres', createPostgresBackend as unknown as Factory, () => [pool, pool], onFault),
    async check() {
      const client = await pool.connect();
      try {
        await assertSchemaCompatibility(client, SCHEMA);
      } catch (cause) {
        throw new Error('The queue has no tables of the right version in this database. Run `concordat migrate` first.', { cause });
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function redis(url: string, onFault: OnFault): QueueBackend {
  // A producer must fail at once while Redis is away, so that its event stays waiting in the outbox; a worker waits.
  const producer = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const client of [producer, consumer]) client.on('error', onFault);
  return {
    ...open('redis', createRedisBackend, () => [producer, consumer], onFault),
    async check() {
      try {
        await producer.connect();
        await consumer.connect();
      } catch (cause) {
        throw new Error('Redis does not answer at REDIS_URL. Start it, correct the address, or unset REDIS_URL to queue in PostgreSQL.', { cause });
      }
    },
    close() {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}
