import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agencyIds, ask, attempt, clauseIds, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item, type Outcome, type RecordItem, type Stale,
} from '../builders/case.js';
import { AGREEMENT } from '../../src/demonstration/borough.js';
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

describe('why an item is seen', () => {
  interface Told { readonly agency: string; readonly could: string; readonly reason: string; readonly agreement: string | null; readonly clause: string | null }
  const OWN = 'query ($id: ID!) { ownSight(id: $id) { workspaceId kind title marking owner reach roles grounds { kind agreement clause purpose gateway since until } } }';
  const why = async (who: Visitor, id: string): Promise<string> => (await who.graphql(OWN, { id })).text;
  const audience = async (who: Visitor, id: string, at = new Date()): Promise<Told[] | undefined> => {
    const { itemAudience } = await who.ask<{ itemAudience: { agencies: Told[] } | null }>(
      'query ($id: ID!, $from: DateTime!, $to: DateTime!) { itemAudience(id: $id, from: $from, to: $to) { agencies { agency could reason agreement clause } } }',
      { id, from: at.toISOString(), to: new Date(at.getTime() + 1).toISOString() });
    return itemAudience?.agencies;
  };
  const note = async (who: Visitor, marking: object = OFFICIAL_SENSITIVE): Promise<string> => (await perform<Item>(who, 'addNote', { workspaceId, title: 'A van at night', body: 'A van at night.', marking })).id;

  it('is said with every ground of the reader’s own agency, until it ends, and the part of the marking that lets it', async () => {
    const id = await note(amira, onlyFor(agencies['northmoor-police'] ?? ''));
    expect(JSON.parse(await why(priya, id))).toMatchObject({ data: { ownSight: {
      workspaceId, kind: 'note', title: 'A van at night', marking: 'OFFICIAL-SENSITIVE', owner: 'Ashworth Borough Council', reach: 'named', roles: expect.arrayContaining(['police-officer']),
      grounds: [{ kind: 'member', agreement: 'ISA-2026-01', clause: '4.1', gateway: 'CDA115', until: new Date(AGREEMENT.validTo).toISOString() }],
    } } });
    expect(JSON.parse(await why(tom, id))).toMatchObject({ data: { ownSight: { reach: 'originator', grounds: [{ kind: 'lead', agreement: null, until: null }] } } });
  });

  it('is told to a partner in the same octets whoever else sees the item', async () => {
    const id = await note(amira);
    const before = await why(priya, id);
    await perform(amira, 'classifyItem', { id, version: 1, marking: { ...OFFICIAL_SENSITIVE, releasableTo: null, handling: ['RECIPIENTS ONLY'] }, reason: 'So that it changes' });
    await perform(amira, 'inviteAgency', { workspaceId, agencyId: agencies['northmoor-health'], clauseId: (await clauseIds(amira))['4.3'], until: null });
    await perform(amira, 'classifyItem', { id, version: 2, marking: OFFICIAL_SENSITIVE, reason: 'As before' });
    expect(await why(priya, id)).toBe(before);
    expect(await audience(amira, id)).toContainEqual(expect.objectContaining({ agency: 'Northmoor Health Protection Team', could: 'yes' }));
    expect(await audience(priya, id)).toBeUndefined();
  });

  it('names to a partner who brought it who else sees it, and of an agreement that is not hers neither name nor clause', async () => {
    const id = await note(priya);
    const hidden = await betweenOthers('ashworth', 'wexcombe');
    await world.superuser.query(
      `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from)
       SELECT $1, a.id, $2, $3, 'Wexcombe helps', p.id, p.display_name, now() - interval '1 second' FROM agency a, person p WHERE a.code = 'wexcombe' AND p.display_name = 'Amira Rahman'`,
      [workspaceId, hidden.agreement, hidden.clause]);
    const told = await audience(priya, id);
    expect(told?.filter(({ reason }) => reason === 'member').map(({ agency, could, agreement, clause }) => [agency, could, agreement, clause])).toEqual(expect.arrayContaining([
      ['Northmoor Fire and Rescue Service', 'yes', 'ISA-2026-01', '4.1'], ['Northmoor Police', 'yes', 'ISA-2026-01', '4.1'], [expect.stringContaining('Wexcombe'), 'yes', null, null],
    ]));
    expect(JSON.stringify(told)).not.toMatch(/ISA-HIDDEN|9\.9|Between others/);
    // The agency that leads is a party to it, and is told of its own items.
    expect(await audience(amira, await note(amira))).toContainEqual(expect.objectContaining({ could: 'yes', agreement: 'ISA-HIDDEN', clause: '9.9' }));
  });

  it('says who could before a membership ended and an agreement was suspended, and who can since', async () => {
    const id = await note(amira);
    const before = new Date();
    // A moment is asked to the millisecond: what changes comes after this one.
    expect(await audience(amira, id)).toContainEqual(expect.objectContaining({ agency: 'Northmoor Fire and Rescue Service', could: 'yes' }));
    await world.superuser.query(`UPDATE workspace_member m SET valid_to = now() FROM agency a WHERE a.id = m.agency_id AND a.code = 'northmoor-fire' AND m.workspace_id = $1`, [workspaceId]);
    await world.superuser.query(`UPDATE agreement SET status = 'suspended' WHERE reference = 'ISA-2026-01'`);
    const [then, now] = [await audience(amira, id, before), await audience(amira, id)];
    await world.superuser.query(`UPDATE agreement SET status = 'live' WHERE reference = 'ISA-2026-01'`);
    const names = (told: Told[] | undefined): string[] => (told ?? []).filter(({ agreement }) => agreement !== 'ISA-HIDDEN').map(({ agency, could }) => `${agency} ${could}`);
    expect(names(then)).toEqual(expect.arrayContaining(['Ashworth Borough Council yes', 'Northmoor Fire and Rescue Service yes', 'Northmoor Police yes']));
    expect(names(now)).toEqual(['Ashworth Borough Council yes']);
    expect(names(await audience(amira, id))).toContain('Northmoor Police yes');
    expect(await why(frank, id)).toBe(await why(frank, randomUUID()));
  });

  it('is in the ledger: who asked why, and who asked who else and of which moment', async () => {
    const id = await note(amira);
    await why(priya, id);
    await audience(amira, id, new Date('2026-11-28T12:00:00Z'));
    await audience(priya, id);
    const { rows } = await world.superuser.query(
      `SELECT verb, outcome, person_name AS person, body::jsonb ->> 'clause' AS clause, body::jsonb -> 'details' ->> 'from' AS from FROM ledger_entry WHERE subject_id = $1 AND verb IN ('item.explain', 'item.audience') ORDER BY at`, [id]);
    expect(rows).toEqual([
      { verb: 'item.explain', outcome: 'done', person: 'Priya Shah', clause: '4.1', from: null },
      { verb: 'item.audience', outcome: 'done', person: 'Amira Rahman', clause: null, from: '2026-11-28T12:00:00.000Z' },
      { verb: 'item.audience', outcome: 'refused', person: 'Priya Shah', clause: null, from: null },
    ]);
  });
});

/** An agreement that two agencies have between them. */
async function betweenOthers(...parties: readonly string[]): Promise<{ agreement: string; clause: string }> {
  const [agreement, clause] = [randomUUID(), randomUUID()];
  await world.superuser.query(
    `INSERT INTO agreement (id, reference, title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive) VALUES ($1, 'ISA-HIDDEN', 'Between others', 'live', '2026-01-01', '2099-01-01', 1, true)`, [agreement]);
  await world.superuser.query('INSERT INTO agreement_party (agreement_id, agency_id) SELECT $1, id FROM agency WHERE code = ANY ($2)', [agreement, parties]);
  await world.superuser.query(`INSERT INTO agreement_clause (id, agreement_id, code, purpose, gateway, category, words) VALUES ($1, $2, '9.9', 'Between others', 'CDA115', 'All of it', 'As agreed')`, [clause, agreement]);
  return { agreement, clause };
}

async function entriesOf(id: string): Promise<{ outcome: string; category: string; reason: string | null; recipients: string[]; details: unknown }[]> {
  const { rows } = await world.superuser.query<{ outcome: string; category: string; reason: string | null; recipients: string[]; details: unknown }>(
    `SELECT outcome, category, body::jsonb ->> 'reason' AS reason, body::jsonb -> 'recipients' AS recipients, body::jsonb -> 'details' AS details
       FROM ledger_entry WHERE verb = 'item.classify' AND subject_id = $1 ORDER BY at`, [id]);
  return rows;
}
