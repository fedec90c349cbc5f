import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertWorld, CASE_WORDS, eventually, type SignedIn } from '../api/alert-case.js';
import { perform } from '../builders/case.js';
import { EventStream, LIVE } from '../api/event-stream.js';

const EVENT_STREAM = { accept: 'text/event-stream' };
const address = (query = LIVE): string => `/graphql/stream?query=${encodeURIComponent(query)}`;

let world: AlertWorld;
const open: EventStream[] = [];

beforeAll(async () => {
  world = await AlertWorld.start();
}, 180_000);
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => world.stop(), 30_000);

async function listen(who: SignedIn): Promise<EventStream> {
  const stream = await EventStream.open(who);
  open.push(stream);
  return stream;
}

const ended = (stream: EventStream): Promise<number> => eventually('the stream being ended', () => Promise.resolve(stream.endedAt));

const mailed = (alertId: string): Promise<true> =>
  eventually('the mail', async () => (await world.rows(`SELECT 1 FROM delivery WHERE alert_id = $1 AND channel = 'email' AND state = 'accepted'`, [alertId])).length === 1);

describe('a live stream tells', () => {
  it('a duty officer of her own alert, by ids and a count, with no word of the case', async () => {
    const stream = await listen(await world.signIn('priya.shah'));
    const { workspaceId, ...at } = await world.openCase(['northmoor-police']);
    const before = stream.told[0]?.openAlerts ?? 0;
    const { eventId } = await world.breach({ workspaceId, ...at });
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-police');
    expect(await stream.hears('the alert', (told) => told.alertId === alertId)).toMatchObject({ kind: 'alert', workspaceId, openAlerts: before + 1 });
    for (const word of CASE_WORDS) expect(stream.text).not.toContain(word);
  }, 60_000);

  it('a colleague at once that somebody has taken the alert on', async () => {
    const [priya, owen] = await Promise.all([world.signIn('priya.shah'), world.signIn('owen.hart')]);
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-police');
    await mailed(alertId);
    const stream = await listen(owen);
    const before = stream.told[0]?.openAlerts ?? 0;
    await priya.ask('mutation ($id: ID!) { acknowledgeAlert(id: $id) { __typename } }', { id: alertId });
    await stream.hears('the acknowledgement', (told) => told.alertId === alertId && told.openAlerts === before - 1);
  }, 60_000);
});

describe('a live stream is silent', () => {
  it('to a stranger, to a member from whom the finding is kept, and to whoever works on no case', async () => {
    const [sam, frank, alex, dan] = await Promise.all(['sam.stone', 'frank.moss', 'alex.ward', 'dan.cole'].map((name) => world.signIn(name)));
    if (!sam || !frank || !alex || !dan) throw new Error('Nobody signed in');
    const [stranger, member, auditor, administrator] = [await listen(sam), await listen(frank), await listen(alex), await listen(dan)];
    const loud = await listen(await world.signIn('priya.shah'));
    const at = await world.openCase(['northmoor-police', 'northmoor-fire']);
    const { eventId, itemId } = await world.breach(at, ['northmoor-police']);
    await world.done(eventId);
    await world.signal({ kind: 'workspace', ids: { workspaceId: at.workspaceId, itemId } });
    await loud.hears('the workspace', (told) => told.kind === 'workspace' && told.workspaceId === at.workspaceId);
    await flushed(stranger, 'wexcombe');
    await flushed(member, 'northmoor-fire');
    await world.signal({ kind: 'ledger', ids: {} });
    await auditor.hears('the ledger', (told) => told.kind === 'ledger');
    await world.rows('UPDATE session SET ended_at = now() WHERE id = $1', [dan.sessionId]);
    await ended(administrator);
    expect([stranger, member, auditor, administrator].map((stream) => stream.told.map((told) => told.kind))).toEqual([
      ['ready', 'workspace'], ['ready', 'workspace'], ['ready', 'ledger'], ['ready'],
    ]);
    for (const stream of [stranger, member, auditor, administrator]) expect(stream.text).not.toContain(at.workspaceId);
    expect([stranger, auditor, administrator].map((stream) => stream.told[0]?.openAlerts)).toEqual([0, null, null]);
    expect(member.told[1]?.openAlerts).toBe(member.told[0]?.openAlerts);
  }, 60_000);

  it('about an alert whose case the agency may no longer see', async () => {
    const stream = await listen(await world.signIn('frank.moss'));
    const at = await world.openCase(['northmoor-fire']);
    const { eventId } = await world.breach(at);
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-fire');
    await stream.hears('the alert', (told) => told.alertId === alertId);
    await mailed(alertId);
    await flushed(stream, 'northmoor-fire');
    const agencyId = await world.agency('northmoor-fire');
    const before = stream.told.length;
    const amira = await world.signIn('amira.rahman');
    await perform(amira, 'endMembership', { workspaceId: at.workspaceId, agencyId, reason: 'It has nothing to do with fire' });
    await world.signal({ kind: 'alert', ids: { alertId, agencyId, workspaceId: at.workspaceId } });
    await flushed(stream, 'northmoor-fire');
    expect(stream.told.slice(before).filter((told) => told.alertId === alertId || told.workspaceId === at.workspaceId)).toEqual([]);
  }, 60_000);

  /** Signals are looked at in order: once a reader has been told of a case of her own, nothing earlier is under way. */
  async function flushed(stream: EventStream, leader: string): Promise<void> {
    const { workspaceId } = await world.openCase([], leader);
    await world.signal({ kind: 'workspace', ids: { workspaceId } });
    await stream.hears('a case of her own', (told) => told.workspaceId === workspaceId);
  }
});

describe('a live stream ends within a second', () => {
  it('of its session being ended', async () => {
    const priya = await world.signIn('priya.shah');
    const other = await listen(await world.signIn('priya.shah'));
    const stream = await listen(priya);
    const since = performance.now();
    await world.rows(`UPDATE session SET ended_at = now(), ended_why = 'test' WHERE id = $1`, [priya.sessionId]);
    expect((await ended(stream)) - since).toBeLessThan(1_000);
    expect(other.endedAt).toBeUndefined();
    expect((await priya.fetch(address(), { headers: EVENT_STREAM })).status).toBe(401);
  }, 30_000);

  it('of its person being disabled, on every one of her streams', async () => {
    const helen = [await world.signIn('helen.ito'), await world.signIn('helen.ito')];
    const streams = await Promise.all(helen.map(listen));
    const since = performance.now();
    await world.rows('UPDATE person SET disabled_at = now() WHERE id = $1', [helen[0]?.personId]);
    for (const stream of streams) expect((await ended(stream)) - since).toBeLessThan(1_000);
    await world.rows('UPDATE person SET disabled_at = NULL WHERE id = $1', [helen[0]?.personId]);
  }, 30_000);

  it('of the next signal when its session was ended without anybody being told', async () => {
    const owen = await world.signIn('owen.hart');
    const stream = await listen(owen);
    await world.rows('ALTER TABLE session DISABLE TRIGGER session_ended');
    await world.rows(`UPDATE session SET ended_at = now(), ended_why = 'test' WHERE id = $1`, [owen.sessionId]);
    await world.rows('ALTER TABLE session ENABLE TRIGGER session_ended');
    const since = performance.now();
    await world.rows(`SELECT pg_notify('concordat_live', '{"kind":"ledger","ids":{}}')`);
    expect((await ended(stream)) - since).toBeLessThan(1_000);
  }, 30_000);
});

describe('a live stream ends', () => {
  it('when its session has idled out, though the page is open: listening keeps no session alive', async () => {
    const owen = await world.signIn('owen.hart');
    const stream = await listen(owen);
    await world.rows(`UPDATE session SET last_seen_at = now() - interval '1 day' WHERE id = $1`, [owen.sessionId]);
    await ended(stream);
  }, 30_000);
});

describe('no live stream is opened', () => {
  it('without a session', async () => {
    const response = await world.world.stranger().fetch(address(), { headers: EVENT_STREAM });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('event:');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of ours', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ])('from %s', async (_, headers) => {
    const priya = await world.signIn('priya.shah');
    expect((await priya.fetch(address(), { headers: { ...EVENT_STREAM, ...headers } })).status).toBe(403);
  });

  it.each([
    ['a query', '{ me { id } }'],
    ['a mutation', 'mutation { acknowledgeAlert(id: "x") { __typename } }'],
    ['two operations', 'subscription A { live { kind } } subscription B { live { kind } }'],
    ['a subscription beside a query', 'subscription A { live { kind } } query B { me { id } }'],
    ['no document', ''],
    ['no GraphQL', '}{'],
    ['a field there is not', 'subscription { live { title } }'],
    ['a document too long', `subscription { live { ${'kind '.repeat(300)} } }`],
    ['aliases without end', `subscription { live { ${Array.from({ length: 30 }, (_, i) => `a${i}: kind`).join(' ')} } }`],
  ])('for %s', async (_, query) => {
    const priya = await world.signIn('priya.shah');
    const response = await priya.fetch(address(query), { headers: EVENT_STREAM });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/Did you mean|stack/);
  });

  it('beyond six in one session, and one that is closed makes room', async () => {
    const priya = await world.signIn('priya.shah');
    const streams: EventStream[] = [];
    for (let i = 0; i < 6; i += 1) streams.push(await listen(priya));
    expect((await priya.fetch(address(), { headers: EVENT_STREAM })).status).toBe(429);
    await listen(await world.signIn('priya.shah'));
    streams[0]?.close();
    await eventually('room for another', async () => {
      const response = await priya.fetch(address(), { headers: EVENT_STREAM });
      await response.body?.cancel();
      return response.status === 200;
    });
  }, 30_000);
});
