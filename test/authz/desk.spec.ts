import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOT_FOUND } from '../../libs/kernel/index.js';
import { eventually } from '../api/alert-case.js';
import { deposit, newFile } from '../api/evidence-scene.js';
import { signInAuditor } from '../builders/auditor.js';
import { absentId, EVERYBODY, SharedCase, WORD } from '../builders/joint-case.js';
import type { Visitor } from '../builders/visitor.js';
import { oracleAudits } from './oracle.js';
import { expectLaw, mayBe, reply, type Reply } from './who-may.js';

const TOLD = '... on Refused { code message faults { field message } }';
const STATE = `mutation ($reason: String!) { stateAuditReason(reason: $reason) { __typename ${TOLD} ... on AuditReason { reason statedAt } } }`;
const SAVE = `mutation ($name: String!) { saveAuditSearch(name: $name, filter: { verb: "note.add" }) { __typename ${TOLD} ... on AuditSearch { id name filter } } }`;
const DROP = `mutation ($id: ID!) { deleteAuditSearch(id: $id) { __typename ${TOLD} ... on AuditSearch { id name } } }`;
const DESK = '{ auditDesk { reason statedAt searches { id name } purposes } }';
const SIGHT = `query ($id: ID!) { itemSight(id: $id, from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") { markings roles agencies { agency } } }`;
const COUNTED = `query { auditLog(filter: { verb: "note.add" }, first: 25, summary: true) {
  nodes { id verb person subjectTitle } pageInfo { endCursor hasNextPage } summary { counted isAll counts { facet value label count } } } }`;
const PROVE = `mutation ($id: ID!) { proveExhibit(id: $id) { __typename ${TOLD} ... on Kept { id } } }`;
const FOLLOW = 'query ($id: ID!) { exhibitProof(id: $id) { sizeBytes outcome } }';
const NO_PAGE = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false }, summary: null };
const NOTES = `/ledger/export?${new URLSearchParams({ filter: '{"verb":"note.add"}', format: 'ndjson' }).toString()}`;
const NO_EXPORT = `/ledger/export?${new URLSearchParams({ filter: '{"verb":"note.destroy"}', format: 'ndjson' }).toString()}`;
const NO_TREE = JSON.stringify({ code: 'not-found', message: 'There is nothing here.' });

let shared: SharedCase;
let auditor: Visitor;
let entryId: string;
let exhibitId: string;
let searches: Readonly<Record<'hers' | 'anothers', string>>;

beforeAll(async () => {
  shared = await SharedCase.open();
  // Only the worker places entries, without which there is no proof and no checkpoint.
  await shared.world.startWorker();
  auditor = await signInAuditor(shared.world);
  exhibitId = await deposit(await shared.as('amira.rahman'), shared.workspaceId, newFile(10));
  entryId = await eventually('a note having its place in the ledger', async () => {
    const { rows } = await shared.world.superuser.query<{ id: string }>(
      `SELECT e.id FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.verb = 'note.add' AND l.index < (SELECT max(size) FROM ledger_checkpoint) LIMIT 1`,
    );
    return rows[0]?.id;
  });
}, 180_000);
beforeEach(async () => {
  await shared.world.superuser.query('DELETE FROM audit_search');
  searches = { hers: await plantSearch('Alex Ward'), anothers: await plantSearch('Amira Rahman') };
});
afterAll(() => shared.stop(), 30_000);

/** A search this person keeps: also one who is no auditor, as somebody who was one would leave it. */
async function plantSearch(person: string): Promise<string> {
  const id = randomUUID();
  await shared.world.superuser.query(
    `INSERT INTO audit_search (id, person_id, name, filter, created_at) SELECT $1::uuid, p.id, $1::text, '{}', now() FROM person p WHERE p.display_name = $2`,
    [id, person],
  );
  return id;
}

async function kept(): Promise<readonly string[]> {
  const { rows } = await shared.world.superuser.query<{ id: string }>('SELECT id FROM audit_search ORDER BY id');
  return rows.map(({ id }) => id);
}

/** How many entries there are of somebody doing this; the worker records nothing of it. */
async function recorded(verb: string): Promise<number> {
  const { rows } = await shared.world.superuser.query<{ count: number }>('SELECT count(*)::int AS count FROM ledger_entry WHERE verb = $1', [verb]);
  return rows[0]?.count ?? 0;
}

async function get(visitor: Visitor, path: string): Promise<Reply> {
  const response = await visitor.fetch(path);
  return { status: response.status, text: await response.text() };
}

/** The one answer of a mutation to whoever may not. */
const refusedBy = (field: string): { readonly data: unknown } => ({ data: { [field]: { __typename: 'Refused', ...NOT_FOUND } } });

describe.each(EVERYBODY)('the desk of the auditors before %s', (name) => {
  const permitted = mayBe(name, oracleAudits);

  it('is told why by auditors alone', async () => {
    const visitor = await shared.as(name);
    await expectLaw(shared, name, { verb: 'ledger.state-reason', permitted, attempt: () => reply(visitor, STATE, { reason: 'A check of the tests' }), absent: refusedBy('stateAuditReason') });
    const { rows } = await shared.world.superuser.query<{ name: string }>('SELECT DISTINCT p.display_name AS name FROM audit_reason r JOIN session s ON s.id = r.session_id JOIN person p ON p.id = s.person_id');
    expect(rows).toEqual([{ name: 'Alex Ward' }]);
  });

  it('is open to auditors, whose look at their own things leaves no entry', async () => {
    const visitor = await shared.as(name);
    const before = await recorded('ledger.search');
    if (permitted) {
      expect(await visitor.ask(DESK)).toMatchObject({ auditDesk: { searches: expect.arrayContaining([{ id: searches.hers, name: searches.hers }]) } });
      expect(await recorded('ledger.search')).toBe(before);
    } else await expectLaw(shared, name, { verb: 'ledger.search', permitted, attempt: () => reply(visitor, DESK, {}), absent: { data: { auditDesk: null } } });
  });

  it('keeps the searches of auditors, and nobody drops what is not hers', async () => {
    const visitor = await shared.as(name);
    const before = await kept();
    await expectLaw(shared, name, { verb: 'ledger.save-search', permitted, attempt: () => reply(visitor, SAVE, { name: `Notes of ${name}` }), absent: refusedBy('saveAuditSearch') });
    expect((await kept()).length).toBe(before.length + (permitted ? 1 : 0));
    const drop = (id: string): Promise<Reply> => reply(visitor, DROP, { id });
    for (const [of, id] of Object.entries(searches)) {
      await expectLaw(shared, name, { verb: 'ledger.drop-search', permitted: permitted && of === 'hers', attempt: () => drop(id), absent: () => drop(absentId()) });
      expect({ of, kept: (await kept()).includes(id) }).toEqual({ of, kept: !(permitted && of === 'hers') });
    }
  });

  it('says who could have seen an item to auditors, and of none what it says', async () => {
    const visitor = await shared.as(name);
    const sight = (id: string): Promise<Reply> => reply(visitor, SIGHT, { id });
    for (const { note, record, finding } of Object.values(shared.items)) {
      for (const id of [note, record, finding]) {
        await expectLaw(shared, name, { verb: 'ledger.read', permitted, attempt: () => sight(id), absent: () => sight(absentId()) });
        expect((await sight(id)).text).not.toContain(WORD);
      }
    }
  });

  it('counts for auditors what matches, and nobody else learns that anything does', async () => {
    const visitor = await shared.as(name);
    const count = (): Promise<Reply> => reply(visitor, COUNTED, {});
    await expectLaw(shared, name, { verb: 'ledger.search', permitted, attempt: count, absent: { data: { auditLog: NO_PAGE } } });
    expect(/"facet":"agency"|"counted":[1-9]/.test((await count()).text)).toBe(permitted);
  });

  it('gives files to auditors: what was searched for, an entry, and its proof', async () => {
    const visitor = await shared.as(name);
    await expectLaw(shared, name, { verb: 'ledger.export', permitted, attempt: () => get(visitor, NOTES), absent: () => get(visitor, NO_EXPORT) });
    for (const file of ['', '/proof']) {
      const entry = (id: string): Promise<Reply> => get(visitor, `/ledger/entry/${id}${file}`);
      await expectLaw(shared, name, { verb: 'ledger.export', permitted, attempt: () => entry(entryId), absent: () => entry(absentId()) });
      expect({ name, file, given: (await entry(entryId)).status === 200 }).toEqual({ name, file, given: permitted });
    }
  });

  it('has an exhibit read again, and says how far that is, for auditors alone', async () => {
    const visitor = await shared.as(name);
    const prove = (id: string): Promise<Reply> => reply(visitor, PROVE, { id });
    await expectLaw(shared, name, { verb: 'exhibit.prove', permitted, attempt: () => prove(exhibitId), absent: () => prove(absentId()) });
    const follow = (id: string): Promise<Reply> => reply(visitor, FOLLOW, { id });
    const before = await recorded('proof.follow');
    if (permitted) {
      expect((await follow(exhibitId)).text).toContain('"sizeBytes":10');
      expect(await recorded('proof.follow')).toBe(before);
    } else await expectLaw(shared, name, { verb: 'proof.follow', permitted, attempt: () => follow(exhibitId), absent: () => follow(absentId()) });
  });

  it('gives the signed tree to auditors; to anybody else there is none, whoever she is, and no look is recorded', async () => {
    const visitor = await shared.as(name);
    const before = [await recorded('ledger.monitor'), await recorded('ledger.read')];
    const [checkpoint, absent] = [await get(visitor, '/ledger/checkpoint'), await get(visitor, '/ledger/tile/0/999')];
    expect(absent).toEqual({ status: 404, text: NO_TREE });
    if (permitted) expect(checkpoint).toEqual({ status: 200, text: expect.stringMatching(/^\S+\n\d+\n\S+\n\n— /) });
    else expect(checkpoint).toEqual(absent);
    expect([await recorded('ledger.monitor'), await recorded('ledger.read')]).toEqual(before);
  });
});

describe('an auditor who has not said why she looks', () => {
  const ASKS = 'State why you are looking';

  it.each([
    ['the log with its counts', 'ledger.search', (visitor: Visitor) => reply(visitor, COUNTED, {})],
    ['who could have seen an item', 'ledger.read', (visitor: Visitor) => reply(visitor, SIGHT, { id: shared.items.all.note })],
    ['an export', 'ledger.export', (visitor: Visitor) => get(visitor, NOTES)],
    ['an entry as a file', 'ledger.export', (visitor: Visitor) => get(visitor, `/ledger/entry/${entryId}`)],
    ['the reading of an exhibit', 'exhibit.prove', (visitor: Visitor) => reply(visitor, PROVE, { id: exhibitId })],
    ['how far that is', 'proof.follow', (visitor: Visitor) => reply(visitor, FOLLOW, { id: exhibitId })],
    ['a proof as a file', 'ledger.export', (visitor: Visitor) => get(visitor, `/ledger/entry/${entryId}/proof`)],
  ])('is asked for it before she is given %s, and that is recorded as refused', async (_, verb, attempt) => {
    const before = await recorded(verb);
    const { text } = await attempt(await shared.world.signInAgain('alex.ward'));
    expect({ text, asks: text.includes(ASKS), shows: text.includes(WORD) }).toEqual({ text, asks: true, shows: false });
    expect(await recorded(verb)).toBe(before + 1);
    const { rows } = await shared.world.superuser.query<object>(
      `SELECT person_name AS person, outcome, body::jsonb ->> 'policy' AS policy FROM ledger_entry WHERE verb = $1 ORDER BY at DESC LIMIT 1`,
      [verb],
    );
    expect(rows).toEqual([{ person: 'Alex Ward', outcome: 'refused', policy: 'no-reason-stated' }]);
  });

  it('is given it once she has, in that session alone', async () => {
    expect((await get(auditor, NOTES)).text).toContain(WORD);
    expect((await get(await shared.world.signInAgain('alex.ward'), NOTES)).text).toContain(ASKS);
  });
});
