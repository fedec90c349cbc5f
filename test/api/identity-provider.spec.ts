import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChild } from '../builders/child.js';
import { startWorld, type World } from '../builders/world.js';
import { begin, fieldsFor, idpOf, post, type Outcome } from '../security/saml/attempt.js';
import { attribute, statement } from '../security/saml/message.js';
import { keyOf, signedResponse, type Key } from '../security/saml/sign.js';

const body = ({ certificate }: Key): string => certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const [OLD, NEW] = [keyOf('ashworth'), keyOf('wexcombe')];

function metadata(keys: readonly Key[], entityId = idpOf('ashworth')): string {
  const descriptors = keys.map((key) => `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${body(key)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`);
  return `<?xml version="1.0" encoding="UTF-8"?><!-- exported by the directory -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${descriptors.join('')}
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://localhost:8091/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}

describe('an agency’s identity provider', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'concordat-idp-'));

  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);

  afterAll(() => world.stop());

  function importIdp(xml: string, ...more: string[]): Promise<{ code: number | null; output: string }> {
    const file = join(folder, 'metadata.xml');
    writeFileSync(file, xml);
    const args = ['idp', 'import', '--agency', 'ashworth', '--metadata', file, '--roles', 'environmental-health-officer', ...more];
    return runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, args);
  }

  async function signInWith(key: Key, change = {}): Promise<Outcome> {
    const attempt = await begin(world);
    return post(world, 'ashworth', fieldsFor(attempt, signedResponse(attempt, { key }, change)), attempt.cookie);
  }

  it('rolls its key over without a moment in which nobody can sign in', async () => {
    expect((await signInWith(OLD)).signedIn).toBe(true);
    expect((await signInWith(NEW)).signedIn).toBe(false);
    const both = await importIdp(metadata([OLD, NEW]));
    expect(both).toMatchObject({ code: 0 });
    expect(both.output).toMatch(/ends 2036-\d\d-\d\d.*\n.*ends 2036-\d\d-\d\d/);
    expect((await signInWith(OLD)).signedIn).toBe(true);
    expect((await signInWith(NEW)).signedIn).toBe(true);
    expect(await importIdp(metadata([NEW]))).toMatchObject({ code: 0 });
    expect((await signInWith(OLD)).signedIn).toBe(false);
    expect((await signInWith(NEW)).signedIn).toBe(true);
    expect(await importIdp(metadata([OLD]))).toMatchObject({ code: 0 });
  });

  it.each([
    ['no metadata', () => '<x/>'],
    ['an external entity', () => metadata([OLD]).replace('<md:EntityDescriptor', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><md:EntityDescriptor')],
    ['no certificate', () => metadata([])],
    ['three certificates', () => metadata([OLD, NEW, keyOf('public-audit')])],
    ['a broken certificate', () => metadata([OLD]).replace(body(OLD).slice(0, 40), 'A'.repeat(40))],
    ['another agency’s entityID', () => metadata([OLD], idpOf('wexcombe'))],
    ['an entityID that is no URI', () => metadata([OLD], 'ashworth')],
    ['an address that is a script', () => metadata([OLD]).replace('http://localhost:8091/sso', 'javascript:alert(1)')],
  ])('is not taken over from %s', async (_what, xml) => {
    const { code, output } = await importIdp(xml());
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output.trim().split('\n')).toHaveLength(1);
    expect((await signInWith(OLD)).signedIn).toBe(true);
  });

  it('gives its people only the roles it was allowed when it was imported', async () => {
    const change = { attributes: statement(attribute('displayName', 'Vera Victim'), attribute('roles', 'administrator', 'environmental-health-officer', 'auditor')) };
    expect((await signInWith(OLD, change)).signedIn).toBe(true);
    const { rows } = await world.superuser.query(`SELECT roles FROM session ORDER BY created_at DESC LIMIT 1`);
    expect(rows).toEqual([{ roles: ['environmental-health-officer'] }]);
  });

  it('updates a person it knows: name and address change, the person stays', async () => {
    const change = { attributes: statement(attribute('givenName', 'Vera'), attribute('sn', 'Married &amp; Moved'), attribute('mail', 'not an address'), attribute('roles', 'environmental-health-officer')) };
    expect((await signInWith(OLD, change)).signedIn).toBe(true);
    const { rows } = await world.superuser.query(`SELECT display_name, email FROM person WHERE name_id = 'victim-0001'`);
    expect(rows).toEqual([{ display_name: 'Vera Married & Moved', email: null }]);
  });

  it('cannot be made or changed by the running application, whatever it is made to run', async () => {
    const app = `SET ROLE concordat_app;`;
    for (const statement of [`INSERT INTO agency (id, code, name, kind) VALUES (gen_random_uuid(), 'evil', 'Evil', 'police')`, `UPDATE agency_idp SET certificates = '["x"]'`, `DELETE FROM agency_idp`, `DELETE FROM session`, `UPDATE session SET token_hash = token_hash`]) {
      await expect(world.superuser.query(`${app} ${statement}`)).rejects.toThrow('permission denied');
      await world.superuser.query('RESET ROLE');
    }
  });
});

describe('under https', () => {
  it('ties its cookies to the host and sends the one of a sign-in along when the agency posts back', async () => {
    const world = await startWorld({ env: { BASE_URL: 'https://portal.example' } });
    try {
      const answer = await world.stranger().fetch('/saml/ashworth/login');
      expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-concordat-login=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=None$/)]);
      const attempt = { ...(await begin(world)), idp: idpOf('ashworth'), sp: 'https://portal.example/saml/ashworth', acs: 'https://portal.example/saml/ashworth/acs' };
      const done = await fetch(`${world.baseUrl}/saml/ashworth/acs`, {
        method: 'POST', redirect: 'manual', headers: { cookie: attempt.cookie },
        body: new URLSearchParams(fieldsFor(attempt, signedResponse(attempt, { key: OLD })).map(([name, value]): [string, string] => [name, value])),
      });
      expect(done.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-concordat=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/)]);
    } finally {
      await world.stop();
    }
  }, 60_000);
});

describe('a flood of sign-ins', () => {
  it('is slowed down per address, and writes no more to the ledger than it may', async () => {
    const world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '200' } });
    try {
      const outcomes = await Promise.all(Array.from({ length: 60 }, () => post(world, 'ashworth', [['SAMLResponse', 'x']], undefined)));
      expect(outcomes.filter(({ status }) => status === 403)).toHaveLength(20);
      expect(outcomes.filter(({ status }) => status === 429)).toHaveLength(40);
      const { rows } = await world.superuser.query<{ count: number }>(`SELECT count(*)::int FROM ledger_entry WHERE outcome = 'refused'`);
      expect(rows).toEqual([{ count: 20 }]);
      // Every door of signing in and out counts for the same address.
      for (const door of ['login', 'logout', 'slo']) expect({ door, status: (await world.stranger().fetch(`/saml/ashworth/${door}`)).status }).toEqual({ door, status: 429 });
    } finally {
      await world.stop();
    }
  }, 60_000);
});
