import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyIds, ask, findingInput, OFFICIAL_SENSITIVE, onlyFor, openCase, perform, tell, type Connection } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly workspaceReference: string;
  readonly title: string;
  readonly snippet: string;
  readonly marking: string;
}

let world: World;
let amira: Visitor;
let priya: Visitor;
let frank: Visitor;
let sam: Visitor;
let agencies: Readonly<Record<string, string>>;

beforeAll(async () => {
  world = await startWorld();
  [amira, priya, frank, sam] = await Promise.all([
    world.signIn('amira.rahman'),
    world.signIn('priya.shah'),
    world.signIn('frank.moss'),
    world.signIn('sam.stone'),
  ]);
  agencies = await agencyIds(amira);
}, 180_000);

afterAll(() => world.stop(), 30_000);

const search = (visitor: Visitor, text: string): Promise<Connection<Hit>> => ask<Connection<Hit>>(visitor, 'search', { text });
const kindsFor = async (visitor: Visitor, text: string): Promise<string[]> => (await search(visitor, text)).nodes.map(({ kind }) => kind);

describe('search', () => {
  it('finds investigations, notes, records and findings by their words, each with its marking and a snippet', async () => {
    const opened = await openCase(amira, [], { title: 'Peppercorn Grill', summary: 'Undeclared almonds in a sauce.' });
    const inside = { workspaceId: opened.id, marking: OFFICIAL_SENSITIVE };
    await perform(amira, 'addNote', { ...inside, title: 'Call', body: 'The customer reacted to almonds.' });
    await perform(amira, 'saveRecord', { ...inside, title: 'Allergens', body: 'Where almonds were found.' });
    await perform(amira, 'recordFinding', findingInput(opened.id, { narrative: 'An open sack of almonds.', marking: { ...OFFICIAL_SENSITIVE, descriptors: ['COMMERCIAL'] } }));
    const { nodes } = await search(amira, 'almond');
    expect(nodes.map(({ kind }) => kind)).toEqual(['finding', 'record', 'note', 'workspace']);
    expect(new Set(nodes.map(({ workspaceReference }) => workspaceReference))).toEqual(new Set([opened.reference]));
    expect(nodes[0]).toMatchObject({ snippet: 'An open sack of almonds.', marking: 'OFFICIAL-SENSITIVE - COMMERCIAL' });
  });

  it('finds an investigation by its reference in any case of letters, by its business and its postcode', async () => {
    const { reference } = await openCase(amira, [], { title: 'Untitled', business: { name: 'Quince and Sons', address: '1 Row', postcode: 'QX9 9ZZ', fhrsId: null } });
    for (const text of [reference, reference.toLowerCase(), 'quince', 'QX9']) {
      expect((await search(amira, text)).nodes.map((hit) => hit.workspaceReference)).toEqual([reference]);
    }
  });

  it('finds a record by its newest words only', async () => {
    const { id: workspaceId } = await openCase(amira);
    const record = await perform<{ id: string }>(amira, 'saveRecord', { workspaceId, title: 'R', body: 'tarragon', marking: OFFICIAL_SENSITIVE });
    await perform(amira, 'saveRecord', { id: record.id, version: 1, workspaceId, title: 'R', body: 'chervil', marking: OFFICIAL_SENSITIVE });
    expect([await kindsFor(amira, 'tarragon'), await kindsFor(amira, 'chervil')]).toEqual([[], ['record']]);
  });

  it('looks only through what its reader may see: not a byte differs for what is hidden from her', async () => {
    const { id: workspaceId } = await openCase(amira, ['northmoor-police', 'northmoor-fire'], { title: 'Marjoram House', summary: 'Marjoram.' });
    const before = await tell(frank, 'search', { text: 'marjoram' });
    await perform(priya, 'addNote', { workspaceId, title: 'Marjoram', body: 'Marjoram marjoram marjoram.', marking: onlyFor(agencies['ashworth'] ?? '') });
    expect((await tell(frank, 'search', { text: 'marjoram' })).text).toBe(before.text);
    expect(await kindsFor(amira, 'marjoram')).toEqual(['note', 'workspace']);
    expect(await kindsFor(sam, 'marjoram')).toEqual([]);
  });

  it('pages without repeating or losing anything, also when there is more at each step', async () => {
    const { id: workspaceId } = await openCase(amira);
    for (let index = 0; index < 7; index += 1) {
      await perform(amira, 'addNote', { workspaceId, title: `Saffron ${index}`, body: 'saffron', marking: OFFICIAL_SENSITIVE });
    }
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const page: Connection<Hit> = await ask<Connection<Hit>>(amira, 'search', { text: 'saffron', first: 2, after });
      titles.push(...page.nodes.map(({ title }) => title));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(titles).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Saffron ${index}`));
  });

  it.each([
    "' OR 1=1 --", '"unclosed phrase', '((((', '& | !', '!!', '-', 'a:*', '\\', '%', '<script>', '*'.repeat(200), '-'.repeat(200),
    '- '.repeat(99), '-"" '.repeat(49), 'or '.repeat(66), '"'.repeat(200), '-a '.repeat(66), '-(a) or '.repeat(25),
  ])('answers %j as words, never as a query language', async (text) => {
    const answer = await tell(amira, 'search', { text });
    expect(answer).toMatchObject({ status: 200, errors: [] });
  });

  it('is on record with what was looked for and what was shown', async () => {
    const opened = await openCase(amira, [], { title: 'Lovage Rooms' });
    await search(amira, 'lovage');
    const { rows } = await world.superuser.query(`SELECT body::jsonb -> 'details' AS details FROM ledger_entry WHERE verb = 'workspace.search' AND body::jsonb #>> '{details,text}' = 'lovage'`);
    expect(rows).toEqual([{ details: { text: 'lovage', items: [], workspaces: [opened.id], cases: [{ workspace: opened.id, reference: opened.reference }], count: 1 } }]);
  });
});
