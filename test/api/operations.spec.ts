import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freePort } from '../../scripts/postgres/free-port.js';
import { EXAMPLE_SECRETS } from '../../src/platform/config/example-keys.js';
import { startChild, type Child } from '../builders/child.js';
import { DOCUMENTS, openCase } from '../builders/case.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';

/** What an operator's tools see of one API process. */
interface Process {
  readonly child: Child;
  readonly at: Visitor;
}

const TOKEN = 'a-token-for-the-scraper-of-this-test';
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

let world: World;
let api: Process;
let amira: Visitor;
let workspaceId: string;

beforeAll(async () => {
  world = await startWorld();
  amira = await world.signIn('amira.rahman');
  workspaceId = (await openCase(amira, ['northmoor-police'], { title: 'The Quiet Operator' })).id;
  api = await another();
}, 180_000);
afterAll(async () => {
  await api.child.stop();
  await world.stop();
}, 30_000);

/** A further API process over the same database. */
async function another(env: Readonly<Record<string, string>> = {}): Promise<Process> {
  const port = await freePort();
  const child = await startChild('run/main.js', { ...world.env, PORT: String(port), BASE_URL: `http://localhost:${port}`, LOG_LEVEL: 'debug', ...env }, 'The portal is ready');
  return { child, at: new Visitor(`http://localhost:${port}`, undefined) };
}

const withSession = ({ at }: Process): Visitor => new Visitor(at.baseUrl, amira.cookie);

async function said(visitor: Visitor, path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number; text: string }> {
  const response = await visitor.fetch(path, { headers });
  return { status: response.status, text: await response.text() };
}

/** Everything a process logged, line by line. */
const linesOf = ({ child }: Process): Record<string, unknown>[] =>
  child.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('health', () => {
  it('is live and ready while everything answers', async () => {
    expect(await said(api.at, '/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
    const ready = await said(api.at, '/health/ready');
    expect({ status: ready.status, body: JSON.parse(ready.text) as unknown }).toEqual({ status: 200, body: { status: 'ready', parts: expect.objectContaining({ database: 'up' }) } });
  });

  it('is live, not ready and says which part is down and no secret when the database is gone; and ready again when it is back', async () => {
    await whileDatabaseIsGone(async () => {
      const state = await eventually('not being ready', async () => {
        const answer = await said(api.at, '/health/ready');
        return answer.status === 503 && answer;
      });
      const { status, parts } = JSON.parse(state.text) as { status: string; parts: Record<string, string> };
      expect({ status, database: parts['database'] }).toEqual({ status: 'not-ready', database: 'down' });
      expect(Object.values(parts).every((part) => part === 'up' || part === 'down')).toBe(true);
      for (const secret of [world.database.name, 'postgres', 'localhost', '127.0.0.1', 'concordat_app', 'Error']) expect(state.text).not.toContain(secret);
      expect((await said(api.at, '/health/live')).status).toBe(200);
    });
    await eventually('being ready again', async () => (await said(api.at, '/health/ready')).status === 200);
  });
});

async function whileDatabaseIsGone(look: () => Promise<void>): Promise<void> {
  const address = new URL(world.database.superuserUrl);
  address.pathname = '/postgres';
  const hand = new Client({ connectionString: address.href });
  await hand.connect();
  const { rows } = await world.superuser.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await hand.query(`ALTER DATABASE ${world.database.name} ALLOW_CONNECTIONS false`);
  await hand.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND pid <> $2', [world.database.name, rows[0]?.pid]);
  try {
    await look();
  } finally {
    await hand.query(`ALTER DATABASE ${world.database.name} ALLOW_CONNECTIONS true`);
    await hand.end();
  }
}

describe('metrics', () => {
  it('are for this machine alone when there is no token, and not for what a proxy forwards', async () => {
    expect((await said(api.at, '/metrics')).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const { status, text } = await said(api.at, '/metrics', { [name]: '127.0.0.1' });
      expect({ name, status, told: text.includes('concordat_') }).toEqual({ name, status: 404, told: false });
    }
  });

  it('are for whoever bears the token when there is one, and for nobody else on this machine either', async () => {
    const guarded = await another({ METRICS_TOKEN: TOKEN });
    try {
      expect((await said(guarded.at, '/metrics', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      for (const headers of [{}, { authorization: TOKEN }, { authorization: `Bearer ${TOKEN}x` }, { authorization: 'Bearer ' }]) {
        expect((await said(guarded.at, '/metrics', headers)).status).toBe(404);
      }
      expect(guarded.child.output()).not.toContain(TOKEN);
    } finally {
      await guarded.child.stop();
    }
  });

  it('have labels from closed sets only: patterns, verbs and codes, and nothing an asker chooses', async () => {
    const visitor = withSession(api);
    await visitor.fetch(`/investigations/${workspaceId}?x=chosen-by-an-asker`);
    await visitor.fetch('/chosen-by-an-asker');
    await visitor.fetch('/saml/chosen-by-an-asker/login');
    await visitor.graphql('query ChosenByAnAsker { me { id } }');
    const { text } = await said(api.at, '/metrics');
    expect(text).toContain('route="/investigations/:id"');
    expect(text).not.toMatch(ID);
    expect(text.toLowerCase()).not.toMatch(/chosen-?by-?an-?asker|amira|ashworth/);
    const labels = new Set([...text.matchAll(/^concordat_\w+\{([^}]*)\}/gm)].flatMap(([, inside = '']) => [...inside.matchAll(/(\w+)="/g)].map(([, label]) => label)));
    expect(['method', 'route', 'status', 'le', 'effect', 'outcome', 'code']).toEqual(expect.arrayContaining([...labels]));
  });
});

describe('the log', () => {
  it('names each request by an id of our own, told to the asker and never taken from her', async () => {
    const asked = { 'x-request-id': 'mine', 'x-correlation-id': 'mine', 'request-id': 'mine', traceparent: '00-mine' };
    const response = await api.at.fetch('/my-work', { headers: asked });
    const id = response.headers.get('x-correlation-id') ?? '';
    expect(id).toMatch(new RegExp(`^${ID.source}$`));
    const line = await eventually('the line of the request', () => Promise.resolve(linesOf(api).find(({ correlationId }) => correlationId === id)));
    expect(line).toMatchObject({ level: 'info', method: 'GET', route: '/my-work', status: 303 });
    expect(api.child.output()).not.toContain('mine"');
  });

  it('ties a request to its entry in the ledger', async () => {
    const response = await withSession(api).fetch('/graphql', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: DOCUMENTS.workspace, variables: { id: workspaceId } }),
    });
    const id = response.headers.get('x-correlation-id');
    const { rows } = await world.superuser.query<{ verb: string }>(`SELECT verb FROM ledger_entry WHERE body::jsonb ->> 'correlation' = $1`, [id]);
    expect(rows.map(({ verb }) => verb)).toContain('workspace.read');
  });

  it('holds no secret and no address with ids, whatever is asked and whatever fails', async () => {
    const visitor = withSession(api);
    await visitor.fetch(`/investigations/${workspaceId}`);
    await visitor.fetch('/search?text=Operator');
    await visitor.fetch('/saml/ashworth/acs', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'SAMLResponse=c2VjcmV0LXJlc3BvbnNl&RelayState=secret-state' });
    await visitor.graphql('query ($text: String!) { search(text: $text) { nodes { id } } }', { text: 'The Quiet Operator' });
    const output = api.child.output();
    const passwords = [world.database.appUrl, world.database.workerUrl].map((address) => new URL(address).password).filter((one) => one.length > 8);
    const session = amira.cookie?.split('=')[1] ?? 'no cookie';
    for (const secret of [session, ...Object.values(EXAMPLE_SECRETS), 'c2VjcmV0LXJlc3BvbnNl', 'secret-state', ...passwords, 'PRIVATE KEY', 'Quiet Operator', workspaceId]) {
      expect({ secret, told: output.includes(secret) }).toEqual({ secret, told: false });
    }
  });
});

describe('being asked to stop', () => {
  it('sends nobody here any more, and answers what is under way', async () => {
    const stopping = await another();
    await world.superuser.query('BEGIN');
    await world.superuser.query('LOCK TABLE workspace IN ACCESS EXCLUSIVE MODE');
    const underWay = withSession(stopping).graphql<{ workspace: { title: string } }>(DOCUMENTS.workspace, { id: workspaceId });
    await eventually('the request waiting for the table', async () => (await world.superuser.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'workspace'::regclass`)).rows.length > 0);
    const gone = once(stopping.child.process, 'exit');
    stopping.child.process.kill('SIGTERM');
    await eventually('nobody being sent here', () => said(stopping.at, '/health/ready').then(({ status }) => status === 503, () => true));
    await world.superuser.query('COMMIT');
    const { status, data } = await underWay;
    expect({ status, title: data?.workspace.title }).toEqual({ status: 200, title: 'The Quiet Operator' });
    await gone;
  });
});
