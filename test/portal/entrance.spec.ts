import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../src/portal/paths.js';
import { Visitor } from '../builders/visitor.js';
import { openPortalCase, type PortalCase } from './portal-case.js';
import { Reader } from './reader.js';

let at: PortalCase;

beforeAll(async () => {
  at = await openPortalCase();
}, 180_000);

afterAll(() => at.stop());

describe('the way in', () => {
  it('lists the agencies that can sign in, each with its own address, and says nothing else', async () => {
    const sheet = await at.stranger().open('/');
    expect([sheet.status, sheet.title]).toEqual([200, 'Sign in with your agency – Concordat']);
    expect(sheet.links.filter((link) => link.startsWith('/saml/')).sort()).toEqual(['ashworth', 'northmoor-fire', 'northmoor-health', 'northmoor-police', 'public-audit', 'wexcombe'].map((code) => `/saml/${code}/login`));
    expect(sheet.html).not.toMatch(/csrf|Golden Spoon|data-live|data-session/);
  });

  it('is passed by whoever is signed in already', async () => {
    const sheet = await (await at.as('amira.rahman')).open('/');
    expect([sheet.status, sheet.headers.get('location')]).toEqual([303, '/my-work']);
  });

  it.each([
    ['/investigations?tab=all', '/investigations?tab=all'],
    ['/alerts/x#y', '/alerts/x#y'],
  ])('remembers where somebody was going: %s', async (asked, kept) => {
    const sheet = await at.stranger().open(`/?returnTo=${encodeURIComponent(asked)}`);
    expect(sheet.main).toContain('You need to sign in to see that page.');
    for (const link of sheet.links.filter((one) => one.startsWith('/saml/'))) expect(new URL(link, 'http://x').searchParams.get('returnTo')).toBe(kept);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b', '/\u0000', `/${'x'.repeat(600)}`, ''])('leads nowhere else: %j is no place of this portal', async (asked) => {
    const sheet = await at.stranger().open(`/?returnTo=${encodeURIComponent(asked)}`);
    expect(sheet.status).toBe(200);
    expect(sheet.html).not.toContain('returnTo');
    expect(sheet.main).not.toContain('You need to sign in');
  });

  it('leads there from every page, with the page kept for afterwards', async () => {
    const address = `${paths.record.to({ id: at.id })}?kind=note`;
    const sheet = await at.stranger().open(address);
    expect([sheet.status, sheet.headers.get('location'), sheet.html]).toEqual([303, `/?returnTo=${encodeURIComponent(address).replaceAll('%20', '+')}`, '']);
    expect((await at.stranger().open('/my-work')).headers.get('location')).toBe('/');
  });
});

describe('the ends of a session', () => {
  it('are told apart, and both lead in again', async () => {
    for (const [address, heading] of [['/session-ended', 'Your session has ended'], ['/signed-out', 'You are not signed in to Concordat']] as const) {
      const sheet = await at.stranger().open(address);
      expect([sheet.status, sheet.headings, sheet.link('Sign in again')]).toEqual([200, [heading], '/']);
    }
  });

  it('signing out needs the token of the session, ends it, and leaves nothing open', async () => {
    const reader = new Reader(await at.world.signInAgain('owen.hart'));
    expect((await reader.send('/sign-out', { csrf: 'x' })).status).toBe(403);
    expect((await reader.open('/my-work')).status).toBe(200);
    const done = await reader.send('/sign-out', { csrf: await reader.token() });
    expect(done.status).toBe(303);
    expect(done.headers.getSetCookie().join()).toMatch(/concordat=;/);
    expect((await reader.open('/my-work')).headers.get('location')).toBe('/');
  });

  it('a cookie that means nothing any more is taken back from the browser', async () => {
    const forged = new Reader(new Visitor(at.world.baseUrl, `concordat=${'A'.repeat(43)}`));
    const sheet = await forged.open('/');
    expect([sheet.status, sheet.title]).toEqual([200, 'Sign in with your agency – Concordat']);
    expect(sheet.headers.getSetCookie()).toEqual([expect.stringMatching(/^concordat=; .*Expires=Thu, 01 Jan 1970/)]);
  });

  it('staying signed in answers with nothing, and only whoever is signed in', async () => {
    const stay = await (await at.as('amira.rahman')).open('/stay-signed-in');
    expect([stay.status, stay.html, stay.headers.get('cache-control')]).toEqual([204, '', 'no-store']);
    expect((await at.stranger().open('/stay-signed-in')).status).toBe(303);
  });
});

describe('the style of a printed page', () => {
  it('carries the marking, the reader, her agency and the time in London', async () => {
    const sheet = await (await at.as('amira.rahman')).open('/print.css?marking=OFFICIAL-SENSITIVE');
    expect(sheet.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(sheet.html).toContain('@top-center { content: "OFFICIAL-SENSITIVE"');
    expect(sheet.html).toMatch(/"Printed by Amira Rahman, Ashworth Borough Council, \d{1,2} [A-Z][a-z]+ \d{4} at \d{1,2}:\d\d[ap]m"/);
  });

  it('has no marking where there is none, and cannot be made to carry more than one line of it', async () => {
    const reader = await at.as('amira.rahman');
    expect((await reader.open('/print.css')).html).not.toMatch(/top-center|bottom-center/);
    const crafted = await reader.open(`/print.css?marking=${encodeURIComponent('x" } body { display: none } /*')}`);
    expect(crafted.html).not.toMatch(/body \{|\/\*/);
    expect((await reader.open(`/print.css?marking=${'x'.repeat(5000)}`)).html.length).toBeLessThan(1200);
    expect((await reader.open('/print.css?marking=a&marking=b')).html).not.toContain('top-center');
  });

  it('is nobody’s who has not signed in', async () => {
    expect((await at.stranger().open('/print.css?marking=OFFICIAL')).status).toBe(303);
  });
});

describe('what goes wrong on the way to a page', () => {
  it.each(['/nothing', '/investigations/none/record', '/assets/none.css', '/investigations//record', '/..%2f..%2fetc%2fpasswd', '/%00', '/index.php'])('an address of nothing, %s, is not found', async (address) => {
    const { status, html } = await (await at.as('amira.rahman')).open(address);
    expect([400, 404]).toContain(status);
    expect(html).not.toMatch(/Error:|at .*\.js|node_modules|ENOENT/);
  });

  it.each(['/my-work', '/investigations', '/search', '/alerts', '/print.css', '/'])('a page without a form takes none: %s', async (address) => {
    const reader = await at.as('amira.rahman');
    const { status, html } = await reader.send(address, { csrf: await reader.token() });
    expect(status).toBe(404);
    expect(html).not.toContain('Golden Spoon');
  });

  it('a failure inside says nothing of itself, gives a reference, and gives back what was typed', async () => {
    const reader = new Reader(await at.world.signInAgain('tom.bell'));
    const csrf = await reader.token();
    await at.world.superuser.query('ALTER TABLE note RENAME TO note_elsewhere');
    try {
      const sheet = await reader.send(paths.newNote.to({ id: at.id }), { csrf, title: 'Precious', body: 'An hour of <typing>', 'marking.sensitive': 'yes', audience: 'everyone' });
      expect(sheet.status).toBe(500);
      expect(sheet.main).toContain('Something went wrong on our side.');
      expect(sheet.main).toMatch(/quote this reference to whoever runs the portal: [0-9a-f-]{36}/);
      expect(sheet.html).toContain('readonly>Precious</textarea>');
      expect(sheet.html).toContain('readonly>An hour of &lt;typing&gt;</textarea>');
      for (const own of [csrf, 'relation', 'note_elsewhere', 'SELECT', 'marking.sensitive']) expect(sheet.html).not.toContain(own);
    } finally {
      await at.world.superuser.query('ALTER TABLE note_elsewhere RENAME TO note');
    }
  });

  it('an address that says HEAD is answered as one that says GET, without the page', async () => {
    const response = await (await at.as('amira.rahman')).visitor.fetch('/my-work', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s means nothing to a page', async (method) => {
    const response = await (await at.as('amira.rahman')).visitor.fetch(paths.newNote.to({ id: at.id }), { method });
    expect(response.status).toBe(404);
  });
});

describe('styles, scripts and pictures', () => {
  it('may be kept for ever, because their address changes with them', async () => {
    const { html } = await at.stranger().open('/');
    const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    for (const address of addresses) {
      expect(address).toMatch(/\?v=[0-9a-f]{12}$/);
      const file = await at.stranger().open(address);
      expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});
