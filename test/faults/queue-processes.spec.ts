import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertWorld, eventually } from '../api/alert-case.js';
import type { Child } from '../builders/child.js';

/** The worker process itself, killed, starved of its mail server and robbed of its queue. */
let world: AlertWorld;
let worker: Child;

beforeAll(async () => {
  world = await AlertWorld.start({ worker: false, mail: false });
  worker = await world.world.startWorker();
}, 180_000);
afterAll(() => world.stop(), 30_000);

interface Delivery {
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

const mailTo = async (alertId: string): Promise<Delivery> => {
  const [row] = await world.rows<Delivery>(`SELECT state, attempts, last_error FROM delivery WHERE alert_id = $1 AND channel = 'email'`, [alertId]);
  if (!row) throw new Error(`No delivery of ${alertId}`);
  return row;
};
const reaches = (alertId: string, state: string, limit?: number): Promise<Delivery> =>
  eventually(`the mail about ${alertId} being ${state}`, async () => {
    const delivery = await mailTo(alertId);
    return delivery.state === state && delivery;
  }, limit);
const mailsAbout = async (alertId: string): Promise<number> => (await world.mailbox.mails()).filter((mail) => mail.text.includes(alertId)).length;
const emptyQueue = async (): Promise<void> => {
  const tables = await world.rows<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`);
  await world.rows(`TRUNCATE ${tables.map(({ name }) => `bullmq.${name}`).join(', ')}`);
};

describe('an e-mail', () => {
  it('waits while the mail server is away and goes out once when it is back', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-police');
    const waiting = await eventually('a failed attempt', async () => {
      const delivery = await mailTo(alertId);
      return delivery.attempts > 0 && delivery.state === 'queued' && delivery;
    });
    expect(waiting.last_error).toBe('mail-esocket');
    expect(await world.rows('SELECT 1 FROM dead_letter')).toEqual([]);
    await world.mailbox.start();
    await reaches(alertId, 'accepted', 60_000);
    expect(await mailsAbout(alertId)).toBe(1);
  }, 120_000);

  it.each([
    ['no-such-user@police.northmoor.example', 'failed', 'smtp-550'],
    ['busy@police.northmoor.example', 'queued', 'smtp-451'],
  ])('to %s is %s, and says why', async (address, state, reason) => {
    const [post] = await world.rows<{ id: string; email: string }>(`SELECT id, email FROM duty_post WHERE email = 'duty@police.northmoor.example'`);
    await world.rows('UPDATE duty_post SET email = $2 WHERE id = $1', [post?.id, address]);
    try {
      const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
      await world.done(eventId);
      const alertId = await world.alertOf(eventId, 'northmoor-police');
      const ended = await eventually(`the attempt ending as ${state}`, async () => {
        const delivery = await mailTo(alertId);
        return delivery.state === state && delivery.last_error !== null && delivery;
      });
      expect(ended.last_error).toBe(reason);
      const letters = await world.rows(`SELECT d.code FROM dead_letter d JOIN outbox o ON o.id = d.event_id WHERE o.payload ->> 'alertId' = $1`, [alertId]);
      expect(letters).toEqual(state === 'failed' ? [{ code: reason }] : []);
      if (state === 'failed') expect(ended.attempts).toBe(1);
    } finally {
      await world.rows('UPDATE duty_post SET email = $2 WHERE id = $1', [post?.id, post?.email]);
    }
  }, 60_000);

  it('is not sent to an agency that has lost the right to know since the alert was raised', async () => {
    await world.mailbox.stop();
    const at = await world.openCase(['northmoor-fire']);
    const { eventId } = await world.breach(at);
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-fire');
    await eventually('a failed attempt', async () => (await mailTo(alertId)).attempts > 0);
    await world.rows('UPDATE workspace_member SET valid_to = now() WHERE workspace_id = $1 AND agency_id = $2', [at.workspaceId, await world.agency('northmoor-fire')]);
    await world.mailbox.start();
    expect((await reaches(alertId, 'failed', 60_000)).last_error).toBe('no-longer-entitled');
    expect(await mailsAbout(alertId)).toBe(0);
  }, 120_000);
});

describe('nothing is lost and nothing is told twice', () => {
  it('when the worker is killed in the middle of a burst, again and again, with the queue emptied in between', async () => {
    const at = await world.openCase(['northmoor-police']);
    const events: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 8; i += 1) events.push((await world.breach(at)).eventId);
      const some = events.slice(-8);
      await eventually('some of the burst', async () => (await world.rows('SELECT 1 FROM effect WHERE event_id = ANY($1)', [some])).length > 0, 60_000);
      await worker.kill();
      await emptyQueue();
      worker = await world.world.startWorker();
    }
    for (const event of events) await world.done(event);
    const alerts = await world.rows<{ told: number }>('SELECT count(*)::int AS told FROM alert WHERE event_id = ANY($1) GROUP BY event_id', [events]);
    expect(alerts.map(({ told }) => told)).toEqual(events.map(() => 2));
    const raised = await world.rows(
      `SELECT 1 FROM ledger_entry WHERE body::jsonb ->> 'verb' = 'alert.raise' AND body::jsonb #>> '{details,event}' = ANY($1)`, [events]);
    expect(raised).toHaveLength(2 * events.length);
    await eventually('every mail being accepted', async () => {
      const open = await world.rows(
        `SELECT 1 FROM delivery d JOIN alert al ON al.id = d.alert_id WHERE al.event_id = ANY($1) AND d.channel = 'email' AND d.state <> 'accepted'`, [events]);
      return open.length === 0;
    }, 150_000);
  }, 300_000);

  it('when the worker is stopped in the usual way: it ends within five seconds and another goes on', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    const since = performance.now();
    await worker.stop();
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(worker.process.signalCode ?? worker.process.exitCode).not.toBe('SIGKILL');
    expect(worker.output()).not.toContain('given up');
    worker = await world.world.startWorker();
    await world.done(eventId);
    expect(await world.told(eventId)).toEqual(['ashworth', 'northmoor-police']);
  }, 120_000);
});
