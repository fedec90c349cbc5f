import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AlertWorld, CASE_WORDS, eventually, type SignedIn } from './alert-case.js';

const ALERTS = `query ($state: String!, $first: Int = 25, $after: String) { alerts(state: $state, first: $first, after: $after) {
  openCount pageInfo { endCursor hasNextPage } nodes { id reference urgency post findingId findingTitle workspaceTitle acknowledgedBy acknowledgedAt
  marking { text originator { code } } deliveries { channel state } can { acknowledge } } } }`;
const ALERT = `query ($id: ID!) { alert(id: $id) { id findingTitle } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeAlert(id: $id) { __typename ... on Alert { id acknowledgedBy can { acknowledge } deliveries { channel state } }
  ... on Refused { code message } } }`;

interface Alerts {
  alerts: {
    openCount: number;
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
    nodes: { id: string; findingId: string; acknowledgedBy: string | null; deliveries: { channel: string; state: string }[]; can: { acknowledge: boolean } }[];
  };
}
interface Acknowledged {
  acknowledgeAlert: { __typename: string; id?: string; acknowledgedBy?: string; code?: string; message?: string };
}

let world: AlertWorld;
let priya: SignedIn;
let owen: SignedIn;
let frank: SignedIn;
let sam: SignedIn;

beforeAll(async () => {
  world = await AlertWorld.start();
  [priya, owen, frank, sam] = await Promise.all([world.signIn('priya.shah'), world.signIn('owen.hart'), world.signIn('frank.moss'), world.signIn('sam.stone')]);
}, 180_000);
afterAll(() => world.stop(), 30_000);

const entries = (verb: string): Promise<{ body: Record<string, unknown> }[]> =>
  world.rows(`SELECT body::jsonb AS body FROM ledger_entry WHERE body::jsonb ->> 'verb' = $1`, [verb]);
/** Waits until nothing about the alert changes any more by itself; answers the id of its delivery by e-mail. */
const mailAccepted = async (alertId: string): Promise<string> => {
  const { id } = await eventually('the mail being accepted', async () => {
    const rows = await world.rows<{ id: string }>(`SELECT id FROM delivery WHERE alert_id = $1 AND channel = 'email' AND state = 'accepted'`, [alertId]);
    return rows.length === 1 && rows[0];
  });
  return id;
};
const list = async (who: SignedIn, state = 'open', more = {}): Promise<Alerts['alerts']> => (await who.ask<Alerts>(ALERTS, { state, ...more })).alerts;

describe('a breach', () => {
  it('raises one alert per duty post that may see the finding, and records each disclosure with its clause', async () => {
    const at = await world.openCase(['northmoor-police', 'northmoor-fire']);
    const { eventId, itemId } = await world.breach(at);
    await world.done(eventId);
    expect(await world.told(eventId)).toEqual(['ashworth', 'northmoor-fire', 'northmoor-police']);
    const raised = (await entries('alert.raise')).map(({ body }) => body).filter((body) => JSON.stringify(body).includes(eventId));
    expect(raised).toHaveLength(3);
    const toPolice = raised.find((body) => String(body['recipients']).includes('Police'));
    expect(toPolice).toMatchObject({ outcome: 'done', category: 'disclosure', system: 'worker', agreement: 'ISA-2026-01', clause: '4.1', workspace: { id: at.workspaceId, reference: `AR-2026-${at.workspaceId.slice(0, 4)}` } });
    const mine = (await list(priya)).nodes.find((node) => node.findingId === itemId);
    expect(mine).toMatchObject({
      urgency: 'critical', findingTitle: 'Rat droppings in the kitchen', post: 'Northmoor Police duty inspector',
      marking: { text: 'OFFICIAL-SENSITIVE', originator: { code: 'ashworth' } }, can: { acknowledge: true },
    });
  }, 60_000);

  it('is told to nobody from whom the finding is kept, nor to a member whose agreement has ended since', async () => {
    const at = await world.openCase(['northmoor-police', 'northmoor-fire', 'northmoor-health']);
    await world.rows(`UPDATE workspace_member SET valid_from = now() - interval '2 hours', valid_to = now() - interval '1 hour' WHERE workspace_id = $1 AND agency_id = $2`, [at.workspaceId, await world.agency('northmoor-health')]);
    const { eventId, itemId } = await world.breach(at, ['northmoor-police', 'northmoor-health']);
    await world.done(eventId);
    expect(await world.told(eventId)).toEqual(['ashworth', 'northmoor-police']);
    expect((await list(frank, 'all')).nodes.filter((node) => node.findingId === itemId)).toEqual([]);
    expect(await list(sam, 'all')).toEqual({ openCount: 0, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
  }, 60_000);

  it('is told to whoever sees it only since it was marked anew, and to nobody twice', async () => {
    const at = await world.openCase(['northmoor-police', 'northmoor-fire']);
    const amira = await world.signIn('amira.rahman');
    const marking = { sensitive: true, descriptors: [], handling: [], releasableTo: [await world.agency('northmoor-police')] };
    const { recordFinding } = await amira.ask<{ recordFinding: { item: { id: string } } }>(
      'mutation ($input: RecordFindingInput!) { recordFinding(input: $input) { ... on FindingRecorded { item { id } } } }',
      { input: { workspaceId: at.workspaceId, title: 'Rats', inspectedOn: '2026-06-01', hygiene: 25, structure: 25, confidence: 30, imminentRisk: true, narrative: 'Droppings', marking } });
    const itemId = recordFinding.item.id;
    const eventsOf = async (): Promise<string[]> =>
      (await world.rows<{ id: string }>(`SELECT id FROM outbox WHERE type = 'workspaces.breach-raised.v1' AND payload ->> 'itemId' = $1 ORDER BY created_at`, [itemId])).map(({ id }) => id);
    const mark = (version: number, anew: object): Promise<unknown> =>
      amira.ask('mutation ($input: ClassifyItemInput!) { classifyItem(input: $input) { __typename } }', { input: { id: itemId, version, reason: 'Fire doors', marking: { ...marking, ...anew } } });
    const [first = ''] = await eventsOf();
    await world.done(first);
    expect(await world.told(first)).toEqual(['ashworth', 'northmoor-police']);
    await mark(1, { handling: ['RECIPIENTS ONLY'] });
    expect(await eventsOf()).toHaveLength(1);
    await mark(2, { releasableTo: null });
    const [, second = ''] = await eventsOf();
    await world.done(second);
    expect(await world.told(second)).toEqual(['northmoor-fire']);
  }, 60_000);

  it('is told by e-mail with none of the words of the case, and accepted is said only then', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const alertId = await world.alertOf(eventId, 'northmoor-police');
    const delivery = await mailAccepted(alertId);
    const mails = (await world.mailbox.mails()).filter((mail) => mail.text.includes(alertId));
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({ to: ['duty@police.northmoor.example'], messageId: `<${delivery}@localhost>` });
    expect(mail?.text).toContain(`${world.world.baseUrl}/alerts/${alertId}`);
    for (const word of CASE_WORDS) expect(mail?.raw.toLowerCase()).not.toContain(word.toLowerCase());
    const sends = await entries('alert.send');
    expect(sends.filter(({ body }) => JSON.stringify(body).includes(alertId)).map(({ body }) => body['outcome'])).toEqual(['done']);
  }, 60_000);
});

describe('an alert', () => {
  it('disappears with the right to see what it is about, and every read of it is recorded', async () => {
    const at = await world.openCase(['northmoor-police']);
    const { eventId, itemId } = await world.breach(at);
    await world.done(eventId);
    const id = await world.alertOf(eventId, 'northmoor-police');
    expect((await priya.ask<{ alert: unknown }>(ALERT, { id })).alert).toEqual({ id, findingTitle: 'Rat droppings in the kitchen' });
    const read = (await entries('alert.read')).map(({ body }) => body).filter((body) => JSON.stringify(body['subject']).includes(id));
    expect(read).toMatchObject([{ outcome: 'done', agreement: 'ISA-2026-01', clause: '4.1', details: { items: [itemId] } }]);
    const before = await list(priya);
    await world.rows(`UPDATE workspace_member SET valid_to = now() WHERE workspace_id = $1 AND agency_id = $2`, [at.workspaceId, priya.agencyId]);
    expect((await priya.graphql(ALERT, { id })).text).toBe((await priya.graphql(ALERT, { id: randomUUID() })).text);
    expect((await list(priya)).openCount).toBe(before.openCount - 1);
  }, 60_000);

  it('is counted without being consulted: the badge of every page leaves no entry, a page of alerts does', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const before = (await entries('alert.read')).length;
    const { openCount } = await list(priya, 'open', { first: 0 });
    const page = await priya.fetch('/my-work');
    expect([openCount > 0, page.status]).toEqual([true, 200]);
    const counted = await list(priya, 'open', { first: 0 });
    expect(counted).toEqual({ openCount, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
    await (await priya.fetch('/investigations')).text();
    const named = (await entries('alert.read')).slice(before).map(({ body }) => body['details']);
    expect(named).toHaveLength(1);
    await list(priya);
    expect(await entries('alert.read')).toHaveLength(before + 2);
  }, 60_000);

  it('is the same nothing to another agency, an absent id and no id at all', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const id = await world.alertOf(eventId, 'northmoor-police');
    for (const who of [frank, sam]) {
      const texts = await Promise.all([id, randomUUID(), "' OR 1=1 --", '\u0000'].map(async (given) => (await who.graphql(ALERT, { id: given })).text));
      expect(new Set(texts)).toEqual(new Set(['{"data":{"alert":null}}']));
      const refusals = await Promise.all([id, randomUUID()].map(async (given) => (await who.graphql(ACKNOWLEDGE, { id: given })).text));
      expect(new Set(refusals).size).toBe(1);
    }
    expect(await world.rows('SELECT 1 FROM alert WHERE id = $1 AND acknowledged_at IS NOT NULL', [id])).toEqual([]);
  }, 60_000);

  it('is taken on by a duty officer only, once; a second officer is told who it was', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const id = await world.alertOf(eventId, 'northmoor-police');
    await mailAccepted(id);
    const byOwen = await owen.ask<Acknowledged>(ACKNOWLEDGE, { id });
    expect(byOwen.acknowledgeAlert).toMatchObject({ __typename: 'Refused', code: 'not-found' });
    expect((await list(owen)).nodes.find((node) => node.id === id)?.can).toEqual({ acknowledge: false });
    const [first, again] = [await priya.ask<Acknowledged>(ACKNOWLEDGE, { id }), await priya.ask<Acknowledged>(ACKNOWLEDGE, { id })];
    expect(first.acknowledgeAlert).toMatchObject({ __typename: 'Alert', acknowledgedBy: 'Priya Shah', can: { acknowledge: false } });
    expect(again).toEqual(first);
    await world.rows(`UPDATE session SET roles = array_append(roles, 'duty-officer') WHERE id = $1`, [owen.sessionId]);
    const second = await owen.ask<Acknowledged>(ACKNOWLEDGE, { id });
    expect(second.acknowledgeAlert).toMatchObject({ __typename: 'Refused', code: 'conflict', message: expect.stringContaining('Priya Shah') as unknown });
    const outcomes = (await entries('alert.acknowledge')).map(({ body }) => body).filter((body) => JSON.stringify(body['subject']).includes(id));
    expect(outcomes.map((body) => body['outcome']).sort()).toEqual(['done', 'refused', 'refused']);
  }, 60_000);

  it('is taken on once by two officers at the same moment', async () => {
    const { eventId } = await world.breach(await world.openCase(['northmoor-police']));
    await world.done(eventId);
    const id = await world.alertOf(eventId, 'northmoor-police');
    const others = await Promise.all(Array.from({ length: 6 }, () => world.signIn('priya.shah')));
    const answers = await Promise.all(others.map((other) => other.ask<Acknowledged>(ACKNOWLEDGE, { id })));
    expect(answers.map((answer) => answer.acknowledgeAlert.acknowledgedBy)).toEqual(Array.from({ length: 6 }, () => 'Priya Shah'));
    const done = (await entries('alert.acknowledge')).filter(({ body }) => JSON.stringify(body['subject']).includes(id) && body['outcome'] === 'done');
    expect(done).toHaveLength(1);
  }, 60_000);
});

describe('the list of alerts', () => {
  it('is paged by cursors that fit one person and one list', async () => {
    const at = await world.openCase(['northmoor-fire']);
    for (let i = 0; i < 3; i += 1) await world.done((await world.breach(at)).eventId);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Alerts['alerts'] = await list(frank, 'open', { first: 2, after });
      seen.push(...page.nodes.map((node) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    const whole = (await list(frank, 'open', { first: 100 })).nodes.map((node) => node.id);
    expect(seen).toEqual(whole);
    expect(new Set(seen).size).toBe(seen.length);
    const { endCursor } = (await list(frank, 'open', { first: 1 })).pageInfo;
    for (const [who, state] of [[priya, 'open'], [frank, 'all']] as const) {
      const { errors } = await who.graphql(ALERTS, { state, after: endCursor });
      expect(errors[0]?.extensions['code']).toBe('invalid');
    }
  }, 60_000);

  it.each([
    ['an unknown state', { state: 'everything' }],
    ['a page of less than none', { state: 'open', first: -1 }],
    ['a page too large', { state: 'open', first: 101 }],
    ['a forged cursor', { state: 'open', after: 'AAAA' }],
  ])('refuses %s with a sentence', async (_, variables) => {
    const { data, errors } = await priya.graphql(ALERTS, variables);
    expect(data?.['alerts'] ?? null).toBeNull();
    expect(errors[0]).toMatchObject({ extensions: { code: 'invalid' } });
  });

  it('is empty for roles that work on no case, and closed to whoever is not signed in', async () => {
    const alex = await world.signIn('alex.ward');
    expect(await list(alex)).toEqual({ openCount: 0, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
    const { data, errors } = await world.world.stranger().graphql(ALERTS, { state: 'open' });
    expect([data, errors[0]?.extensions['code']]).toEqual([null, 'sign-in-again']);
  });
});
