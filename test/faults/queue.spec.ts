import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { deadLetters, replayDeadLetter } from '../../src/platform/queue/index.js';
import { eventually, happened, orders, sent, startQueueWorld, startWorker, type QueueWorld } from './queue-world.js';
import { startRedis, type RunningRedis } from './redis.js';

const redis = await startRedis();
const backends: [name: string, server: RunningRedis | undefined][] = [['PostgreSQL', undefined], ...(redis ? [['Redis', redis] as [string, RunningRedis]] : [])];

afterAll(() => redis?.stop());

describe.each(backends)('jobs on %s', (_, server) => {
  let database: TestDatabase;
  let world: QueueWorld;

  beforeAll(async () => {
    database = await createDatabase();
    world = await startQueueWorld(database, server?.url);
  }, 120_000);

  afterEach(() => {
    Object.assign(orders, { failures: 0, permanent: false, performed: [], during: () => Promise.resolve() });
  });

  afterAll(async () => {
    await world.stop();
    await database.drop();
  });

  const runsOf = async (event: string): Promise<string[]> =>
    (await world.rows('SELECT word FROM probe WHERE event_id = $1', [event])).map((row) => String(row['word']));
  const done = (event: string): Promise<true> =>
    eventually(`the effect of ${event}`, async () => (await world.rows('SELECT 1 FROM effect WHERE event_id = $1', [event])).length === 1);
  const emptyQueue = async (): Promise<void> => {
    if (server) return server.flush();
    const tables = await world.rows(`SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`);
    await world.superuser.query(`TRUNCATE ${tables.map((row) => `bullmq.${String(row['tablename'])}`).join(', ')}`);
  };
  const agree = (event: string): Promise<unknown> =>
    world.superuser.query(`UPDATE outbox SET dispatched_at = dispatched_at - interval '1 hour' WHERE id = $1`, [event]);

  it('take effect once and leave nothing but names in the queue', async () => {
    const event = await world.emit(happened);
    await done(event);
    expect(await runsOf(event)).toHaveLength(1);
  });

  it('take effect once though the event is dispatched again after it was done', async () => {
    const event = await world.emit(happened);
    await done(event);
    await world.superuser.query('UPDATE outbox SET dispatched_at = NULL WHERE id = $1', [event]);
    await eventually('a second dispatch', async () => (await world.rows('SELECT 1 FROM outbox WHERE id = $1 AND dispatched_at IS NOT NULL', [event])).length === 1);
    const after = await world.emit(happened);
    await done(after);
    expect(await runsOf(event)).toHaveLength(1);
  });

  it('take effect once though two workers are handed the same event at the same time', async () => {
    let running = 0;
    const overlap: number[] = [];
    orders.during = async () => {
      running += 1;
      overlap.push(running);
      await Promise.resolve();
      running -= 1;
    };
    const second = await startWorker(database, server?.url);
    const events = await Promise.all(Array.from({ length: 40 }, () => world.emit(happened)));
    await world.superuser.query('UPDATE outbox SET dispatched_at = NULL WHERE id = ANY($1)', [events]);
    for (const event of events) await done(event);
    await second.close();
    const runs = await world.rows('SELECT event_id FROM probe WHERE event_id = ANY($1)', [events]);
    expect(runs).toHaveLength(40);
    expect(overlap.length).toBeGreaterThanOrEqual(40);
  });

  it('survive the queue being emptied between commit and dispatch', async () => {
    await world.superuser.query('BEGIN');
    await world.superuser.query('LOCK TABLE outbox IN EXCLUSIVE MODE');
    const committed = world.emit(happened);
    await emptyQueue();
    await world.superuser.query('COMMIT');
    const event = await committed;
    await done(event);
    expect(await runsOf(event)).toHaveLength(1);
  });

  it('survive the queue being emptied after dispatch: what has no effect is queued again', async () => {
    let release = (): void => undefined;
    let started = false;
    orders.during = () => {
      started = true;
      return new Promise((resolve) => (release = resolve));
    };
    orders.failures = 2;
    const event = await world.emit(happened);
    await eventually('the first attempt', async () => Promise.resolve(started));
    await emptyQueue();
    orders.during = () => Promise.resolve();
    release();
    await agree(event);
    await done(event);
    expect(await runsOf(event)).toHaveLength(1);
  }, 60_000);

  it('are tried again after a failure that may pass, and say so outside the queue', async () => {
    orders.failures = 2;
    const event = await world.emit(sent);
    await done(event);
    expect((await runsOf(event)).sort()).toEqual(['accepted', 'later not-now', 'later unexpected-type-error']);
    expect(orders.performed).toHaveLength(1);
  });

  it('are given up at once after a failure that cannot pass, visibly, and can be replayed', async () => {
    orders.permanent = true;
    const event = await world.emit(sent);
    const sql = { sql: <Row>(text: string, values: readonly unknown[] = []) => world.rows(text, [...values]) as Promise<Row[]> };
    const [letter] = await eventually('a dead letter', async () => {
      const letters = (await deadLetters(sql)).filter((kept) => kept.eventId === event);
      return letters.length > 0 && letters;
    });
    expect(letter).toMatchObject({ effect: 'send-it', type: sent.type, code: 'refused-for-good', attempts: 1 });
    expect(await runsOf(event)).toEqual(['never refused-for-good']);
    orders.permanent = false;
    expect(await replayDeadLetter(sql, event, 'send-it', new Date())).toBe(true);
    expect(await replayDeadLetter(sql, event, 'send-it', new Date())).toBe(false);
    await agree(event);
    await done(event);
    expect((await deadLetters(sql)).filter((kept) => kept.eventId === event)).toEqual([]);
  }, 60_000);

  it('become dead letters when the event breaks its contract', async () => {
    const event = await world.emit(happened, { probe: 'not an id' });
    await eventually('a dead letter', async () => (await world.rows(`SELECT 1 FROM dead_letter WHERE event_id = $1 AND code = 'malformed-event'`, [event])).length === 1);
    expect(await runsOf(event)).toEqual([]);
  });

  it('never put content into the queue, not even through the text of an error', async () => {
    orders.failures = 1_000;
    const payload = { probe: randomUUID() };
    const event = await world.emit(happened, payload);
    const kept = await eventually('a failed attempt in the queue', async () => {
      const text = server ? await server.dump(event) : JSON.stringify(await world.rows('SELECT * FROM bullmq.job WHERE id = $1', [event]));
      return text.includes('unexpected-type-error') && text;
    });
    expect(kept).not.toContain('Golden Dragon');
    expect(kept).not.toContain(payload.probe);
    expect(await runsOf(event)).toEqual([]);
  });
});
