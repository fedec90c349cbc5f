import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agencyIds, ask, attempt, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item, type Outcome, type RecordItem, type Stale,
} from '../builders/case.js';
import { signInAuditor } from '../builders/auditor.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let amira: Visitor;
let tom: Visitor;
let priya: Visitor;
let frank: Visitor;
let agencies: Readonly<Record<string, string>>;
let workspaceId: string;

beforeAll(async () => {
  world = await startWorld();
  [amira, tom, priya, frank] = await Promise.all([
    world.signIn('amira.rahman'),
    world.signIn('tom.bell'),
    world.signIn('priya.shah'),
    world.signIn('frank.moss'),
  ]);
  agencies = await agencyIds(amira);
  ({ id: workspaceId } = await openCase(amira, ['northmoor-police', 'northmoor-fire']));
}, 180_000);

afterAll(() => world.stop(), 30_000);

/** A record in its first version, by Amira. */
function startRecord(traits: Readonly<Record<string, unknown>> = {}): Promise<RecordItem> {
  return perform<RecordItem>(amira, 'saveRecord', {
    workspaceId, title: 'Chronology', body: 'Monday: first complaint.', marking: OFFICIAL_SENSITIVE, ...traits,
  });
}

/** A change of a record that its author believes to be at `version`. */
function change(record: RecordItem, version: number, body: string, traits: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { id: record.id, workspaceId, version, title: record.title, body, marking: OFFICIAL_SENSITIVE, ...traits };
}

describe('a record', () => {
  it('keeps every version, who saved it and when', async () => {
    const first = await startRecord();
    await perform(tom, 'saveRecord', change(first, 1, 'Monday: first complaint.\nTuesday: visit.'));
    await perform(priya, 'saveRecord', change(first, 2, 'Monday: first complaint.\nTuesday: visit.\nWednesday: arrest.'));
    const read = await ask<RecordItem>(amira, 'record', { id: first.id });
    expect(read).toMatchObject({ version: 3, savedBy: 'Priya Shah' });
    expect(read.versions.map(({ version, savedBy }) => [version, savedBy])).toEqual([
      [3, 'Priya Shah'],
      [2, 'Tom Bell'],
      [1, 'Amira Rahman'],
    ]);
    expect(read.versions.at(-1)?.body).toBe('Monday: first complaint.');
  });

  it('shows the text of a record among the items of the case', async () => {
    const record = await startRecord({ body: 'Tuesday: second complaint.' });
    const { items } = await frank.ask<{ items: { nodes: { id: string; text: string }[] } }>(
      'query($id: ID!) { items(workspaceId: $id, kind: "record") { nodes { id text } } }', { id: workspaceId },
    );
    expect(items.nodes.find(({ id }) => id === record.id)?.text).toBe('Tuesday: second complaint.');
  });

  it('shows the second officer both texts, and loses nothing, when somebody saved before her', async () => {
    const record = await startRecord();
    await perform(tom, 'saveRecord', change(record, 1, "Tom's text", { title: "Tom's title" }));
    const stale = (await attempt(amira, 'saveRecord', change(record, 1, "Amira's text", { title: "Amira's title" }))) as Outcome<RecordItem> | Stale;
    expect(stale).toMatchObject({
      __typename: 'StaleRecord',
      message: expect.stringContaining('Tom Bell'),
      theirs: { version: 2, title: "Tom's title", body: "Tom's text", savedBy: 'Tom Bell' },
      yours: { title: "Amira's title", body: "Amira's text" },
    });
    expect(await ask<RecordItem>(amira, 'record', { id: record.id })).toMatchObject({ version: 2, body: "Tom's text" });
    const joined = await perform<RecordItem>(amira, 'saveRecord', change(record, 2, "Tom's text\nAmira's text"));
    expect(joined).toMatchObject({ version: 3, body: "Tom's text\nAmira's text" });
  });

  it.each([1, 2, 3, 4, 5])('saved by many at once is saved by exactly one of them (round %i)', async () => {
    const record = await startRecord();
    const officers = [amira, tom, priya, frank, amira, tom, priya, frank];
    const outcomes = await Promise.all(officers.map((officer, index) => attempt<RecordItem>(officer, 'saveRecord', change(record, 1, `Text ${index}`))));
    const kinds = outcomes.map((outcome) => outcome.__typename);
    expect(kinds.filter((kind) => kind === 'RecordItem')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'StaleRecord')).toHaveLength(7);
    const kept = await ask<RecordItem>(amira, 'record', { id: record.id });
    expect(kept.version).toBe(2);
    expect(kept.body).toBe(`Text ${kinds.indexOf('RecordItem')}`);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.__typename === 'StaleRecord') expect(outcome).toMatchObject({ theirs: { version: 2, body: kept.body }, yours: { body: `Text ${index}` } });
    }
  });

  it.each([0, -1, 2, 99, 2_147_483_647])('believed to be at version %i when it is at 1 is stale', async (version) => {
    const record = await startRecord();
    expect(await attempt(tom, 'saveRecord', change(record, version, 'Mine'))).toMatchObject({ __typename: 'StaleRecord', theirs: { version: 1 } });
  });

  it('cannot be changed without saying which version was read', async () => {
    const record = await startRecord();
    const input = { ...change(record, 1, 'Mine'), version: null };
    expect(await attempt(tom, 'saveRecord', input)).toMatchObject({ code: 'invalid', faults: [{ field: 'input.version' }] });
  });

  it('records a stale save as refused, with the version that was read instead', async () => {
    const record = await startRecord();
    await perform(tom, 'saveRecord', change(record, 1, 'First'));
    await attempt(priya, 'saveRecord', change(record, 1, 'Second'));
    const { rows } = await world.superuser.query(
      `SELECT body::jsonb ->> 'reason' AS reason, body::jsonb -> 'details' AS details FROM ledger_entry
        WHERE outcome = 'refused' AND subject_id = $1`,
      [record.id],
    );
    expect(rows).toEqual([{ reason: 'stale', details: { items: [record.id], version: 2, readBefore: 1 } }]);
  });

  it('is not found under another investigation, nor when the id is that of a note', async () => {
    const record = await startRecord();
    const other = await openCase(amira);
    const note = await perform<{ id: string }>(amira, 'addNote', { workspaceId, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE });
    expect(await attempt(amira, 'saveRecord', change(record, 1, 'Moved', { workspaceId: other.id }))).toMatchObject({ code: 'not-found' });
    expect(await attempt(amira, 'saveRecord', change({ ...record, id: note.id }, 1, 'Changed'))).toMatchObject({ code: 'not-found' });
    expect(await ask(amira, 'record', { id: note.id })).toBeNull();
  });
});

describe('the marking of a record', () => {
  it('is lowered by its originator alone, with a reason, which the entry says', async () => {
    const record = await startRecord();
    const lower = { ...OFFICIAL_SENSITIVE, sensitive: false };
    expect(await attempt(priya, 'saveRecord', change(record, 1, 'Mine', { marking: lower }))).toMatchObject({
      code: 'invalid', faults: [{ field: 'input.marking' }],
    });
    for (const reason of [{}, { reason: null }]) {
      expect(await attempt(tom, 'saveRecord', change(record, 1, 'Ours', { marking: lower, ...reason }))).toMatchObject({ code: 'invalid', faults: [{ field: 'input.reason' }] });
    }
    expect(await perform(tom, 'saveRecord', change(record, 1, 'Ours', { marking: lower, reason: 'It names nobody' }))).toMatchObject({ version: 2, marking: { text: 'OFFICIAL' } });
    const { rows } = await world.superuser.query<{ reason: string }>(
      `SELECT body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb = 'record.save' AND subject_id = $1 AND outcome = 'done' ORDER BY at DESC LIMIT 1`, [record.id]);
    expect(rows).toEqual([{ reason: 'It names nobody' }]);
  });

  it('may be widened by its originator, and what was said under the narrower one stays where it was', async () => {
    const record = await startRecord({ body: 'The informant is the cook.', marking: onlyFor(agencies['northmoor-police'] ?? '') });
    expect(await ask(frank, 'record', { id: record.id })).toBeNull();
    await perform(amira, 'saveRecord', change(record, 1, 'There is an informant.', { reason: 'The fire service works with him' }));
    const seen = await ask<RecordItem>(frank, 'record', { id: record.id });
    expect(seen).toMatchObject({ version: 2, body: 'There is an informant.' });
    expect(seen.versions.map(({ version }) => version)).toEqual([2]);
    expect(JSON.stringify(await frank.ask(`query ($id: ID!) { timeline(workspaceId: $id) { nodes { id title } } }`, { id: workspaceId }))).not.toContain('cook');
    expect((await ask<RecordItem>(priya, 'record', { id: record.id })).versions.map(({ version }) => version)).toEqual([2, 1]);
  });
});

describe('a note marked anew', () => {
  const police = (): ReturnType<typeof onlyFor> => onlyFor(agencies['northmoor-police'] ?? '');
  const add = async (marking: object = OFFICIAL_SENSITIVE): Promise<string> => (await perform<Item>(amira, 'addNote', { workspaceId, title: 'What the neighbour saw', body: 'A van at night.', marking })).id;
  const input = (id: string, version: number, marking: object, more: object = {}): Readonly<Record<string, unknown>> => ({ id, version, marking, reason: 'The neighbour asked for it', ...more });

  it('is from then on read by its new marking, and the entry says from what to what, why, and who can know of it', async () => {
    const id = await add();
    expect(await ask(frank, 'item', { id })).toMatchObject({ id, text: 'A van at night.' });
    expect(await perform(tom, 'classifyItem', input(id, 1, police()))).toMatchObject({ id, version: 2, marking: { releasableTo: [{ code: 'ashworth' }, { code: 'northmoor-police' }] } });
    expect(await ask(frank, 'item', { id })).toBeNull();
    expect(JSON.stringify(await ask(frank, 'items', { workspaceId }))).not.toContain(id);
    expect(await ask(priya, 'item', { id })).toMatchObject({ id });
    expect(await perform(amira, 'classifyItem', input(id, 2, { ...OFFICIAL_SENSITIVE, sensitive: false }))).toMatchObject({ marking: { text: 'OFFICIAL', releasableTo: null } });
    expect(await ask(frank, 'item', { id })).toMatchObject({ id });
    expect(await entriesOf(id)).toEqual([
      { outcome: 'done', category: 'classification', reason: 'The neighbour asked for it', recipients: ['Northmoor Police'], details: expect.objectContaining({ lowered: false }) },
      { outcome: 'done', category: 'classification', reason: 'The neighbour asked for it', recipients: expect.arrayContaining(['Northmoor Police', 'Northmoor Fire and Rescue Service']), details: { items: [id], from: 'OFFICIAL-SENSITIVE', to: 'OFFICIAL', lowered: true, fields: ['marking'] } },
    ]);
  });

  it('is marked by its own agency alone, with a reason, not as it is already, and a record where it is edited', async () => {
    const id = await add();
    for (const who of [priya, frank]) expect(await attempt(who, 'classifyItem', input(id, 1, police()))).toMatchObject({ code: 'not-found' });
    expect(await attempt(amira, 'classifyItem', input(id, 1, police(), { reason: ' ' }))).toMatchObject({ code: 'invalid', faults: [{ field: 'input.reason' }] });
    expect(await attempt(amira, 'classifyItem', input(id, 1, onlyFor(randomUUID())))).toMatchObject({ code: 'invalid', faults: [{ field: 'input.marking.releasableTo' }] });
    expect(await attempt(amira, 'classifyItem', input(id, 1, OFFICIAL_SENSITIVE))).toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
    expect(await attempt(amira, 'classifyItem', input((await startRecord()).id, 1, police()))).toMatchObject({ code: 'conflict', message: expect.stringContaining('where it is edited') });
    expect((await entriesOf(id)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  it('is marked by one of two who looked at the same, and the other is told', async () => {
    const id = await add();
    const both = await Promise.all([amira, tom].map((who) => attempt<Item>(who, 'classifyItem', input(id, 1, police()))));
    expect(both.map((answer) => ('code' in answer ? answer.code : 'marked')).toSorted()).toEqual(['conflict', 'marked']);
    expect(await attempt(tom, 'classifyItem', input(id, 1, OFFICIAL_SENSITIVE))).toMatchObject({ code: 'conflict', message: expect.stringContaining('while you looked') });
  });

  it('leaves to sharing and recall which agencies have an exhibit', async () => {
    const { recordPhysicalExhibit: thing } = await amira.ask<{ recordPhysicalExhibit: { id: string } }>(
      'mutation ($input: RecordPhysicalInput!) { recordPhysicalExhibit(input: $input) { ... on CustodyRecorded { id } } }',
      { input: { workspaceId, title: 'Knife', description: '', marking: police(), act: 'seized', happenedAt: '2026-06-16T09:00:00Z' } });
    expect(await perform(amira, 'classifyItem', input(thing.id, 1, { ...OFFICIAL_SENSITIVE, sensitive: false }))).toMatchObject({ marking: { text: 'OFFICIAL', releasableTo: [{ code: 'ashworth' }, { code: 'northmoor-police' }] } });
    expect(await ask(frank, 'item', { id: thing.id })).toBeNull();
  });

  it('is told to auditors as it was: who could see it between one marking and the next', async () => {
    const id = await add();
    await perform(amira, 'classifyItem', input(id, 1, police()));
    const alex = await signInAuditor(world);
    const sight = async (from: string, to: string): Promise<unknown> => {
      const { itemSight } = await alex.ask<{ itemSight: { agencies: { agency: string; could: string }[] } }>(
        `query ($id: ID!, $from: DateTime!, $to: DateTime!) { itemSight(id: $id, from: $from, to: $to) { agencies { agency could } } }`, { id, from, to });
      return itemSight.agencies.flatMap(({ agency, could }) => (agency.startsWith('Northmoor') ? [`${agency} ${could}`] : [])).sort();
    };
    const { rows } = await world.superuser.query<{ since: Date }>('SELECT since FROM item_marking WHERE item_id = $1 ORDER BY since', [id]);
    const [made = 0, anew = 0] = rows.map(({ since }) => since.getTime());
    const moment = (at: number): string => new Date(at).toISOString();
    // A moment is kept to the microsecond, and asked to the millisecond.
    expect(await sight(moment(made + 1), moment(anew))).toEqual(['Northmoor Fire and Rescue Service yes', 'Northmoor Health Protection Team no', 'Northmoor Police yes']);
    expect(await sight(moment(anew + 1), moment(anew + 1_000))).toEqual(['Northmoor Fire and Rescue Service no', 'Northmoor Health Protection Team no', 'Northmoor Police yes']);
  });
});

async function entriesOf(id: string): Promise<{ outcome: string; category: string; reason: string | null; recipients: string[]; details: unknown }[]> {
  const { rows } = await world.superuser.query<{ outcome: string; category: string; reason: string | null; recipients: string[]; details: unknown }>(
    `SELECT outcome, category, body::jsonb ->> 'reason' AS reason, body::jsonb -> 'recipients' AS recipients, body::jsonb -> 'details' AS details
       FROM ledger_entry WHERE verb = 'item.classify' AND subject_id = $1 ORDER BY at`, [id]);
  return rows;
}
