import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOT_FOUND } from '../../libs/kernel/index.js';
import { AGENCIES, PEOPLE } from '../../src/demonstration/borough.js';
import { absentId, EVERYBODY, SharedCase } from '../builders/joint-case.js';
import { oracleHandlesKeys, oracleSeesKeysOf } from './oracle.js';
import { expectLaw, mayBe, personOf, reply, type Reply } from './who-may.js';

const LIST = '{ agencyKeys { canPropose keys { agency { code } fingerprint } changes { id canApprove canWithdraw } } }';
const PROPOSE = 'mutation ($input: ProposeKeyChangeInput!) { proposeKeyChange(input: $input) { __typename ... on KeyChangeMade { id } ... on Refused { code message } } }';
const settle = (field: string): string => `mutation ($id: ID!) { ${field}(id: $id) { __typename ... on KeyChangeMade { id } ... on Refused { code message } } }`;
const ABSENT = { __typename: 'Refused', code: NOT_FOUND.code, message: NOT_FOUND.message };
/** Who proposed what waits at each of two agencies. */
const PROPOSERS = { ashworth: 'gwen.price', 'northmoor-police': 'ruth.adams' } as const;

let shared: SharedCase;
let changes: Readonly<Record<string, string>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  for (const { userName } of PEOPLE) await shared.as(userName);
  // Every agency has a key, as after its first evidence.
  await shared.world.superuser.query(
    `INSERT INTO agency_key (fingerprint, agency_id, public_key, locked_key, created_at) SELECT lpad(to_hex(row_number() OVER (ORDER BY code)), 40, '0'), id, '', '', now() FROM agency`);
}, 180_000);
beforeEach(async () => {
  await shared.world.superuser.query('DELETE FROM key_change');
  const planted: (readonly [string, string])[] = await Promise.all(Object.entries(PROPOSERS).map(async ([agency, by]) => {
    const id = randomUUID();
    await shared.world.superuser.query(
      `INSERT INTO key_change (id, agency_id, kind, reason, proposed_by, proposed_by_name, proposed_at)
       SELECT $1, p.agency_id, 'renew', 'A new year', p.id, p.display_name, now() FROM person p WHERE p.display_name = $2`,
      [id, PEOPLE.find(({ userName }) => userName === by)?.displayName]);
    return [agency, id] as const;
  }));
  changes = Object.fromEntries(planted);
});
afterAll(() => shared.stop(), 30_000);

describe.each(EVERYBODY)('keys before %s', (name) => {
  it('are listed to auditors, and to who administers or manages the agency they are of', async () => {
    const visitor = await shared.as(name);
    const seen = AGENCIES.map(({ code }) => code).filter((agency) => mayBe(name, (person) => oracleSeesKeysOf(person, agency)));
    await expectLaw(shared, name, { verb: 'key.list', permitted: seen.length > 0, attempt: () => reply(visitor, LIST, {}), absent: { data: { agencyKeys: null } }, cites: false });
    const { data } = await visitor.graphql<{ agencyKeys: { keys: { agency: { code: string } }[]; changes: { id: string; canApprove: boolean; canWithdraw: boolean }[] } | null }>(LIST);
    expect([...new Set((data?.agencyKeys?.keys ?? []).map(({ agency }) => agency.code))].sort()).toEqual(seen.toSorted());
    const waiting = Object.entries(changes).filter(([agency]) => seen.includes(agency));
    expect((data?.agencyKeys?.changes ?? []).map(({ id }) => id).sort()).toEqual(waiting.map(([, id]) => id).sort());
    for (const [agency, id] of waiting) {
      const handles = mayBe(name, (person) => oracleHandlesKeys(person, agency));
      expect(data?.agencyKeys?.changes.find((change) => change.id === id)).toEqual({ id, canWithdraw: handles, canApprove: handles && proposer(agency) !== name });
    }
  });

  it('are changed by who administers or manages the agency', async () => {
    await shared.world.superuser.query('DELETE FROM key_change');
    const visitor = await shared.as(name);
    const permitted = mayBe(name, (person) => oracleHandlesKeys(person, person.agency));
    const attempt = (): Promise<Reply> => reply(visitor, PROPOSE, { input: { change: 'renew', publicKey: null, fingerprint: null, reason: 'A new year' } });
    await expectLaw(shared, name, { verb: 'key.propose', permitted, attempt, absent: { data: { proposeKeyChange: ABSENT } }, cites: false });
  });

  it.each(Object.keys(PROPOSERS))('of %s are approved by who handles them and did not propose the change, and withdrawn by who handles them', async (agency) => {
    const visitor = await shared.as(name);
    const handles = mayBe(name, (person) => oracleHandlesKeys(person, agency));
    for (const [field, verb, permitted] of [['approveKeyChange', 'key.approve', handles && proposer(agency) !== name], ['withdrawKeyChange', 'key.withdraw', handles]] as const) {
      const attempt = (id: string): Promise<Reply> => reply(visitor, settle(field), { id });
      if (permitted && field === 'withdrawKeyChange') await waitAgain(agency);
      await expectLaw(shared, name, { verb, permitted, attempt: () => attempt(changes[agency] ?? ''), absent: () => attempt(absentId()), cites: false });
    }
  });
});

const proposer = (agency: string): string => PROPOSERS[agency as keyof typeof PROPOSERS];

/** What was approved a moment ago waits again, so that withdrawing it is tried on what can be. */
async function waitAgain(agency: string): Promise<void> {
  await shared.world.superuser.query(
    `UPDATE key_change SET state = 'waiting', settled_by = NULL, settled_by_name = NULL, settled_at = NULL WHERE id = $1`, [changes[agency]]);
  expect(personOf(proposer(agency))?.agency).toBe(agency);
}
