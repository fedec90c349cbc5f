import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PEOPLE } from '../../src/demonstration/borough.js';
import { absentId, EVERYBODY, NOBODY, SharedCase } from '../builders/joint-case.js';
import { oracleAnswersUse, oracleAudits, oracleSeesSide, oracleSeesUse, oracleSettlesUse, oracleWorksOnCases, type OraclePerson, type OracleUse } from './oracle.js';
import { expectLaw, mayBe, personOf, reply, type Reply } from './who-may.js';

const FIELDS = 'id person evidence workspaceReference sides { agency { code } assignee answer outcome closing } can { assign answer close } colleagues { name }';
const LIST = `query { unusualUses(state: "all", first: 100) { nodes { ${FIELDS} } pageInfo { endCursor hasNextPage } } }`;
const ONE = `query ($id: ID!) { unusualUse(id: $id) { ${FIELDS} } }`;
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { __typename ... on UnusualUse { ${FIELDS} } ... on Refused { code message faults { field message } } } }`;
const ASSIGN = mutation('assignUnusualUse', 'AssignUnusualUseInput');
const ANSWER = mutation('answerUnusualUse', 'AnswerUnusualUseInput');
const CLOSE = mutation('closeUnusualUse', 'CloseUnusualUseInput');
const EMPTY = { unusualUses: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } };
const EVIDENCE = 'Read between 22:00 and 06:00.';

/** Reads of somebody else's case and of one's own, by people asked and by managers, where an agency has a manager and where it has none. */
const READS: readonly Omit<OracleUse, 'id'>[] = [
  { reader: 'owen.hart', sides: [{ agency: 'northmoor-police', asked: 'priya.shah' }, { agency: 'ashworth', asked: null }] },
  { reader: 'ruth.adams', sides: [{ agency: 'northmoor-police', asked: 'owen.hart' }, { agency: 'ashworth', asked: 'tom.bell' }] },
  { reader: 'gwen.price', sides: [{ agency: 'ashworth', asked: 'amira.rahman' }] },
  { reader: 'frank.moss', sides: [{ agency: 'northmoor-fire', asked: 'frank.moss' }, { agency: 'ashworth', asked: 'gwen.price' }] },
  { reader: 'helen.ito', sides: [{ agency: 'northmoor-health', asked: null }] },
  { reader: 'sam.stone', sides: [{ agency: 'wexcombe', asked: 'sam.stone' }, { agency: 'northmoor-police', asked: 'ruth.adams' }] },
];

let shared: SharedCase;
let ids: Readonly<Record<string, { readonly person: string; readonly agency: string }>>;
let uses: readonly OracleUse[];

beforeAll(async () => {
  shared = await SharedCase.open();
  for (const { userName } of PEOPLE) await shared.as(userName);
  const { rows } = await shared.world.superuser.query<{ name: string; person: string; agency: string }>('SELECT display_name AS name, id AS person, agency_id AS agency FROM person');
  ids = Object.fromEntries(PEOPLE.map(({ userName, displayName }) => {
    const { person = '', agency = '' } = rows.find(({ name }) => name === displayName) ?? {};
    return [userName, { person, agency }];
  }));
}, 180_000);
// What was assigned, answered or closed is not undone: everybody finds it as it was.
beforeEach(async () => {
  await shared.world.superuser.query('DELETE FROM unusual_use_side');
  await shared.world.superuser.query('DELETE FROM unusual_use');
  uses = await Promise.all(READS.map(plantUse));
});
afterAll(() => shared.stop(), 30_000);

/** As the worker would leave it, with each side as far as the agency has come: asked, or not yet. */
async function plantUse(read: Omit<OracleUse, 'id'>): Promise<OracleUse> {
  const { superuser } = shared.world;
  const id = randomUUID();
  const agencies = read.sides.map(({ agency }) => idOfAgency(agency));
  await superuser.query(
    `INSERT INTO unusual_use (id, rule, rule_version, rule_words, evidence, once_key, entry_id, verb, happened_at, person_id, person_name, agencies, workspace_id, workspace_reference, found_at)
     SELECT $1::uuid, 'odd-hours', 1, 'Reading in the night', $2, $1::text, gen_random_uuid(), 'item.read', now(), p.id, p.display_name, $3::uuid[], w.id, w.reference, now()
       FROM person p, workspace w WHERE p.id = $4 AND w.id = $5`,
    [id, EVIDENCE, agencies, ids[read.reader]?.person, shared.workspaceId],
  );
  for (const { agency, asked } of read.sides) {
    await superuser.query(
      `INSERT INTO unusual_use_side (unusual_use_id, agency_id, agencies, assignee_id, assignee_name, assigned_at)
       SELECT $1, $2, $3, p.id, p.display_name, CASE WHEN p.id IS NOT NULL THEN now() END FROM (SELECT) AS one LEFT JOIN person p ON p.id = $4`,
      [id, idOfAgency(agency), agencies, asked === null ? null : ids[asked]?.person],
    );
  }
  return { id, ...read };
}

function idOfAgency(code: string): string {
  return ids[PEOPLE.find(({ agency }) => agency === code)?.userName ?? '']?.agency ?? '';
}

/** Every side of one of them, as it is stored: what nobody may move but her whose it is. */
async function sidesOf({ id }: OracleUse): Promise<Readonly<Record<string, object>>> {
  const { rows } = await shared.world.superuser.query<{ code: string; side: object }>(
    'SELECT a.code, to_jsonb(s) AS side FROM unusual_use_side s JOIN agency a ON a.id = s.agency_id WHERE s.unusual_use_id = $1',
    [id],
  );
  return Object.fromEntries(rows.map(({ code, side }) => [code, side]));
}

/** The last word of the ledger on this person doing this: about what, of which case, and for a list what it showed. */
async function lastEntry(name: string, verb: string): Promise<{ outcome: string; subject: string | null; workspace: string | null; shown: string[] | null } | undefined> {
  const { rows } = await shared.world.superuser.query<{ outcome: string; subject: string | null; workspace: string | null; shown: string[] | null }>(
    `SELECT outcome, subject_id AS subject, body::jsonb -> 'workspace' ->> 'id' AS workspace, body::jsonb -> 'details' -> 'uses' AS shown
       FROM ledger_entry WHERE person_name = $1 AND verb = $2 ORDER BY at DESC LIMIT 1`,
    [PEOPLE.find(({ userName }) => userName === name)?.displayName, verb],
  );
  return rows[0];
}

describe.each(EVERYBODY)('a read that wants an explanation, before %s', (name) => {
  const sees = (use: OracleUse): boolean => mayBe(name, (person) => oracleSeesUse(person, use));

  it('is in the list of auditors, of who manages an agency concerned and of whoever was asked', async () => {
    const visitor = await shared.as(name);
    const list = (): Promise<Reply> => reply(visitor, LIST, {});
    const permitted = uses.some(sees);
    const mayLook = mayBe(name, (person) => oracleWorksOnCases(person) || oracleAudits(person));
    if (mayLook && !permitted) {
      // Every first page asks whether something waits; that nothing does is not recorded.
      expect(JSON.parse((await list()).text)).toEqual({ data: EMPTY });
      expect(await lastEntry(name, 'unusual-use.list')).toBeUndefined();
    } else await expectLaw(shared, name, { verb: 'unusual-use.list', permitted, attempt: list, absent: { data: EMPTY }, cites: false });
    const { text } = await list();
    expect(uses.filter(({ id }) => text.includes(id))).toEqual(uses.filter(sees));
    if (permitted) expect((await lastEntry(name, 'unusual-use.list'))?.shown?.toSorted()).toEqual(uses.filter(sees).map(({ id }) => id).toSorted());
  });

  it('is read by the same law, each side by itself, with what she may do about it', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, ONE, { id });
    for (const use of uses) {
      await expectLaw(shared, name, { verb: 'unusual-use.read', permitted: sees(use), attempt: () => read(use.id), absent: () => read(absentId()), cites: false });
      const { text } = await read(use.id);
      if (name !== NOBODY) expect(await lastEntry(name, 'unusual-use.read')).toMatchObject(sees(use) ? { outcome: 'done', subject: use.id, workspace: shared.workspaceId } : { outcome: 'refused', subject: use.id, workspace: null });
      if (!sees(use)) continue;
      const assign = mayBe(name, (person) => oracleSettlesUse(person, use));
      const shown = use.sides.filter((side) => mayBe(name, (person) => oracleSeesSide(person, use, side)));
      const { unusualUse } = (JSON.parse(text) as { data: { unusualUse: { sides: { agency: { code: string } }[]; colleagues: object[] } } }).data;
      expect(unusualUse).toMatchObject({ can: { assign, answer: mayBe(name, (person) => oracleAnswersUse(person, use)), close: false } });
      expect(unusualUse.sides.map(({ agency }) => agency.code)).toEqual(shown.map(({ agency }) => agency));
      expect({ name, asks: unusualUse.colleagues.length > 0 }).toEqual({ name, asks: assign });
    }
  });

  it('is assigned by who manages an agency concerned, for her own agency and never of her own read', async () => {
    await step('unusual-use.assign', ASSIGN, { personId: ids[name]?.person ?? absentId() }, oracleSettlesUse);
  });

  it('is answered by whoever was asked, for her own side', async () => {
    await step('unusual-use.answer', ANSWER, { answer: 'Called out to the premises.' }, oracleAnswersUse);
  });

  it('is closed by who may assign it, once it is answered, for her own side', async () => {
    await shared.world.superuser.query(
      `UPDATE unusual_use_side s SET answer = 'Called out.', answered_at = now(), assignee_id = p.id, assignee_name = p.display_name, assigned_at = now()
         FROM person p WHERE p.id = coalesce(s.assignee_id, (SELECT min(c.id::text)::uuid FROM person c WHERE c.agency_id = s.agency_id))`,
    );
    await step('unusual-use.close', CLOSE, { conclusion: 'explained', words: 'The log of calls agrees.' }, oracleSettlesUse);
  });

  /** Tries it on each of them: who may moves her own agency's side and no other; who may not moves nothing. */
  async function step(verb: string, document: string, input: object, law: (person: OraclePerson, use: OracleUse) => boolean): Promise<void> {
    const visitor = await shared.as(name);
    const take = (id: string): Promise<Reply> => reply(visitor, document, { input: { id, ...input } });
    for (const use of uses) {
      const permitted = mayBe(name, (person) => law(person, use));
      const before = await sidesOf(use);
      await expectLaw(shared, name, { verb, permitted, attempt: () => take(use.id), absent: () => take(absentId()), cites: false });
      const after = await sidesOf(use);
      const moved = Object.keys(after).filter((agency) => JSON.stringify(after[agency]) !== JSON.stringify(before[agency]));
      expect({ name, verb, reader: use.reader, moved }).toEqual({ name, verb, reader: use.reader, moved: permitted ? [personOf(name)?.agency] : [] });
    }
  }
});
