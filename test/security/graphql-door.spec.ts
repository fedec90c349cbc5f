import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

const LIST = '{ agencies { name } }';

describe('the door of the GraphQL address', () => {
  let world: World;
  let officer: Visitor;

  beforeAll(async () => {
    world = await startWorld();
    officer = await world.signIn('amira.rahman');
  }, 120_000);

  afterAll(() => world.stop());

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    officer.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  it('answers with nothing a browser may make a page of', async () => {
    const { headers } = await post(JSON.stringify({ query: LIST }));
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    expect(['x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'cache-control'].map((name) => headers.get(name))).toEqual(['nosniff', 'no-referrer', 'same-origin', 'same-origin', 'no-store']);
  });

  it('answers POST only: a link or a picture on another site can ask nothing', async () => {
    const response = await officer.fetch(`/graphql?query=${encodeURIComponent(LIST)}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each(['/%67raphql', '/graph%71l', '/graphql%3F'])('is one door, however its address is written: %s', async (address) => {
    const response = await officer.fetch(`${address}?query=${encodeURIComponent(LIST)}`);
    expect([404, 405]).toContain(response.status);
    expect(await response.text()).not.toContain('Ashworth Borough Council"');
    const form = await officer.fetch(address, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: LIST }) });
    expect([404, 415]).toContain(form.status);
  });

  it('takes the defaults a document names for its variables, before and after it is compiled', async () => {
    const answers: Awaited<ReturnType<Visitor['graphql']>>[] = [];
    for (let time = 0; time < 6; time += 1) answers.push(await officer.graphql('query ($first: Int! = 25, $tab: String = "agency") { workspaces(first: $first, tab: $tab) { nodes { id } } }'));
    expect(answers.map(({ status, text }) => ({ status, text }))).toEqual(answers.map(() => ({ status: 200, text: answers[0]?.text })));
  });

  it('takes text only: a syntax tree that would run is no query, however it is spaced', async () => {
    const tree = JSON.stringify(parse(LIST, { noLocation: true }));
    for (const query of [tree, ` \n\t${tree}`]) {
      const answer = await officer.graphql(query);
      expect([answer.status, answer.data, answer.text]).toEqual([400, null, expect.stringContaining('Send the query as GraphQL text.')]);
    }
  });

  it('refuses a query longer than any page needs before it is parsed', async () => {
    const answer = await officer.graphql(`{ agencies { ${'name '.repeat(5_000)} } }`);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('too long')]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses %s, which a form on another site could send',
    async (type) => {
      const response = await post(JSON.stringify({ query: LIST }), { 'content-type': type });
      expect(response.status).toBe(415);
    },
  );

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_name, headers) => {
    const response = await post(JSON.stringify({ query: LIST }), headers);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('Ashworth');
  });

  it.each([
    ['a batch', JSON.stringify([{ query: LIST }, { query: LIST }])],
    ['no query', '{}'],
    ['a query that is no text', '{"query":{"kind":"Document"}}'],
    ['a JSON syntax tree as text', JSON.stringify({ query: '{"kind":"Document","definitions":[]}' })],
    ['broken JSON', '{"query":'],
    ['an unknown trusted document', JSON.stringify({ documentId: '0'.repeat(64) })],
  ])('answers %s with what was wrong', async (_name, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.message.length).toBeGreaterThan(10);
    expect(errors[0]?.extensions.code).toBe('bad-query');
  });

  it('refuses what is too deep, too wide or too often renamed, before running any of it', async () => {
    const deep = `{ me { ${'agency { '.repeat(9)} id ${'} '.repeat(9)} } }`;
    const wide = `{ ${Array.from({ length: 9 }, (_, n) => `a${n}: agencies { id }`).join(' ')} }`;
    const renamed = `{ ${Array.from({ length: 7 }, (_, n) => `a${n}: agencies { b${n}: id c${n}: name }`).join(' ')} }`;
    const large = `{ ${Array.from({ length: 6 }, () => `agencies { ${'id '.repeat(50)} }`).join(' ')} }`;
    for (const [query, words] of [[deep, 'too deep'], [wide, 'at the top level'], [renamed, 'too many aliases'], [large, 'too large']] as const) {
      const answer = await officer.graphql(query);
      expect([answer.status, answer.data, answer.text]).toEqual([400, null, expect.stringContaining(words)]);
    }
  });

  it('refuses a body over 1 MiB and stays alive', async () => {
    const answer = await post(JSON.stringify({ query: LIST, variables: { text: 'x'.repeat(1024 * 1024) } }));
    expect(answer.status).toBe(413);
    expect((await officer.graphql(LIST)).status).toBe(200);
  });

  it('names no field that the caller guessed nearly right', async () => {
    const answer = await officer.graphql('{ agenciez { name } }');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/Did you mean|agencies/);
  });
});

describe('in a deployment that runs trusted documents only', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ env: { TRUSTED_DOCUMENTS_ONLY: 'on' } });
  }, 120_000);

  afterAll(() => world.stop());

  it('an ad-hoc query does not run, the portal still does', async () => {
    const answer = await world.stranger().graphql(LIST);
    expect(answer.status).toBe(400);
    const otherwise = await world.stranger().fetch(`/%67raphql?query=${encodeURIComponent(LIST)}`);
    expect([otherwise.status, await otherwise.text()]).toEqual([405, expect.not.stringContaining('Ashworth')]);
    const page = await world.stranger().fetch('/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Ashworth Borough Council');
  });
});

describe('the rate', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '20' } });
  }, 120_000);

  afterAll(() => world.stop());

  it('beyond the limit is answered with 429 and the seconds to wait', async () => {
    const visitor = world.stranger();
    const answers = await Promise.all(Array.from({ length: 30 }, () => visitor.fetch('/graphql', { method: 'GET' })));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('never makes a busy portal look dead or undressed: health and styles have none', async () => {
    const visitor = world.stranger();
    for (const address of ['/health/live', '/health/ready', '/assets/portal.css']) {
      const answers = await Promise.all(Array.from({ length: 30 }, () => visitor.fetch(address)));
      expect({ address, statuses: [...new Set(answers.map(({ status }) => status))] }).toEqual({ address, statuses: [200] });
    }
  });
});

describe.each([
  ['a proxy of our own: each of its clients has a rate of her own', '127.0.0.1, ::1', [0, 20]],
  ['anybody else: an address is not believed, so nobody gets round the rate by making one up', '10.9.9.9', [20, 20]],
])('the rate per address behind %s', (_name, proxy, refusals) => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '20', TRUSTED_PROXY: proxy } });
  }, 120_000);

  afterAll(() => world.stop());

  it('is counted by what can be believed', async () => {
    const refusedOf = async (address: (n: number) => string): Promise<number> => {
      const asked = Array.from({ length: 40 }, (_, n) => world.stranger().fetch('/graphql', { headers: { 'x-forwarded-for': address(n) } }));
      return (await Promise.all(asked)).filter(({ status }) => status === 429).length;
    };
    const many = await refusedOf((n) => `203.0.113.${n}`);
    const one = await refusedOf(() => '198.51.100.7');
    expect(many).toBe(refusals[0]);
    expect(one).toBeGreaterThanOrEqual(refusals[1] ?? 0);
  });
});
