import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agencyIds, ask, attempt, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Outcome, type RecordItem, type Stale,
} from '../builders/case.js';
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
  it('is lowered by its originator alone', async () => {
    const record = await startRecord();
    const lower = { ...OFFICIAL_SENSITIVE, sensitive: false };
    expect(await attempt(priya, 'saveRecord', change(record, 1, 'Mine', { marking: lower }))).toMatchObject({
      code: 'invalid', faults: [{ field: 'input.marking' }],
    });
    expect(await perform(tom, 'saveRecord', change(record, 1, 'Ours', { marking: lower }))).toMatchObject({ version: 2, marking: { text: 'OFFICIAL' } });
  });

  it('may be widened by its originator, and what was said under the narrower one stays where it was', async () => {
    const record = await startRecord({ body: 'The informant is the cook.', marking: onlyFor(agencies['northmoor-police'] ?? '') });
    expect(await ask(frank, 'record', { id: record.id })).toBeNull();
    await perform(amira, 'saveRecord', change(record, 1, 'There is an informant.'));
    const seen = await ask<RecordItem>(frank, 'record', { id: record.id });
    expect(seen).toMatchObject({ version: 2, body: 'There is an informant.' });
    expect(seen.versions.map(({ version }) => version)).toEqual([2]);
    expect(JSON.stringify(await frank.ask(`query ($id: ID!) { timeline(workspaceId: $id) { nodes { id title } } }`, { id: workspaceId }))).not.toContain('cook');
    expect((await ask<RecordItem>(priya, 'record', { id: record.id })).versions.map(({ version }) => version)).toEqual([2, 1]);
  });
});
