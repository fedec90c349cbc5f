import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freePort } from '../../scripts/postgres/free-port.js';
import { paths } from '../../src/portal/paths.js';
import { agencyIds, onlyFor, perform, type Item } from '../builders/case.js';
import { startChild, type Child } from '../builders/child.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { CANARY, fillWith, plantCase, type PlantedCase } from './planted-case.js';
import { everyOperation, schemaOf, type Operation } from './whole-schema.js';

/**
 * The story of the fire officer and the police note: three copies of one moment. In two of them nothing more happens; in
 * the third the police add a note for police and council. Then the fire officer asks for everything he can ask for.
 */

/** His own reading is recorded as he reads, so what shows it also shows when: there the moment and the entry's own id are taken out. */
const SHOWS_HIS_READING = /^(accessLog|\/print\.css$)/;

/** Says when the session ends, which moves with every request of one's own. */
const TELLS_THE_TIME = new Set(['me']);
const LISTS = ['items', 'timeline', 'search', 'workspaces', 'exhibits', 'alerts', 'accessLog'];

interface Copy {
  readonly database: TestDatabase;
  readonly api: Child;
  readonly baseUrl: string;
}

let world: World;
let planted: PlantedCase;
let hiddenId: string;
let operations: readonly Operation[];
let quiet: ReadonlyMap<string, string>;
let quietAgain: ReadonlyMap<string, string>;
let noted: ReadonlyMap<string, string>;
let council: { before: string; after: string };
const copies: Copy[] = [];

beforeAll(async () => {
  world = await startWorld();
  planted = await plantCase(world);
  const [frank, owen, amira] = [await world.signIn('frank.moss'), await world.signIn('owen.hart'), await world.signIn('amira.rahman')];
  const police = (await agencyIds(amira))['northmoor-police'] ?? '';
  const schema = await schemaOf(frank);
  await freeze(world.database);
  const [one, other, third] = [await copyOf(world), await copyOf(world), await copyOf(world)];
  const counts = (at: Copy): Promise<string> => before(amira, at).graphql(COUNTS, { id: planted.workspaceId }).then(({ text }) => text);
  const countedBefore = await counts(third);
  const note = await perform<Item>(before(owen, third), 'addNote', {
    workspaceId: planted.workspaceId, title: `${CANARY} hidden note`, body: `${CANARY} hidden body`, marking: onlyFor(police, (await agencyIds(before(amira, third)))['ashworth'] ?? ''),
  });
  council = { before: countedBefore, after: await counts(third) };
  hiddenId = note.id;
  operations = [planted.workspaceId, planted.findingId, planted.noteId, hiddenId].flatMap((id) => everyOperation(schema, fillWith(planted, id)).filter(({ kind }) => kind === 'query'));
  quiet = await everything(before(frank, one));
  quietAgain = await everything(before(frank, other));
  noted = await everything(before(frank, third));
}, 240_000);

afterAll(async () => {
  for (const { api, database } of copies) {
    await api.stop();
    await database.drop();
  }
  await world.stop();
});

const COUNTS = 'query ($id: ID!) { workspace(id: $id) { counts { notes } } }';

/** The same person, with the same session, before another copy. */
const before = (visitor: Visitor, { baseUrl }: Copy): Visitor => new Visitor(baseUrl, visitor.cookie);

/** Lets nobody in any more and sends everybody away, so that the database can be copied as it stands. */
async function freeze({ name, superuserUrl }: TestDatabase): Promise<void> {
  const address = new URL(superuserUrl);
  address.pathname = '/postgres';
  const client = new Client({ connectionString: address.href });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
  await client.end();
}

async function copyOf(original: World): Promise<Copy> {
  const database = await createDatabase(original.database.name);
  const port = await freePort();
  const env = { ...original.env, PORT: String(port), BASE_URL: original.baseUrl, DATABASE_APP_URL: database.appUrl, DATABASE_WORKER_URL: database.workerUrl };
  const copy = { database, api: await startChild('run/main.js', env, 'The portal is ready'), baseUrl: `http://localhost:${port}` };
  copies.push(copy);
  return copy;
}

/** Every answer there is: each query at once and page by page, each address of the portal, each error. Keyed by the question. */
async function everything(visitor: Visitor): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const ask = async (question: string, text: string, variables: Readonly<Record<string, unknown>>): Promise<string> => {
    const answer = await visitor.graphql(text, variables);
    answers.set(question, comparable(question, `${answer.status} ${answer.text}`));
    return answer.text;
  };
  for (const { field, text, variables } of operations) {
    if (TELLS_THE_TIME.has(field)) continue;
    await ask(`${field} ${JSON.stringify(variables)}`, text, variables);
    if (LISTS.includes(field)) await askByPages(field, text, variables, ask);
    if ('after' in variables) await ask(`${field} with a broken cursor`, text, { ...variables, after: 'bm90IGEgY3Vyc29y' });
  }
  for (const address of addresses()) {
    const response = await visitor.fetch(address);
    answers.set(address, comparable(address, `${response.status} ${response.headers.get('location') ?? ''} ${await response.text()}`));
  }
  return answers;
}

function comparable(question: string, answer: string): string {
  if (!SHOWS_HIS_READING.test(question)) return answer;
  const known = [planted.workspaceId, planted.noteId, planted.recordId, planted.findingId, hiddenId];
  return answer
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (known.includes(id) ? id : 'ID'))
    .replace(/("leafHash"|"endCursor"):"[^"]*"/g, '$1')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replace(/\b\d{1,2}[:.]\d{2}([:.]\d{2})?\s?(am|pm)?/gi, 'TIME')
    .replace(/\b[0-9a-f]{64}\b|[A-Za-z0-9+/]{43}=/g, 'HASH');
}

async function askByPages(
  field: string, text: string, variables: Readonly<Record<string, unknown>>,
  ask: (question: string, text: string, variables: Readonly<Record<string, unknown>>) => Promise<string>,
): Promise<void> {
  let after: string | null = null;
  for (let page = 1; page <= 20; page += 1) {
    const answer = await ask(`${field} ${JSON.stringify(variables)} page ${page}`, text, { ...variables, first: 1, after });
    const list = (JSON.parse(answer) as { data: Record<string, { pageInfo: { endCursor: string | null; hasNextPage: boolean } } | null> | null }).data?.[field];
    if (!list?.pageInfo.hasNextPage) return;
    after = list.pageInfo.endCursor;
  }
}

function addresses(): string[] {
  const skipped = new Set<string>([paths.staySignedIn.pattern, paths.signOut.pattern, paths.agencySignIn.pattern, paths.sessionEnded.pattern, paths.accessLog.pattern]);
  const ids: Readonly<Record<string, string>> = { id: planted.workspaceId, recordId: hiddenId, exhibitId: hiddenId, ticketId: randomUUID() };
  const pages = Object.values(paths).filter(({ pattern }) => !skipped.has(pattern)).map(({ pattern }) => pattern.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? ''));
  return [...pages.filter((page) => !page.includes('/uploads/')), `/search?text=${CANARY}`, `/search?q=${CANARY}`, `/evidence/${hiddenId}/content`];
}

describe('the police note that the fire officer may not see', () => {
  it('is there: the council counts one note more', () => {
    expect(council.before).not.toEqual(council.after);
  });

  it('could be noticed: the comparison covers every query, and two quiet copies answer the same', () => {
    expect(quiet.size).toBeGreaterThan(40);
    expect([...quiet.values()].some((answer) => answer.includes(CANARY))).toBe(true);
    expect([...quiet.keys()].filter((question) => quiet.get(question) !== quietAgain.get(question))).toEqual([]);
  });

  it('changes no byte of any answer to him', () => {
    expect([...noted.keys()]).toEqual([...quiet.keys()]);
    for (const [question, answer] of noted) expect({ question, answer }).toEqual({ question, answer: quiet.get(question) });
  });

  it('is not in the access log he sees, whose page asks several things at once and so in no fixed order', async () => {
    const frank = await world.signIn('frank.moss');
    const [, , third] = copies;
    if (!third) throw new Error('The copy with the note is not there.');
    const page = await (await before(frank, third).fetch(paths.accessLog.to({ id: planted.workspaceId }))).text();
    expect(page).toContain('Frank Moss');
    for (const trace of [`${CANARY} hidden`, hiddenId, 'Owen Hart']) expect({ trace, told: page.includes(trace) }).toEqual({ trace, told: false });
  });
});
