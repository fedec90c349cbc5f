import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { AGENCIES, DEMONSTRATION_PASSWORD, PEOPLE } from '../../src/demonstration/borough.js';
import { startChild, type Child } from '../builders/child.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let provider: Child;
let address: string;

beforeAll(async () => {
  world = await startWorld();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const env = { BASE_URL: world.baseUrl, IDP_AGENCY: 'ashworth', IDP_PORT: String(port), IDP_BASE_URL: 'http://localhost:8091' };
  provider = await startChild('sandbox/idp/main.js', env, 'is ready');
}, 120_000);

afterAll(async () => {
  await provider.stop();
  await world.stop();
});

async function signedRequest(): Promise<string> {
  const answer = await world.stranger().fetch('/saml/ashworth/login');
  return new URL(answer.headers.get('location') ?? '').search.slice(1);
}

function signIn(request: string, username: string, password: string): Promise<Response> {
  return fetch(`${address}/sign-in`, { method: 'POST', body: new URLSearchParams({ request, username, password }) });
}

describe('the stand-in identity provider', () => {
  it.each(AGENCIES.map(({ code, name }) => [code, name]))('has in the directory of %s whom the demonstration knows there', (code, name) => {
    const directory = JSON.parse(readFileSync(new URL(`../../sandbox/idp/directories/${code}.json`, import.meta.url), 'utf8')) as object;
    const people = PEOPLE.filter(({ agency }) => agency === code).map(({ userName, displayName, roles }) => ({ userName, displayName, roles }));
    expect(directory).toEqual({ agencyName: name, people });
  });

  it('shows its people on a page that needs no script and allows none inline', async () => {
    const answer = await fetch(`${address}/sso?${await signedRequest()}`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    expect(page).toContain('<label for="username">');
    expect(page).toContain('amira.rahman');
    expect(page).not.toContain('<script');
  });

  it('answers with a form to the portal and nowhere else, with a button for those without script', async () => {
    const answer = await signIn(await signedRequest(), 'amira.rahman', DEMONSTRATION_PASSWORD);
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain(`form-action ${world.baseUrl};`);
    expect(page).toContain(`action="${world.baseUrl}/saml/ashworth/acs"`);
    expect(page).toContain('<button type="submit">');
    expect(page).not.toMatch(/<script(?! src=)/);
  });

  it.each([['amira.rahman', 'wrong'], ['amira.rahman', ''], ['priya.shah', DEMONSTRATION_PASSWORD], ['', DEMONSTRATION_PASSWORD], ['<b>', 'x']])('asks %j with the password %j again', async (username, password) => {
    const answer = await signIn(await signedRequest(), username, password);
    const page = await answer.text();
    expect(page).toContain('<title>Error: Sign in');
    expect(page).not.toContain('SAMLResponse');
    expect(page).not.toContain('<b>');
  });

  const spoiled: readonly (readonly [string, (query: string) => string])[] = [
    ['without a signature', (query) => query.replace(/&Signature=.*/, '')],
    ['with another RelayState than was signed', (query) => query.replace(/RelayState=../, 'RelayState=xx')],
    ['with a weak algorithm', (query) => query.replace('rsa-sha256', 'rsa-sha1')],
    ['with another message', (query) => query.replace(/SAMLRequest=[^&]{20}/, `SAMLRequest=${'A'.repeat(20)}`)],
    ['with nothing', () => ''],
  ];

  it.each(spoiled)('refuses a request %s, on the page and on the form', async (_what, spoil) => {
    const query = spoil(await signedRequest());
    expect((await fetch(`${address}/sso?${query}`)).status).toBe(400);
    const answer = await signIn(query, 'amira.rahman', DEMONSTRATION_PASSWORD);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('SAMLResponse');
  });

  it('publishes metadata', async () => {
    const xml = await (await fetch(`${address}/metadata`)).text();
    expect(xml).toContain('entityID="http://localhost:8091/metadata"');
    expect(xml).toContain('X509Certificate');
  });

  it('says in one sentence why it cannot start', async () => {
    await expect(startChild('sandbox/idp/main.js', { BASE_URL: 'http://x', IDP_AGENCY: '../../x', IDP_PORT: '1' }, 'is ready')).rejects.toThrow('IDP_AGENCY must be');
    await expect(startChild('sandbox/idp/main.js', { BASE_URL: 'http://x', IDP_AGENCY: 'ashworth', IDP_PORT: 'x' }, 'is ready')).rejects.toThrow('IDP_PORT must be');
  });
});
