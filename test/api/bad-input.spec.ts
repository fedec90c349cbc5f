import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ask, attempt, DOCUMENTS, findingInput, OFFICIAL_SENSITIVE, openCase, openingInput, perform, tell,
  type Act, type Connection, type Item, type Refusal,
} from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let amira: Visitor;
let priya: Visitor;
let workspaceId: string;

beforeAll(async () => {
  world = await startWorld();
  [amira, priya] = await Promise.all([world.signIn('amira.rahman'), world.signIn('priya.shah')]);
  ({ id: workspaceId } = await openCase(amira, ['northmoor-police']));
}, 180_000);

afterAll(async () => {
  // Whatever was thrown at it, it is still there.
  expect((await world.stranger().fetch('/health/live')).status).toBe(200);
  await world.stop();
}, 30_000);

/** How many rows of case content there are; an act that was refused leaves the number as it was. */
async function stored(): Promise<number> {
  const { rows } = await world.superuser.query<{ count: number }>(
    `SELECT ((SELECT count(*) FROM workspace) + (SELECT count(*) FROM workspace_member) + (SELECT count(*) FROM item)
      + (SELECT count(*) FROM record_version) + (SELECT count(*) FROM outbox))::int AS count`,
  );
  return rows[0]?.count ?? 0;
}

const note = (traits: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  workspaceId, title: 'A title', body: 'A body', marking: OFFICIAL_SENSITIVE, ...traits,
});

/** Texts that must never be stored, and what they would do if they were. */
const BAD_TEXTS = {
  'a NUL byte': 'before\u0000after',
  'a lone high surrogate': 'before\uD800after',
  'a lone low surrogate': 'before\uDC00after',
  'a right-to-left override': 'invoice\u202Efdp.exe',
  'a right-to-left isolate': 'a\u2067b\u2069c',
  'a left-to-right mark': 'a\u200Eb',
  'an escape sequence': '\u001B[2Jgone',
  'a megabyte': 'x'.repeat(1_000_000),
  nothing: '',
  'only spaces': '   \t ',
} as const;
type BadText = keyof typeof BAD_TEXTS;
const BAD_NAMES = Object.keys(BAD_TEXTS) as BadText[];

describe('free text', () => {
  it.each(BAD_NAMES)('with %s is refused in every field that takes text, naming the field', async (name) => {
    const before = await stored();
    const text = BAD_TEXTS[name];
    const sent: [Act, Record<string, unknown>, string][] = [
      ['addNote', note({ title: text }), 'input.title'],
      ['addNote', note({ body: text }), 'input.body'],
      ['saveRecord', note({ title: text }), 'input.title'],
      ['saveRecord', note({ body: text }), 'input.body'],
      ['recordFinding', findingInput(workspaceId, { title: text }), 'input.title'],
      ['recordFinding', findingInput(workspaceId, { narrative: text }), 'input.narrative'],
      ['openWorkspace', openingInput({ title: text }), 'input.title'],
      ['openWorkspace', openingInput({ summary: text }), 'input.summary'],
      ['openWorkspace', openingInput({ purpose: text }), 'input.purpose'],
      ['openWorkspace', openingInput({ business: { name: text, address: '1 Row', postcode: 'AS1 1AA', fhrsId: null } }), 'input.business.name'],
      ['openWorkspace', openingInput({ business: { name: 'A', address: text, postcode: 'AS1 1AA', fhrsId: null } }), 'input.business.address'],
      ['openWorkspace', openingInput({ business: { name: 'A', address: '1 Row', postcode: text, fhrsId: null } }), 'input.business.postcode'],
    ];
    for (const [act, input, field] of sent) {
      const refused = (await attempt(amira, act, input)) as Refusal;
      expect({ act, code: refused.code, fields: refused.faults.map((fault) => fault.field) }).toEqual({ act, code: 'invalid', fields: [field] });
      expect(refused.message.length).toBeLessThan(300);
    }
    expect(await stored()).toBe(before);
  });

  it('with a line break is refused where a title must be one line, and kept in a body', async () => {
    expect(await attempt(amira, 'addNote', note({ title: 'one\ntwo' }))).toMatchObject({ code: 'invalid', faults: [{ field: 'input.title' }] });
    expect(await perform<Item>(amira, 'addNote', note({ body: 'one\r\ntwo\n\tthree' }))).toMatchObject({ text: 'one\ntwo\n\tthree' });
  });

  it('of any language, emoji and the longest allowed length is stored as it was meant', async () => {
    const title = 'Ünïcödé 食品衛生 سلامة 👩‍🍳 \u{1F600}';
    const body = `${'長'.repeat(9_999)}\n${'é'.normalize('NFD')}`;
    expect(await perform<Item>(amira, 'addNote', note({ title, body }))).toMatchObject({ title: title.normalize('NFC'), text: body.normalize('NFC') });
    expect(await perform<Item>(amira, 'addNote', note({ body: 'b'.repeat(20_000) }))).toMatchObject({ kind: 'note' });
    expect(await attempt(amira, 'addNote', note({ body: 'b'.repeat(20_001) }))).toMatchObject({ code: 'invalid' });
  });

  it('that would run, quote or break out somewhere is only text', async () => {
    const body = `'; DROP TABLE item; -- "}} {{7*7}} \${1} <script>alert(1)</script> %s %n \\u0000 ../../etc/passwd`;
    expect(await perform<Item>(amira, 'addNote', note({ body }))).toMatchObject({ text: body });
  });
});

describe('values outside their list', () => {
  it.each([
    ['a marking term nobody knows', note({ marking: { ...OFFICIAL_SENSITIVE, descriptors: ['TOP SECRET'] } }), 'input.marking.descriptors'],
    ['a marking term of the wrong list', note({ marking: { ...OFFICIAL_SENSITIVE, handling: ['PERSONAL DATA'] } }), 'input.marking.handling'],
    ['a marking term in other letters', note({ marking: { ...OFFICIAL_SENSITIVE, descriptors: ['personal data'] } }), 'input.marking.descriptors'],
    ['a recipient that is no id', note({ marking: { ...OFFICIAL_SENSITIVE, releasableTo: ['police'] } }), 'input.marking.releasableTo'],
    ['a recipient nobody knows', note({ marking: { ...OFFICIAL_SENSITIVE, releasableTo: [randomUUID()] } }), 'input.marking.releasableTo'],
    ['ten thousand recipients', note({ marking: { ...OFFICIAL_SENSITIVE, releasableTo: Array.from({ length: 10_000 }, () => randomUUID()) } }), 'input.marking.releasableTo'],
  ])('%s is refused', async (_, input, field) => {
    const before = await stored();
    const refused = (await attempt(amira, 'addNote', { ...input, workspaceId })) as Refusal;
    expect({ code: refused.code, fields: refused.faults.map((fault) => fault.field) }).toEqual({ code: 'invalid', fields: [field] });
    expect(await stored()).toBe(before);
  });

  it.each([
    ['workspaces', { tab: 'everybody' }],
    ['workspaces', { status: 'OPEN' }],
    ['items', { kind: 'secret' }],
  ] as const)('%s with %j is refused', async (act, variables) => {
    const answer = await tell(amira, act, { workspaceId, ...variables });
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['invalid']);
  });

  it.each([
    ['a text for a number', { hygiene: '25' }],
    ['a fraction', { hygiene: 2.5 }],
    ['a number beyond 32 bits', { hygiene: 10_000_000_000 }],
    ['null for a required field', { hygiene: null }],
    ['a field nobody knows', { rating: 5 }],
    ['a list for a text', { narrative: ['a'] }],
    ['an object for a text', { title: { toString: 'x' } }],
    ['a text for a truth', { imminentRisk: 'yes' }],
  ])('%s is refused by the schema, without a word of the inside', async (_, traits) => {
    const before = await stored();
    const answer = await tell(amira, 'recordFinding', { input: findingInput(workspaceId, traits) });
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions['code']).toBe('bad-query');
    expect(answer.text).not.toMatch(/at \/|node_modules|SELECT|stack/i);
    expect(await stored()).toBe(before);
  });
});

describe('ids', () => {
  const BAD_IDS = [
    '', ' ', '0', 'null', 'undefined', '../../etc/passwd', "' OR ''='", 'x'.repeat(100_000), '00000000-0000-0000-0000-000000000000',
    'C0FFEE00-0000-4000-8000-000000000000', '\u0000', '\uD800', '\u202E', '{}', '[object Object]',
  ];

  it.each(BAD_IDS.map((id) => [JSON.stringify(id).slice(0, 40), id]))('%s is simply not found', async (_, id) => {
    const before = await stored();
    expect((await ask(amira, 'workspace', { id })) ?? null).toBeNull();
    expect(await ask(amira, 'record', { id })).toBeNull();
    expect(await ask<Connection<unknown>>(amira, 'items', { workspaceId: id })).toMatchObject({ nodes: [] });
    expect(await ask<Connection<unknown>>(amira, 'timeline', { workspaceId: id })).toMatchObject({ nodes: [] });
    expect(await attempt(amira, 'addNote', note({ workspaceId: id }))).toMatchObject({ code: 'not-found' });
    expect(await attempt(amira, 'saveRecord', { ...note({}), id, version: 1 })).toMatchObject({ code: 'not-found' });
    expect(await attempt(amira, 'recordFinding', findingInput(id))).toMatchObject({ code: 'not-found' });
    expect(await stored()).toBe(before);
  });
});

describe('pages of lists', () => {
  const LISTS: readonly (readonly [Act, Record<string, unknown>])[] = [
    ['workspaces', {}],
    ['items', { workspaceId: '' }],
    ['timeline', { workspaceId: '' }],
    ['search', { text: 'golden' }],
  ];
  const variablesOf = (variables: Record<string, unknown>): Record<string, unknown> =>
    'workspaceId' in variables ? { ...variables, workspaceId } : variables;

  it.each(LISTS)('of %s have between 1 and 100 rows', async (act, variables) => {
    for (const first of [-1, 0, 101, 1_000_000_000, -2_147_483_648]) {
      const answer = await tell(amira, act, { ...variablesOf(variables), first });
      expect({ first, codes: answer.errors.map(({ extensions }) => extensions['code']) }).toEqual({ first, codes: ['invalid'] });
      expect(answer.data).toBeNull();
    }
    for (const first of [1, 100]) expect((await tell(amira, act, { ...variablesOf(variables), first })).errors).toEqual([]);
  });

  it.each(LISTS)('of %s take a cursor only from the person and the list it was given for', async (act, variables) => {
    const mine = variablesOf(variables);
    const { pageInfo } = await ask<Connection<unknown>>(amira, act, { ...mine, first: 1 });
    const after = pageInfo.endCursor ?? '';
    expect(after).not.toBe('');
    expect((await tell(amira, act, { ...mine, after })).errors).toEqual([]);
    const stranger = await tell(priya, act, { ...mine, after });
    expect(stranger.errors.map(({ extensions }) => extensions['code'])).toEqual(['invalid']);
    for (const [other, others] of LISTS) {
      if (other === act) continue;
      expect((await tell(amira, other, { ...variablesOf(others), after })).errors).toHaveLength(1);
    }
  });

  it.each(['', 'AAAA', 'null', '%%%', '=', 'A'.repeat(100_000), Buffer.from('["2026-01-01","x"]').toString('base64url'), '\u0000', '\uD800'])(
    'do not open with a made-up cursor (%#)',
    async (after) => {
      const answer = await tell(amira, 'workspaces', { after });
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['invalid']);
    },
  );

  it('do not open with a cursor in which one bit was changed', async () => {
    const { pageInfo } = await ask<Connection<unknown>>(amira, 'workspaces', { first: 1 });
    const bytes = Buffer.from(pageInfo.endCursor ?? '', 'base64url');
    for (const index of [0, 8, 15, 16, 20, bytes.length - 1]) {
      const forged = Buffer.from(bytes);
      forged[index] = (forged[index] ?? 0) ^ 1;
      const answer = await tell(amira, 'workspaces', { after: forged.toString('base64url') });
      expect({ index, codes: answer.errors.map(({ extensions }) => extensions['code']) }).toEqual({ index, codes: ['invalid'] });
    }
  });
});

describe('requests that are none', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> =>
    amira.fetch('/graphql', { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });

  it.each([
    ['broken JSON', '{"query": '],
    ['JSON that is no object', '[]'],
    ['JSON null', 'null'],
    ['no query', '{}'],
    ['a query that is no text', '{"query": 7}'],
    ['an empty query', '{"query": ""}'],
    ['a query that does not parse', '{"query": "{{{{"}'],
    ['variables that are a text', `{"query": ${JSON.stringify(DOCUMENTS.workspaces)}, "variables": "x"}`],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a prototype for the taking', '{"query": "{ __typename }", "variables": {"__proto__": {"polluted": true}}}'],
  ])('get a clear answer: %s', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBeGreaterThanOrEqual(200);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toMatch(/node_modules|at \/|\bSELECT\b/);
  });

  it('of more than a megabyte are refused as too large', async () => {
    const response = await post(JSON.stringify({ query: DOCUMENTS.addNote, variables: { input: note({ body: 'x'.repeat(1_100_000) }) } }));
    expect(response.status).toBe(413);
  });

  it('go on being answered afterwards', async () => {
    expect(await perform<Item>(amira, 'addNote', note({ title: 'Still here' }))).toMatchObject({ title: 'Still here' });
  });
});
