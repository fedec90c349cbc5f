import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AGENCIES, DEMONSTRATION_PASSWORD, PEOPLE } from '../../src/demonstration/borough.js';

/** The port the seeded metadata names, when the portal is on its usual one. */
const USUAL_PORT = 8080;
const START_LIMIT_MS = 60_000;

/** What a browser has gathered on its way: cookies by name. */
class CookieJar {
  private readonly cookies = new Map<string, string>();

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  get header(): string {
    return [...this.cookies].filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`).join('; ');
  }

  session(): string {
    const found = [...this.cookies].find(([name, value]) => /^(__Host-)?concordat$/.test(name) && value !== '');
    if (!found) throw new Error(`No session cookie among ${[...this.cookies.keys()].join(', ')}`);
    return `${found[0]}=${found[1]}`;
  }
}

/**
 * Signs a person of the demonstration borough in, as a browser would: from the portal to her own agency's identity
 * provider (started when first needed, its address kept in `providers`), and back with the signed response. Answers the session
 * cookie as `name=value`.
 */
export async function signInAt(baseUrl: string, username: string, providers: Map<string, Promise<string>>): Promise<string> {
  const person = PEOPLE.find(({ userName }) => userName === username);
  if (!person) throw new Error(`Nobody in the demonstration borough is called ${username}`);
  const provider = providers.get(person.agency) ?? startProvider(baseUrl, person.agency);
  providers.set(person.agency, provider);
  const jar = new CookieJar();
  const begun = await fetch(`${baseUrl}/saml/${person.agency}/login`, { redirect: 'manual' });
  jar.keep(begun);
  const sso = new URL(begun.headers.get('location') ?? '');
  const page = await postForm(`${await provider}/sign-in`, { request: sso.search.slice(1), username, password: DEMONSTRATION_PASSWORD });
  const { SAMLResponse, RelayState } = hiddenFields(await page.text());
  const done = await postForm(`${baseUrl}/saml/${person.agency}/acs`, { SAMLResponse: SAMLResponse ?? '', RelayState: RelayState ?? '' }, jar.header);
  jar.keep(done);
  if (done.status !== 303 && done.status !== 302) throw new Error(`The sign-in of ${username} was answered with ${done.status}: ${await done.text()}`);
  return jar.session();
}

/** The address of a new provider of the process that runs them all (identity-providers.mjs). */
async function startProvider(baseUrl: string, agencyCode: string): Promise<string> {
  const agency = AGENCIES.find(({ code }) => code === agencyCode);
  const env = { BASE_URL: baseUrl, IDP_AGENCY: agencyCode, IDP_BASE_URL: `http://localhost:${USUAL_PORT + (agency?.idpPort ?? 0)}` };
  const started = await fetch(`http://127.0.0.1:${await hostPort()}`, { method: 'POST', body: JSON.stringify(env) });
  const answer = await started.text();
  if (!started.ok) throw new Error(`The identity provider of ${agencyCode} did not start: ${answer}`);
  return `http://127.0.0.1:${answer}`;
}

async function hostPort(): Promise<string> {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (run === undefined) throw new Error('No test run: start Jest with the configuration of the repository.');
  const file = join(run, 'providers');
  const limit = Date.now() + START_LIMIT_MS;
  while (!existsSync(file) && Date.now() < limit) await pause(20);
  return readFileSync(file, 'utf8');
}

function postForm(url: string, fields: Readonly<Record<string, string>>, cookie?: string): Promise<Response> {
  const headers = cookie === undefined || cookie === '' ? {} : { cookie };
  return fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
}

function hiddenFields(html: string): Partial<Record<string, string>> {
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = "", value]) => [name, value?.replaceAll('&amp;', '&')]));
}
