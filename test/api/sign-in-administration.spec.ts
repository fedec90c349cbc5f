import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certificateOf } from '../builders/certificate.js';
import { startWorld, type World } from '../builders/world.js';

const DAY_MS = 86_400_000;
const PROVIDERS = '{ identityProviders { agency { code } entityId offersSignOut certificates { subject fingerprint validTo state } } }';

interface Providers {
  readonly identityProviders: readonly {
    readonly agency: { readonly code: string };
    readonly offersSignOut: boolean;
    readonly certificates: readonly { readonly subject: string; readonly state: string }[];
  }[];
}

let world: World;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

beforeAll(async () => {
  world = await startWorld();
  // Before her agency gets certificates that none of its keys belong to.
  await world.signIn('dan.cole');
}, 120_000);

afterAll(() => world.stop());

async function give(agency: string, ...certificates: readonly string[]): Promise<void> {
  await world.superuser.query('UPDATE agency_idp SET certificates = $2::jsonb FROM agency a WHERE a.id = agency_id AND a.code = $1', [agency, JSON.stringify(certificates)]);
}

describe('the certificates an agency signs with', () => {
  it.each([
    ['long valid', -10, 400, 'valid'],
    ['valid for 31 days more', -10, 31, 'valid'],
    ['valid for 29 days more', -10, 29, 'ends-soon'],
    ['past their end', -400, -1, 'expired'],
    ['before their beginning', 1, 400, 'not-yet-valid'],
  ])('are said to be %s', async (_what, from, to, state) => {
    await give('ashworth', certificateOf('idp.ashworth.example', inDays(from), inDays(to)));
    const { identityProviders } = await (await world.signIn('dan.cole')).ask<Providers>(PROVIDERS);
    expect(identityProviders).toMatchObject([{ agency: { code: 'ashworth' }, offersSignOut: true, certificates: [{ subject: 'CN=idp.ashworth.example', state }] }]);
  });

  it('are shown on a page, both of a roll-over, with a warning for each that ends', async () => {
    await give('ashworth', certificateOf('old.example', inDays(-400), inDays(-1)), certificateOf('next.example', inDays(-1), inDays(20)));
    const html = await (await (await world.signIn('dan.cole')).fetch('/administration/sign-in')).text();
    for (const words of ['CN=old.example', 'CN=next.example', 'Ashworth Borough Council: a certificate expired on', 'Ashworth Borough Council: a certificate ends on', '>\n  Expired\n', 'Ends within 30 days', 'http://localhost:8091/metadata']) {
      expect({ words, shown: html.includes(words) || html.replace(/\s+/g, ' ').includes(words.replace(/\s+/g, ' ')) }).toEqual({ words, shown: true });
    }
    expect(html).not.toContain('Northmoor Police');
  });

  it('are all shown to an auditor, with what each agency offers for signing out', async () => {
    await world.superuser.query(`UPDATE agency_idp SET slo_url = NULL WHERE entity_id = 'http://localhost:8092/metadata'`);
    const alex = await world.signIn('alex.ward');
    const { identityProviders } = await alex.ask<Providers>(PROVIDERS);
    expect(identityProviders).toHaveLength(6);
    expect(identityProviders.filter(({ offersSignOut }) => !offersSignOut).map(({ agency }) => agency.code)).toEqual(['northmoor-police']);
    expect(await (await alex.fetch('/administration/sign-in')).text()).toContain('Ends the session here only');
  });

  it('are those of no agency that has closed', async () => {
    await world.superuser.query(`UPDATE agency SET closed_at = now() WHERE code = 'wexcombe'`);
    const { identityProviders } = await (await world.signIn('alex.ward')).ask<Providers>(PROVIDERS);
    expect(identityProviders.map(({ agency }) => agency.code)).not.toContain('wexcombe');
  });

  it('leave a record of who looked', async () => {
    const { rows } = await world.superuser.query(`SELECT DISTINCT person_name FROM ledger_entry WHERE verb = 'idp.read' AND outcome = 'done' ORDER BY 1`);
    expect(rows).toEqual([{ person_name: 'Alex Ward' }, { person_name: 'Dan Cole' }]);
  });

  it('are one link away from the first page of an administrator', async () => {
    expect(await (await (await world.signIn('dan.cole')).fetch('/my-work')).text()).toContain('href="/administration/sign-in"');
  });
});
