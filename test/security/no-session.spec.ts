import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { paths } from '../../src/portal/paths.js';
import { CANARY, fillWith, plantCase, type PlantedCase } from './planted-case.js';
import { everyOperation, schemaOf, type Operation } from './whole-schema.js';

/** What a visitor may be answered before signing in. */
const OPEN = new Set(['agencies', 'me']);

let world: World;
let planted: PlantedCase;
let operations: (id: string) => Operation[];
let secrets: readonly string[];

beforeAll(async () => {
  world = await startWorld();
  planted = await plantCase(world);
  const schema = await schemaOf(await world.signIn('amira.rahman'));
  operations = (id) => everyOperation(schema, fillWith(planted, id));
  secrets = [CANARY, planted.reference, 'Golden Spoon', 'Mill Lane'];
}, 180_000);

afterAll(() => world.stop());

const leaked = (text: string): string[] => secrets.filter((secret) => text.includes(secret));

/** Somebody whose session no longer counts, for the reason `change` makes. */
async function formerly(change: string): Promise<Visitor> {
  const visitor = await world.signInAgain('owen.hart');
  await visitor.ask('{ me { id } }');
  const changed = await world.superuser.query(
    `UPDATE session SET ${change} WHERE id = (SELECT id FROM session ORDER BY created_at DESC LIMIT 1) RETURNING id`,
  );
  expect(changed.rowCount).toBe(1);
  return visitor;
}

const OUTSIDERS: readonly (readonly [string, () => Promise<Visitor>])[] = [
  ['nobody', () => Promise.resolve(world.stranger())],
  ['a forged cookie', () => Promise.resolve(new Visitor(world.baseUrl, `concordat=${'A'.repeat(43)}`))],
  ['an expired session', () => formerly(`absolute_expires_at = now() - interval '1 second'`)],
  ['an idle session', () => formerly(`last_seen_at = now() - interval '1 day'`)],
  ['an ended session', () => formerly(`ended_at = now(), ended_why = 'test'`)],
];

describe.each(OUTSIDERS)('%s', (_, become) => {
  it('gets nothing from any field of the schema', async () => {
    const visitor = await become();
    for (const { field, text, variables } of operations(planted.workspaceId)) {
      const answer = await visitor.graphql(text, variables);
      expect({ field, leaked: leaked(answer.text) }).toEqual({ field, leaked: [] });
      if (OPEN.has(field)) continue;
      expect({ field, data: answer.data?.[field] ?? null }).toEqual({ field, data: null });
      expect({ field, errors: answer.errors.map(({ extensions, message }) => [extensions['code'], message]) }).toEqual({ field, errors: [['sign-in-again', expect.any(String)]] });
    }
    expect((await visitor.graphql('{ me { id displayName } }')).data).toEqual({ me: null });
  }, 60_000);

  it('gets nothing from any address of the portal', async () => {
    const visitor = await become();
    for (const address of everyAddress()) {
      const response = await visitor.fetch(address);
      expect({ address, leaked: leaked(await response.text()) }).toEqual({ address, leaked: [] });
      expect({ address, location: leaked(decodeURIComponent(response.headers.get('location') ?? '')) }).toEqual({ address, location: [] });
    }
  }, 60_000);
});

/** Every page, download and stream, with the ids of the planted case in it. */
function everyAddress(): string[] {
  const ids: Readonly<Record<string, string>> = { id: planted.workspaceId, recordId: planted.recordId, exhibitId: planted.noteId, ticketId: randomUUID(), agency: 'ashworth' };
  const pages = Object.values(paths).map(({ pattern }) => pattern.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? ''));
  return [...pages, `/evidence/${planted.noteId}/content`, `/evidence/uploads/${randomUUID()}`, '/graphql/stream', '/metrics', '/health/ready'];
}

describe("another agency's session", () => {
  it('is told the same of what exists and of what does not, by every field of the schema', async () => {
    const stranger = await world.signIn('sam.stone');
    const nowhere = randomUUID();
    const missing: PlantedCase = { ...planted, workspaceId: nowhere };
    const schema = await schemaOf(stranger);
    for (const id of [planted.workspaceId, planted.noteId, planted.recordId, planted.findingId]) {
      const absent = everyOperation(schema, fillWith(missing, nowhere));
      for (const [number, { field, kind, text, variables }] of operations(id).entries()) {
        // Her own council may open an investigation of its own; every other act would be on somebody else's.
        if (field === 'openWorkspace' || field === 'me') continue;
        const real = await stranger.graphql(text, variables);
        const none = await stranger.graphql(text, absent[number]?.variables);
        expect({ field, leaked: leaked(real.text) }).toEqual({ field, leaked: [] });
        expect({ field, answer: real.text, status: real.status }).toEqual({ field, answer: none.text, status: none.status });
        if (kind === 'mutation') expect(Object.values(real.data ?? {})[0]).toMatchObject({ __typename: 'Refused', code: 'not-found' });
      }
    }
  }, 120_000);

  it('sees no trace on any page', async () => {
    const stranger = await world.signIn('sam.stone');
    for (const address of everyAddress()) {
      if (['/graphql/stream', '/stay-signed-in', '/sign-out'].includes(address)) continue;
      const response = await stranger.fetch(address);
      expect({ address, leaked: leaked(await response.text()) }).toEqual({ address, leaked: [] });
    }
  }, 60_000);
});

describe('the walk itself', () => {
  it('finds the case when its owner walks, so that finding nothing means something', async () => {
    const amira = await world.signIn('amira.rahman');
    const found = new Set<string>();
    for (const { field, kind, text, variables } of operations(planted.workspaceId)) {
      if (kind === 'query' && leaked((await amira.graphql(text, variables)).text).length > 0) found.add(field);
    }
    expect([...found].sort()).toEqual(expect.arrayContaining(['items', 'search', 'timeline', 'workspace', 'workspaces']));
  }, 60_000);
});
