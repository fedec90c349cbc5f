import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DUTY_POSTS } from '../../src/demonstration/borough.js';
import { absentId, AUDIENCES, EVERYBODY, NOBODY, SharedCase, type Audience } from '../builders/joint-case.js';
import { oracleAcknowledges, oracleSeesAlert, oracleWorksOnCases, type OracleAlert } from './oracle.js';
import { expectLaw, lawOf, mayBe, personOf, reply, type Law, type Reply } from './who-may.js';

const LIST = 'query { alerts(state: "all", first: 100) { openCount nodes { id findingTitle } pageInfo { endCursor hasNextPage } } }';
const ONE = 'query ($id: ID!) { alert(id: $id) { id post findingTitle workspaceReference can { acknowledge } } }';
const ACKNOWLEDGE = 'mutation ($id: ID!) { acknowledgeAlert(id: $id) { __typename ... on Alert { id acknowledgedBy } ... on Refused { code message } } }';
const EMPTY = { alerts: { openCount: 0, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } };

let shared: SharedCase;
let law: Law;
let alerts: readonly OracleAlert[];

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
  const planted: OracleAlert[] = [];
  for (const audience of AUDIENCES) for (const { agency } of DUTY_POSTS) planted.push(await plantAlert(agency, audience));
  alerts = planted;
}, 180_000);
afterAll(() => shared.stop(), 30_000);

/** An alert that went to this agency's duty post, whether or not it may see (any longer) what it is about. */
async function plantAlert(agency: string, audience: Audience): Promise<OracleAlert> {
  const [id, eventId] = [randomUUID(), randomUUID()];
  const { superuser } = shared.world;
  await superuser.query(`INSERT INTO outbox (id, type, payload, correlation_id, created_at) VALUES ($1, 'workspaces.breach-raised.v1', '{}', '', now())`, [eventId]);
  await superuser.query(
    `INSERT INTO alert (id, reference, event_id, workspace_id, item_id, agency_id, duty_post_id, urgency, raised_at)
     SELECT $1::uuid, 'AL-' || substr(upper($6), 1, 4) || '-' || substr(upper($6), 5, 4),
            $2::uuid, $3::uuid, $4::uuid, a.id, p.id, 'critical', now() FROM agency a JOIN duty_post p ON p.agency_id = a.id WHERE a.code = $5`,
    [id, eventId, shared.workspaceId, shared.items[audience].finding, agency, id.replaceAll('-', '')],
  );
  return { id, item: audience, agency };
}

describe.each(EVERYBODY)('alerts before %s', (name) => {
  const sees = (alert: OracleAlert): boolean => mayBe(name, (person) => oracleSeesAlert(law.world, person, alert));

  it('are listed: those of her own agency about what it can see', async () => {
    const visitor = await shared.as(name);
    const list = (): Promise<Reply> => reply(visitor, LIST, {});
    const permitted = alerts.some(sees);
    if (mayBe(name, oracleWorksOnCases) && !permitted) expect(JSON.parse((await list()).text)).toEqual({ data: EMPTY });
    else await expectLaw(shared, name, { verb: 'alert.read', permitted, attempt: list, absent: { data: EMPTY }, cites: false });
    const { text } = await list();
    expect(alerts.filter(({ id }) => text.includes(id))).toEqual(alerts.filter(sees));
  });

  it('are read one by one by the same law', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, ONE, { id });
    for (const alert of alerts) await expectLaw(shared, name, { verb: 'alert.read', permitted: sees(alert), attempt: () => read(alert.id), absent: () => read(absentId()) });
  });

  it('are acknowledged by the duty officer of the agency, and by nobody else', async () => {
    const visitor = await shared.as(name);
    const acknowledge = (id: string): Promise<Reply> => reply(visitor, ACKNOWLEDGE, { id });
    for (const alert of alerts) {
      const permitted = mayBe(name, (person) => oracleAcknowledges(law.world, person, alert));
      const before = await acknowledgedBy(alert);
      await expectLaw(shared, name, { verb: 'alert.acknowledge', permitted, attempt: () => acknowledge(alert.id), absent: () => acknowledge(absentId()) });
      expect(await acknowledgedBy(alert)).toBe(permitted ? 'herself' : before);
    }
  });

  it('come to her live stream when she is signed in, and to no other', async () => {
    const stop = new AbortController();
    const response = await (await shared.as(name)).fetch(`/graphql/stream?query=${encodeURIComponent('subscription { live { kind alertId } }')}`, {
      headers: { accept: 'text/event-stream' }, signal: stop.signal,
    });
    stop.abort();
    expect({ name, open: response.status === 200 }).toEqual({ name, open: name !== NOBODY });
  });

  async function acknowledgedBy({ id }: OracleAlert): Promise<string | null> {
    const { rows } = await shared.world.superuser.query<{ by: string | null }>('SELECT acknowledged_by_name AS by FROM alert WHERE id = $1', [id]);
    const by = rows[0]?.by ?? null;
    return by !== null && personOf(name) && by.toLowerCase() === personOf(name)?.id.replace('.', ' ') ? 'herself' : by;
  }
});
