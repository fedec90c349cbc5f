import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { DEMONSTRATION_PASSWORD } from '../../src/demonstration/borough.js';
import { startChild, type Child } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { idpOf } from '../security/saml/attempt.js';

const AGENCY = 'northmoor-police';
const IDP = idpOf(AGENCY).replace('/metadata', '');

let world: World;
let provider: Child;
let address = '';

beforeAll(async () => {
  world = await startWorld();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  provider = await startChild('sandbox/idp/main.js', { BASE_URL: world.baseUrl, IDP_AGENCY: AGENCY, IDP_PORT: String(port), IDP_BASE_URL: IDP }, 'is ready');
}, 120_000);

afterAll(async () => {
  await provider.stop();
  await world.stop();
});

/** A page a browser has come to rest on. */
interface Page {
  readonly html: string;
  readonly heading: string;
  /** Every address on the way, the first one asked for included. */
  readonly way: readonly string[];
}

/** A browser with one jar for the whole machine, as cookies know no ports. It knows where the provider really listens. */
class Browser {
  private readonly cookies = new Map<string, string>();

  /** Goes to an address and wherever that sends it: by redirect, or by a page that goes on by itself. Stops before `until`. */
  async go(url: string, { form, until }: { form?: Readonly<Record<string, string>>; until?: string } = {}): Promise<Page> {
    let response = await this.fetch(url, form && { method: 'POST', body: new URLSearchParams(form) });
    let at = url;
    const way = [at];
    for (;;) {
      const html = await response.text();
      const onward = response.headers.get('location') ?? /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1];
      if (onward === undefined || way.length > 10) return { html, heading: /<h1[^>]*>([^<]*)</.exec(html)?.[1] ?? '', way };
      at = new URL(onward.replaceAll('&amp;', '&'), at).href;
      way.push(at);
      if (until !== undefined && at.startsWith(until)) return { html, heading: /<h1[^>]*>([^<]*)</.exec(html)?.[1] ?? '', way };
      response = await this.fetch(at);
    }
  }

  async signIn(): Promise<Page> {
    const asked = await this.go(`${world.baseUrl}/saml/${AGENCY}/login`);
    const request = /name="request" value="([^"]*)"/.exec(asked.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answered = request === '' ? asked : await this.go(`${IDP}/sign-in`, { form: { request, username: 'owen.hart', password: DEMONSTRATION_PASSWORD } });
    const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(answered.html)?.[1] ?? '';
    return this.go(`${world.baseUrl}/saml/${AGENCY}/acs`, { form: { SAMLResponse: field('SAMLResponse'), RelayState: field('RelayState') } });
  }

  async signOut(until?: string): Promise<Page> {
    const { html } = await this.go(`${world.baseUrl}/my-work`);
    const form = { csrf: /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    return this.go(`${world.baseUrl}/sign-out`, until === undefined ? { form } : { form, until });
  }

  visitor(): Visitor {
    return new Visitor(world.baseUrl, this.cookieHeader);
  }

  get cookieHeader(): string {
    return [...this.cookies].filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  private async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url.replace(IDP, address), { ...init, redirect: 'manual', headers: { cookie: this.cookieHeader } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }
}

async function signedIn(): Promise<Browser> {
  const browser = new Browser();
  expect((await browser.signIn()).way.at(-1)).toBe(`${world.baseUrl}/my-work`);
  return browser;
}

async function isKnown(browser: Browser): Promise<boolean> {
  return (await browser.visitor().ask<{ me: object | null }>('{ me { id } }')).me !== null;
}

/** Whether the agency would let this browser in without asking for the password. */
async function isKnownAtAgency(browser: Browser): Promise<boolean> {
  return (await browser.go(`${world.baseUrl}/saml/${AGENCY}/login`)).html.includes('name="SAMLResponse"');
}

async function signOutEntries(): Promise<object[]> {
  const { rows } = await world.superuser.query<{ details: object; person: string | null }>(
    `SELECT body::jsonb -> 'details' AS details, person_name AS person FROM ledger_entry WHERE verb = 'session.sign-out' AND outcome = 'done' ORDER BY at DESC, person_name NULLS FIRST LIMIT 2`,
  );
  return rows;
}

describe('signing out', () => {
  it('ends the session here and the one at the agency, and says so once the agency has confirmed it', async () => {
    const browser = await signedIn();
    expect(await isKnownAtAgency(browser)).toBe(true);
    const { heading, way } = await browser.signOut();
    expect(heading).toBe('You are signed out of Concordat and of Northmoor Police’s sign-in');
    expect(way.map((one) => one.split('?')[0])).toEqual([
      `${world.baseUrl}/sign-out`, `${world.baseUrl}/signed-out`, `${world.baseUrl}/saml/${AGENCY}/logout`, `${IDP}/slo`, `${world.baseUrl}/saml/${AGENCY}/slo`, `${world.baseUrl}/signed-out`,
    ]);
    expect(await isKnown(browser)).toBe(false);
    expect(await isKnownAtAgency(browser)).toBe(false);
    expect(await signOutEntries()).toEqual([
      { person: null, details: { idp: idpOf(AGENCY), agencyConfirmed: true } },
      { person: 'Owen Hart', details: { askedAgency: true } },
    ]);
  });

  it('leaves the other browsers of the same person alone, here and at the agency', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await one.signOut();
    expect([await isKnown(other), await isKnownAtAgency(other)]).toEqual([true, true]);
  });

  it('names the person and the session in the words of the agency', async () => {
    const browser = await signedIn();
    const { way } = await browser.signOut(`${IDP}/slo`);
    const asked = new URL(way.at(-1) ?? '');
    const xml = inflateRawSync(Buffer.from(asked.searchParams.get('SAMLRequest') ?? '', 'base64')).toString('utf8');
    const { rows } = await world.superuser.query<{ name_id: string; idp_session_index: string }>(
      `SELECT p.name_id, s.idp_session_index FROM session s JOIN person p ON p.id = s.person_id WHERE p.display_name = 'Owen Hart' ORDER BY s.created_at DESC LIMIT 1`,
    );
    expect([...asked.searchParams.keys()].sort()).toEqual(['RelayState', 'SAMLRequest', 'SigAlg', 'Signature']);
    expect(xml).toContain(`Destination="${IDP}/slo"`);
    expect(xml).toContain(`>${rows[0]?.name_id}</saml:NameID>`);
    expect(xml).toContain(`NameQualifier="${idpOf(AGENCY)}" SPNameQualifier="${world.baseUrl}/saml/${AGENCY}"`);
    expect(xml).toContain(`>${rows[0]?.idp_session_index}</`);
  });

  it('ends the session here though the agency never answers, and says what is not known', async () => {
    const browser = await signedIn();
    const asking = await browser.signOut(`${world.baseUrl}/saml/${AGENCY}/logout`);
    expect(asking.heading).toBe('You are signed out of Concordat');
    expect(asking.html).toContain('We are now asking Northmoor Police’s sign-in to sign you out there too.');
    expect(asking.html).toContain(`href="/saml/${AGENCY}/logout"`);
    expect(await isKnown(browser)).toBe(false);
    const back = await browser.go(`${world.baseUrl}/signed-out`);
    expect(back.heading).toBe('You are signed out of Concordat');
    expect(back.html).toContain('We could not confirm that you are signed out of Northmoor Police’s sign-in too.');
    expect(back.way).toHaveLength(1);
  });

  it('says that only the session here has ended where the agency offers nothing more, and asks nobody', async () => {
    const browser = await signedIn();
    await world.superuser.query('UPDATE agency_idp SET slo_url = NULL WHERE entity_id = $1', [idpOf(AGENCY)]);
    try {
      const { heading, html, way } = await browser.signOut();
      expect(way).toHaveLength(2);
      expect(heading).toBe('You are signed out of Concordat');
      expect(html).toContain('Only your session here has ended: Northmoor Police’s sign-in cannot be signed out of from here');
      expect(await isKnown(browser)).toBe(false);
      expect(await signOutEntries()).toContainEqual({ person: 'Owen Hart', details: { askedAgency: false } });
    } finally {
      await world.superuser.query('UPDATE agency_idp SET slo_url = $2 WHERE entity_id = $1', [idpOf(AGENCY), `${IDP}/slo`]);
    }
  });

  it('asks nothing of an identity provider that took the place of the one the session came from', async () => {
    const browser = await signedIn();
    await world.superuser.query(`UPDATE agency_idp SET entity_id = 'https://new.example/idp' WHERE entity_id = $1`, [idpOf(AGENCY)]);
    try {
      expect((await browser.signOut()).html).toContain('Only your session here has ended');
    } finally {
      await world.superuser.query(`UPDATE agency_idp SET entity_id = $1 WHERE entity_id = 'https://new.example/idp'`, [idpOf(AGENCY)]);
    }
  });

  it.each(['', 'confirmed', 'confirmed.nowhere', 'done.northmoor-police', 'confirmed.<b>'])('says of nobody that she has signed out for a notice that reads %j', async (notice) => {
    const browser = new Browser();
    browser.set('concordat-signed-out', notice);
    expect((await browser.go(`${world.baseUrl}/signed-out`)).heading).toBe('You are not signed in to Concordat');
  });

  it('tells nobody who is signed in that she is out', async () => {
    const browser = await signedIn();
    expect((await browser.go(`${world.baseUrl}/signed-out`)).way.at(-1)).toBe(`${world.baseUrl}/my-work`);
  });

  it('sends no browser to an agency that has no sign-out pending there', async () => {
    const leaving = await signedIn();
    await leaving.signOut(`${world.baseUrl}/saml/${AGENCY}/logout`);
    for (const browser of [new Browser(), await signedIn()]) {
      expect((await browser.go(`${world.baseUrl}/saml/${AGENCY}/logout`)).way[1]).toBe(`${world.baseUrl}/signed-out`);
    }
    expect((await leaving.go(`${world.baseUrl}/saml/ashworth/logout`)).way[1]).toBe(`${world.baseUrl}/signed-out`);
    expect((await leaving.go(`${world.baseUrl}/saml/${AGENCY}/logout`)).heading).toBe('You are signed out of Concordat and of Northmoor Police’s sign-in');
    expect((await leaving.go(`${world.baseUrl}/saml/${AGENCY}/logout`)).way[1]).toBe(`${world.baseUrl}/signed-out`);
  });
});

describe('the stand-in identity provider', () => {
  it('ends no session on a request that is not signed by the portal', async () => {
    const browser = await signedIn();
    const { way } = await browser.signOut(`${IDP}/slo`);
    const unsigned = way.at(-1)?.replace(/&Signature=.*/, '') ?? '';
    expect((await browser.go(unsigned)).html).toContain('The request is not signed');
    expect(await isKnownAtAgency(browser)).toBe(true);
  });
});
