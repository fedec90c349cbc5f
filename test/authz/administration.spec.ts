import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { printSchema } from 'graphql';
import { VERBS } from '../../libs/policy/index.js';
import { formToken } from '../api/evidence-scene.js';
import { AGENCIES, PEOPLE } from '../../src/demonstration/borough.js';
import { EVERYBODY, NOBODY, SharedCase } from '../builders/joint-case.js';
import { schemaOf } from '../security/whole-schema.js';
import { oracleListsAgreements, oracleSeesIdpOf } from './oracle.js';
import { expectLaw, mayBe, personOf, reply } from './who-may.js';

const AGREEMENTS = '{ agreements { reference parties { code } clauses { code } } }';
const ME = '{ me { displayName agency { code } roles can { administer audit seeCases } } }';
const PROVIDERS = '{ identityProviders { agency { code } entityId offersSignOut certificates { subject fingerprint validTo state } } }';
const PARTIES = ['ashworth', 'northmoor-police', 'northmoor-fire', 'northmoor-health'];

let shared: SharedCase;

beforeAll(async () => {
  shared = await SharedCase.open();
}, 180_000);
afterAll(() => shared.stop(), 30_000);

describe.each(EVERYBODY)('administration before %s', (name) => {
  it('names the agencies to sign in at, to anybody', async () => {
    const { agencies } = await (await shared.as(name)).ask<{ agencies: { code: string }[] }>('{ agencies { code } }');
    expect(agencies.map(({ code }) => code)).toEqual(expect.arrayContaining([...PARTIES, 'public-audit', 'wexcombe']));
  });

  it('tells each who she is and what she may, and nobody anything', async () => {
    const { me } = await (await shared.as(name)).ask<{ me: unknown }>(ME);
    const person = personOf(name);
    if (!person) return expect(me).toBeNull();
    const is = (role: string): boolean => person.roles.includes(role);
    return expect(me).toMatchObject({
      agency: { code: person.agency },
      can: { administer: is('administrator'), audit: is('auditor'), seeCases: !is('administrator') && !is('auditor') },
    });
  });

  it('shows an agreement to its parties alone', async () => {
    const visitor = await shared.as(name);
    if (mayBe(name, oracleListsAgreements)) {
      const { agreements } = await visitor.ask<{ agreements: { reference: string }[] }>(AGREEMENTS);
      expect(agreements.map(({ reference }) => reference)).toEqual(mayBe(name, ({ agency }) => PARTIES.includes(agency)) ? ['ISA-2026-01'] : []);
    } else {
      await expectLaw(shared, name, { verb: 'agreement.list', permitted: false, attempt: () => reply(visitor, AGREEMENTS, {}), absent: { data: { agreements: [] } } });
    }
  });

  it('shows what an agency signs in with to its administrator and to auditors', async () => {
    const visitor = await shared.as(name);
    const seen = AGENCIES.map(({ code }) => code).filter((agency) => mayBe(name, (person) => oracleSeesIdpOf(person, agency)));
    await expectLaw(shared, name, { verb: 'idp.read', permitted: seen.length > 0, attempt: () => reply(visitor, PROVIDERS, {}), absent: { data: { identityProviders: [] } }, cites: false });
    const { data } = await visitor.graphql<{ identityProviders: { agency: { code: string } }[] }>(PROVIDERS);
    expect((data?.identityProviders ?? []).map(({ agency }) => agency.code).sort()).toEqual(seen.sort());
    const [page, absent] = [await visitor.fetch('/administration/sign-in'), await visitor.fetch('/administration/nothing')];
    if (seen.length > 0) expect(page.status).toBe(200);
    else if (name !== NOBODY) expect([page.status, await page.text()]).toEqual([absent.status, await absent.text()]);
    else expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/\?returnTo=/)]);
  });

  it('does not end a session of hers for a form of another', async () => {
    if (name === NOBODY) return;
    const displayName = PEOPLE.find(({ userName }) => userName === name)?.displayName ?? '';
    const [kept, leaving] = [await shared.as(name), await shared.world.signInAgain(name)];
    const out = (csrf: string): Promise<Response> =>
      leaving.fetch('/sign-out', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ csrf }) });
    // The token of the session that stays is no leave to end the one that goes.
    expect((await out(await formToken(shared.world, displayName))).status).toBe(403);
    expect((await leaving.ask<{ me: unknown }>(ME)).me).not.toBeNull();
    expect((await kept.ask<{ me: unknown }>(ME)).me).not.toBeNull();
  });
});

describe('what only the operator does', () => {
  it('has no door over HTTP: no operation is named after it', async () => {
    const schema = await schemaOf(await shared.as('dan.cole'));
    const operations = printSchema(schema).toLowerCase();
    for (const door of ['disableperson', 'endsession', 'importagency', 'importidp', 'registerkey', 'signagreement', 'endagreement', 'dutypost']) expect(operations).not.toContain(door);
    expect(Object.keys(VERBS)).toEqual(expect.arrayContaining(['person.disable', 'session.end', 'agency.import', 'idp.import', 'key.propose', 'agreement.sign', 'agreement.end', 'duty-post.open', 'duty-post.close']));
  });
});
