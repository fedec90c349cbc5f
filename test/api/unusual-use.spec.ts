import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { withMigrator } from '../../src/cli/migrator.js';
import { OFFICIAL_SENSITIVE, openCase, perform } from '../builders/case.js';
import { createDemonstration } from '../builders/demonstration.js';
import { plantEntry, type PlantedEntry } from '../builders/planted-entry.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';

jest.setTimeout(120_000);

const FIELDS = `id rule ruleVersion words evidence entryId verb happenedAt person agency { code } workspaceId workspaceReference
  sides { agency { code } assignee answer outcome closing closedBy } can { assign answer close } colleagues { id name }`;
const LIST = `query ($state: String!) { unusualUses(state: $state, first: 100) { nodes { ${FIELDS} } pageInfo { hasNextPage } } }`;
const ONE = `query ($id: ID!) { unusualUse(id: $id) { ${FIELDS} } }`;
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { __typename ... on UnusualUse { ${FIELDS} } ... on Refused { code message faults { field message } } } }`;
const ASSIGN = mutation('assignUnusualUse', 'AssignUnusualUseInput');
const ANSWER = mutation('answerUnusualUse', 'AnswerUnusualUseInput');
const CLOSE = mutation('closeUnusualUse', 'CloseUnusualUseInput');

interface Use {
  readonly id: string;
  readonly rule: string;
  readonly evidence: string;
  readonly entryId: string;
  readonly person: string;
  readonly happenedAt: string;
  readonly sides: readonly { readonly agency: { readonly code: string }; readonly assignee: string | null; readonly answer: string | null; readonly outcome: string | null }[];
  readonly can: Readonly<Record<'assign' | 'answer' | 'close', boolean>>;
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
}
type Told = { readonly __typename: string; readonly code?: string; readonly message?: string } & Partial<Use>;

let world: World;
let people: Readonly<Record<'auditor' | 'officer' | 'manager' | 'police' | 'policeManager' | 'fire' | 'stranger', Visitor>>;
let shared: { id: string; reference: string };

beforeAll(async () => {
  world = await startWorld({ worker: true });
  const names = { auditor: 'alex.ward', officer: 'amira.rahman', manager: 'gwen.price', police: 'owen.hart', policeManager: 'ruth.adams', fire: 'frank.moss', stranger: 'sam.stone' };
  people = Object.fromEntries(await Promise.all(Object.entries(names).map(async ([key, name]) => [key, await world.signIn(name)]))) as typeof people;
  for (const name of ['tom.bell', 'helen.ito']) await world.signIn(name);
  shared = await openCase(people.officer, ['northmoor-police', 'northmoor-fire']);
}, 240_000);
afterAll(() => world.stop());

const read = (more: Partial<PlantedEntry> & Pick<PlantedEntry, 'at' | 'person'>): Promise<string> =>
  plantEntry(world.superuser, { verb: 'item.read', workspaceId: shared.id, reference: shared.reference, subject: { kind: 'workspace', id: shared.id }, ...more });

async function list(visitor: Visitor, state = 'all'): Promise<readonly Use[]> {
  return (await visitor.ask<{ unusualUses: { nodes: Use[] } }>(LIST, { state })).unusualUses.nodes;
}

async function one(visitor: Visitor, id: string): Promise<Use | null> {
  return (await visitor.ask<{ unusualUse: Use | null }>(ONE, { id })).unusualUse;
}

async function act(visitor: Visitor, document: string, input: object): Promise<Told> {
  const answer = await visitor.ask<Record<string, Told>>(document, { input });
  return Object.values(answer)[0] ?? { __typename: '' };
}

/** The uses of one rule, once there are any; and none of what was planted before is still to be looked at. */
async function raised(rule: string): Promise<readonly Use[]> {
  await examined();
  return (await list(people.auditor)).filter((use) => use.rule === rule);
}

async function examined(): Promise<void> {
  const { rows: [newest] } = await world.superuser.query<{ id: string }>('SELECT id FROM ledger_entry ORDER BY at DESC LIMIT 1');
  await eventually('everything being examined', async () => {
    const { rows } = await world.superuser.query<{ done: boolean }>(
      `SELECT (SELECT next_index FROM unusual_use_mark) > (SELECT max(l.index) FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id WHERE e.id = $1 OR e.body::jsonb ->> 'correlation' = 'planted') AS done
        WHERE NOT EXISTS (SELECT FROM ledger_waiting)`,
      [newest?.id],
    );
    return rows[0]?.done === true;
  });
}

describe('the rules of use', () => {
  it('ask about the first read of a night by somebody who is not on duty, once', async () => {
    const first = await read({ at: '2026-11-20T23:10:00.000Z', person: 'Owen Hart' });
    await read({ at: '2026-11-21T02:00:00.000Z', person: 'Owen Hart' });
    await read({ at: '2026-11-20T14:00:00.000Z', person: 'Owen Hart' });
    const uses = await raised('odd-hours');
    expect(uses).toMatchObject([{ entryId: first, person: 'Owen Hart', evidence: 'Read between 22:00 and 06:00.', agency: { code: 'northmoor-police' }, workspaceReference: shared.reference }]);
    expect(uses[0]?.sides.map(({ agency }) => agency.code)).toEqual(['northmoor-police', 'ashworth']);
  });

  it('ask about one’s own name, in the title or in what was searched for, and show neither', async () => {
    await read({ at: '2026-11-20T10:00:00.000Z', person: 'Amira Rahman', subject: { kind: 'record', id: randomUUID(), title: 'Rahman Brothers, statement' } });
    await read({ at: '2026-11-20T10:01:00.000Z', person: 'Amira Rahman', verb: 'workspace.search', details: { text: 'rahman county court' } });
    await read({ at: '2026-11-20T10:02:00.000Z', person: 'Gwen Price', subject: { kind: 'record', id: randomUUID(), title: 'Rahman Brothers, statement' } });
    const uses = await raised('own-name');
    expect(uses.map(({ person }) => person)).toEqual(['Amira Rahman', 'Amira Rahman']);
    expect(JSON.stringify(uses)).not.toMatch(/Brothers|county court/);
    // A reader of the agency whose case it is concerns that agency alone.
    expect(uses.map(({ sides }) => sides.length)).toEqual([1, 1]);
  });

  it('count reads, refusals and cases within their span, and not beyond it', async () => {
    const minute = (at: number): string => new Date(Date.parse('2026-11-19T11:00:00.000Z') + at * 60_000).toISOString();
    for (let at = 0; at < 121; at += 1) await read({ at: minute(at / 13), person: 'Frank Moss' });
    for (let at = 0; at < 122; at += 1) await read({ at: minute(at / 10), person: 'Gwen Price' });
    for (let at = 0; at < 11; at += 1) await read({ at: minute(at * 5), person: 'Sam Stone', outcome: 'refused' });
    for (let at = 0; at < 11; at += 1) await read({ at: minute(at * 7), person: 'Helen Ito', outcome: 'refused' });
    for (let at = 0; at < 9; at += 1) await read({ at: minute(at * 30), person: 'Tom Bell', workspaceId: randomUUID() });
    expect(await raised('many-reads')).toMatchObject([{ person: 'Frank Moss', evidence: '121 reads within 10 minutes; more than 120 want an explanation.' }]);
    expect(await raised('many-refusals')).toMatchObject([{ person: 'Sam Stone', evidence: '11 refused reads within 1 hour; more than 10 want an explanation.' }]);
    expect(await raised('cases-not-hers')).toMatchObject([{ person: 'Tom Bell', evidence: '9 cases within 24 hours; more than 8 want an explanation.' }]);
  });

  it('do not count the cases in which somebody did something', async () => {
    for (let at = 0; at < 9; at += 1) {
      const workspaceId = randomUUID();
      const day = `2026-11-18T1${at}:00:00.000Z`;
      await read({ at: day, person: 'Owen Hart', workspaceId });
      if (at === 0) await read({ at: day, person: 'Owen Hart', workspaceId, verb: 'note.add', category: 'collection' });
    }
    expect((await raised('cases-not-hers')).map(({ person }) => person)).toEqual(['Tom Bell']);
  });

  it('ask about the first look of an agency long after it was let in, once', async () => {
    const old = await openCase(people.officer, ['northmoor-police', 'northmoor-fire']);
    await world.superuser.query(`UPDATE workspace_member SET valid_from = '2026-09-01' WHERE workspace_id = $1`, [old.id]);
    for (const person of ['Owen Hart', 'Owen Hart', 'Frank Moss']) await read({ at: '2026-11-17T10:00:00.000Z', person, workspaceId: old.id, reference: old.reference });
    const uses = await raised('first-look');
    expect(uses.map(({ person }) => person).sort()).toEqual(['Frank Moss', 'Owen Hart']);
    expect(uses[0]?.evidence).toBe('First look after 77 days; after more than 30 it wants an explanation.');
  });

  it('ask the agency whose it was, whatever of her own she did first, and each originator of what was read along', async () => {
    await read({ at: '2026-11-14T22:01:00.000Z', person: 'Owen Hart', verb: 'workspace.search', workspaceId: undefined, subject: undefined });
    await read({ at: '2026-11-14T23:00:00.000Z', person: 'Owen Hart' });
    const { id: item } = await perform<{ id: string }>(people.police, 'addNote', { workspaceId: shared.id, title: 'Of the police', body: 'Seen.', marking: OFFICIAL_SENSITIVE });
    await read({ at: '2026-11-14T23:30:00.000Z', person: 'Frank Moss', details: { items: [item] }, verb: 'item.read', roles: ['fire-officer'] });
    const sidesOf = (uses: readonly Use[], name: string): string[] =>
      uses.filter(({ person, happenedAt }) => person === name && happenedAt.startsWith('2026-11-14')).map(({ sides }) => sides.map(({ agency }) => agency.code).join(' ')).sort();
    const uses = await raised('odd-hours');
    expect(sidesOf(uses, 'Owen Hart')).toEqual(['northmoor-police', 'northmoor-police ashworth']);
    expect(sidesOf(uses, 'Frank Moss')).toEqual(['northmoor-fire ashworth', 'northmoor-fire northmoor-police']);
  });

  it('tell the agency whose it was nothing of figures that go over other cases', async () => {
    const [many] = await raised('many-reads');
    expect((await one(people.auditor, many?.id ?? ''))?.evidence).toMatch(/^121 reads/);
    expect((await one(people.manager, many?.id ?? ''))?.evidence).toMatch(/^What was counted is shown to the reader’s own agency/);
  });

  it('raise nothing twice when the mark is set back, and record each that was raised', async () => {
    await examined();
    const before = await list(people.auditor);
    await world.superuser.query('UPDATE unusual_use_mark SET next_index = 0');
    await examined();
    expect((await list(people.auditor)).length).toBe(before.length);
    const { rows } = await world.superuser.query<{ id: string }>(`SELECT subject_id AS id FROM ledger_entry WHERE verb = 'unusual-use.raise'`);
    expect(rows.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
  });
});

it('begins, where there is a ledger already, with what comes next, and knows who had looked at what', async () => {
  const database = await createDemonstration();
  const older = await startWorld({ database, worker: true });
  try {
    const amira = await older.signIn('amira.rahman');
    const { id } = await openCase(amira, ['northmoor-police']);
    await (await older.signIn('owen.hart')).ask('query ($id: ID!) { workspace(id: $id) { id } }', { id });
    await eventually('every entry having its place', async () => (await older.superuser.query('SELECT FROM ledger_waiting')).rowCount === 0);
    await older.stopWorkers();
    await withMigrator(database.ownerUrl, async (migrator) => {
      while ((await migrator.down()) !== 'KeepUnusualUse1763700016000');
      await migrator.up();
    });
    const { rows } = await older.superuser.query<{ next: string; leaves: string; looks: string[] }>(
      `SELECT (SELECT next_index FROM unusual_use_mark) AS next, (SELECT count(*) FROM ledger_leaf) AS leaves,
              (SELECT array_agg(a.code ORDER BY a.code) FROM first_look l JOIN agency a ON a.id = l.agency_id) AS looks`);
    expect(rows).toEqual([{ next: rows[0]?.leaves, leaves: expect.stringMatching(/^[1-9]/), looks: ['northmoor-police'] }]);
  } finally {
    await older.stop();
  }
});

describe('a read that wants an explanation', () => {
  let use: Use;

  beforeAll(async () => {
    await read({ at: '2026-11-22T23:30:00.000Z', person: 'Owen Hart' });
    await eventually('it being raised', async () => (await list(people.auditor, 'open')).some(({ rule, person, sides }) => rule === 'odd-hours' && person === 'Owen Hart' && sides.length === 2));
    const found = (await raised('odd-hours')).find(({ person }) => person === 'Owen Hart');
    if (found === undefined) throw new Error('It was not raised.');
    use = found;
  });

  it('is there for the managers of the two agencies and for auditors, and for nobody else', async () => {
    for (const who of ['auditor', 'manager', 'policeManager'] as const) {
      expect({ who, seen: (await list(people[who])).some(({ id }) => id === use.id) }).toEqual({ who, seen: true });
      expect(await one(people[who], use.id)).toMatchObject({ id: use.id, sides: [{ agency: { code: 'northmoor-police' } }, { agency: { code: 'ashworth' } }] });
    }
    for (const who of ['officer', 'police', 'fire', 'stranger'] as const) {
      expect({ who, list: await list(people[who]), one: await one(people[who], use.id) }).toEqual({ who, list: [], one: null });
      expect(await act(people[who], ASSIGN, { id: use.id, personId: randomUUID() })).toEqual(await act(people[who], ASSIGN, { id: randomUUID(), personId: randomUUID() }));
    }
    expect((await people.stranger.graphql(ONE, { id: use.id })).text).toBe((await people.stranger.graphql(ONE, { id: randomUUID() })).text);
  });

  it('is assigned to a colleague, by a manager of her own agency and nobody else’s', async () => {
    const { colleagues, can } = (await one(people.policeManager, use.id)) ?? use;
    expect(can).toEqual({ assign: true, answer: false, close: false });
    expect(colleagues.map(({ name }) => name)).toEqual(expect.arrayContaining(['Owen Hart', 'Ruth Adams']));
    const owen = colleagues.find(({ name }) => name === 'Owen Hart')?.id ?? '';
    expect(await act(people.manager, ASSIGN, { id: use.id, personId: owen })).toMatchObject({ __typename: 'Refused', code: 'invalid', message: expect.any(String) });
    expect(await act(people.auditor, ASSIGN, { id: use.id, personId: owen })).toMatchObject({ code: 'not-found' });
    expect(await act(people.policeManager, ASSIGN, { id: use.id, personId: owen })).toMatchObject({ __typename: 'UnusualUse', sides: [{ assignee: 'Owen Hart' }, { assignee: null }] });
    // It now waits for him, and shows him his own side alone.
    expect(await list(people.police, 'mine')).toMatchObject([{ id: use.id, sides: [{ agency: { code: 'northmoor-police' } }], can: { assign: false, answer: true, close: false } }]);
  });

  it('is answered by whoever was asked, in words, and once', async () => {
    expect(await act(people.police, ANSWER, { id: use.id, answer: ' ' })).toMatchObject({ code: 'invalid', faults: [{ field: 'input.answer', message: expect.stringMatching(/^Explanation: /) }] });
    expect(await act(people.policeManager, ANSWER, { id: use.id, answer: 'I was asked to.' })).toMatchObject({ code: 'not-found' });
    expect(await act(people.policeManager, CLOSE, { id: use.id, conclusion: 'explained', words: 'Fine.' })).toMatchObject({ code: 'conflict' });
    expect(await act(people.police, ANSWER, { id: use.id, answer: 'Called out to the premises at 23:15.' })).toMatchObject({ __typename: 'UnusualUse', sides: [{ answer: 'Called out to the premises at 23:15.' }] });
    expect(await act(people.police, ANSWER, { id: use.id, answer: 'Something else.' })).toMatchObject({ code: 'conflict' });
    expect(await list(people.police, 'mine')).toEqual([]);
    // The owning agency reads what the reader's said.
    expect((await one(people.manager, use.id))?.sides[0]?.answer).toBe('Called out to the premises at 23:15.');
  });

  it('is closed by each agency for itself, and open until both have', async () => {
    expect(await act(people.police, CLOSE, { id: use.id, conclusion: 'explained', words: 'Fine.' })).toMatchObject({ code: 'not-found' });
    expect(await act(people.policeManager, CLOSE, { id: use.id, conclusion: 'perhaps', words: '' })).toMatchObject({ code: 'invalid', faults: [{ field: 'input.conclusion' }, { field: 'input.words' }] });
    expect(await act(people.policeManager, CLOSE, { id: use.id, conclusion: 'explained', words: 'The call-out log agrees.' })).toMatchObject({ __typename: 'UnusualUse', can: { assign: false, close: false } });
    expect((await list(people.auditor, 'open')).some(({ id }) => id === use.id)).toBe(true);
    const own = (await one(people.manager, use.id))?.colleagues.find(({ name }) => name === 'Gwen Price')?.id;
    await act(people.manager, ASSIGN, { id: use.id, personId: own });
    await act(people.manager, ANSWER, { id: use.id, answer: 'Police told us of the call-out.' });
    expect(await act(people.manager, CLOSE, { id: use.id, conclusion: 'taken-up', words: 'Agreed to be told beforehand.' })).toMatchObject({ sides: [{ outcome: 'explained' }, { outcome: 'taken-up', closedBy: 'Gwen Price' }] });
    expect((await list(people.auditor, 'open')).some(({ id }) => id === use.id)).toBe(false);
    expect((await list(people.auditor, 'closed')).map(({ id }) => id)).toContain(use.id);
  });

  it('is never settled by the reader herself, though she manages', async () => {
    await read({ at: '2026-11-23T23:30:00.000Z', person: 'Ruth Adams' });
    const own = await eventually('hers being raised', async () => (await list(people.auditor)).find(({ person }) => person === 'Ruth Adams'));
    expect(await one(people.policeManager, own.id)).toMatchObject({ can: { assign: false, answer: false, close: false }, colleagues: [] });
    expect(await act(people.policeManager, ASSIGN, { id: own.id, personId: randomUUID() })).toMatchObject({ code: 'not-found' });
  });

  it('stands in no access log: who was asked about whom is no affair of the case', async () => {
    const log = 'query ($id: ID!) { accessLog(workspaceId: $id, first: 100) { nodes { verb } } }';
    const verbs = (await people.police.ask<{ accessLog: { nodes: { verb: string }[] } }>(log, { id: shared.id })).accessLog.nodes.map(({ verb }) => verb);
    expect(verbs).toContain('item.read');
    expect(verbs.filter((verb) => verb.startsWith('unusual-use'))).toEqual([]);
  });

  it('leaves an entry for each look and each step, done or refused', async () => {
    const { rows } = await world.superuser.query<{ step: string }>(
      `SELECT DISTINCT verb || ' ' || outcome AS step FROM ledger_entry WHERE subject_id = $1 ORDER BY 1`,
      [use.id],
    );
    expect(rows.map(({ step }) => step)).toEqual([
      'unusual-use.answer done', 'unusual-use.answer refused', 'unusual-use.assign done', 'unusual-use.assign refused', 'unusual-use.close done',
      'unusual-use.close refused', 'unusual-use.raise done', 'unusual-use.read done', 'unusual-use.read refused',
    ]);
  });

  it.each([['sideways', 25], ['all', 0], ['all', 101]])('refuses a list in state %s of %d in words', async (state, first) => {
    const { errors } = await people.manager.graphql('query ($state: String!, $first: Int!) { unusualUses(state: $state, first: $first) { nodes { id } } }', { state, first });
    expect(errors).toMatchObject([{ extensions: { code: 'invalid' }, message: expect.stringMatching(/^[A-Z].*\.$/) }]);
  });
});
