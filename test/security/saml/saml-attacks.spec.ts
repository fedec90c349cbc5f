import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../../builders/world.js';
import { begin, fieldsFor, post, refusals, type Attempt, type Outcome } from './attempt.js';
import { at, authentication, PASSWORD_CONTEXT } from './message.js';
import { signedResponse } from './sign.js';
import { ASHWORTH, type Vector } from './vector.js';
import { ATTRIBUTE_ATTACKS, CONDITION_ATTACKS, ENVELOPE_ATTACKS, STRANGER_ATTACKS, SUBJECT_ATTACKS } from './vectors-facts.js';
import { MARKUP_ATTACKS } from './vectors-markup.js';
import { SIGNATURE_ATTACKS } from './vectors-signature.js';
import { WRAPPING_ATTACKS } from './vectors-wrapping.js';

const FAMILIES: Readonly<Record<string, readonly Vector[]>> = {
  'facts of the envelope': ENVELOPE_ATTACKS,
  'facts of the subject': SUBJECT_ATTACKS,
  'facts of conditions and authentication': CONDITION_ATTACKS,
  attributes: ATTRIBUTE_ATTACKS,
  'keys of others': STRANGER_ATTACKS,
  markup: MARKUP_ATTACKS,
  signatures: SIGNATURE_ATTACKS,
  'signature wrapping': WRAPPING_ATTACKS,
};

let world: World;
/** The one answer: every refusal must be these bytes. */
let bland = '';

beforeAll(async () => {
  world = await startWorld();
  const attempt = await begin(world);
  bland = (await post(world, 'ashworth', [], attempt.cookie)).body;
}, 120_000);

afterAll(() => world.stop());

async function sendGood(attempt: Attempt, change = {}): Promise<Outcome> {
  return post(world, attempt.agency, fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }, change)), attempt.cookie);
}

async function expectRefused(outcome: Outcome, reason: string, before: readonly string[]): Promise<void> {
  const after = await refusals(world);
  expect({ reasons: after.slice(before.length), status: outcome.status, signedIn: outcome.signedIn }).toEqual({ reasons: [reason], status: 403, signedIn: false });
  expect(outcome.body).toBe(bland);
}

describe.each(Object.entries(FAMILIES))('attacks by %s', (_family, vectors) => {
  it('are no matter of a broken fixture: the response beside them is accepted', async () => {
    const outcome = await sendGood(await begin(world));
    expect(outcome).toMatchObject({ status: 303, signedIn: true, location: '/my-work' });
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('refuses: %s', async (_name, { make, reason }) => {
    const attempt = await begin(world);
    const before = await refusals(world);
    await expectRefused(await post(world, 'ashworth', make(attempt), attempt.cookie), reason, before);
  });

  it('left no session behind but the good ones', async () => {
    const { rows } = await world.superuser.query<{ name_id: string }>('SELECT DISTINCT name_id FROM person WHERE idp_entity_id = $1', ['http://localhost:8091/metadata']);
    expect(rows).toEqual([{ name_id: 'victim-0001' }]);
  });
});

describe('attacks on the way between browser, portal and agency', () => {
  async function refusedWith(reason: string, act: () => Promise<Outcome>): Promise<void> {
    const before = await refusals(world);
    await expectRefused(await act(), reason, before);
  }

  it('refuses a response posted twice', async () => {
    const attempt = await begin(world);
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    expect((await post(world, 'ashworth', fields, attempt.cookie)).signedIn).toBe(true);
    await refusedWith('library-refused', () => post(world, 'ashworth', fields, attempt.cookie));
  });

  it('lets one of twenty simultaneous posts of a response in', async () => {
    const attempt = await begin(world);
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => post(world, 'ashworth', fields, attempt.cookie)));
    expect(outcomes.filter(({ signedIn }) => signedIn)).toHaveLength(1);
  });

  it('refuses a used assertion in answer to a new request', async () => {
    const first = await begin(world);
    const assertionId = '_used-once';
    expect((await sendGood(first, { assertionId })).signedIn).toBe(true);
    const second = await begin(world);
    await refusedWith('replayed', () => sendGood(second, { assertionId }));
    expect((await sendGood(second)).signedIn).toBe(true);
  });

  it('refuses a second assertion for a used request', async () => {
    const attempt = await begin(world);
    expect((await sendGood(attempt)).signedIn).toBe(true);
    await refusedWith('library-refused', () => sendGood(attempt));
  });

  it('refuses a response brought by another browser, and leaves the request to the right one', async () => {
    const attempt = await begin(world);
    const other = await begin(world);
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    await refusedWith('no-pending-request', () => post(world, 'ashworth', fields, other.cookie));
    await refusedWith('no-pending-request', () => post(world, 'ashworth', fields, undefined));
    expect((await post(world, 'ashworth', fields, attempt.cookie)).signedIn).toBe(true);
  });

  it('refuses a response with the RelayState of another request', async () => {
    const attempt = await begin(world);
    const other = await begin(world);
    const fields = fieldsFor({ ...attempt, relayState: other.relayState }, signedResponse(attempt, { key: ASHWORTH }));
    await refusedWith('no-pending-request', () => post(world, 'ashworth', fields, attempt.cookie));
  });

  it('refuses a RelayState that is an address', async () => {
    const attempt = await begin(world);
    const fields = fieldsFor({ ...attempt, relayState: 'https://evil.example/' }, signedResponse(attempt, { key: ASHWORTH }));
    await refusedWith('no-pending-request', () => post(world, 'ashworth', fields, attempt.cookie));
  });

  it('refuses a request that has been pending too long', async () => {
    const attempt = await begin(world);
    await world.superuser.query(`UPDATE saml_request SET expires_at = now() - interval '1 second' WHERE id = $1`, [attempt.requestId]);
    await refusedWith('library-refused', () => sendGood(attempt));
  });

  it('refuses the response of one agency at the address of another', async () => {
    const attempt = await begin(world);
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    await refusedWith('library-refused', () => post(world, 'northmoor-police', fields, attempt.cookie));
  });

  it('refuses a response at the address of an agency nobody knows, in the same words', async () => {
    const attempt = await begin(world);
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    await refusedWith('unknown-agency', () => post(world, 'no-such-agency', fields, attempt.cookie));
  });

  it('refuses a disabled person', async () => {
    await world.superuser.query(`UPDATE person SET disabled_at = now() WHERE name_id = 'victim-0001'`);
    const attempt = await begin(world);
    await refusedWith('person-disabled', () => sendGood(attempt));
    await world.superuser.query(`UPDATE person SET disabled_at = NULL WHERE name_id = 'victim-0001'`);
    expect((await sendGood(await begin(world))).signedIn).toBe(true);
  });

  it.each([[3600, 3600], [864_000, 36_000]])('ends a session the agency limits to %d seconds after %d', async (said, kept) => {
    const limited = authentication(PASSWORD_CONTEXT, at(0), ` SessionNotOnOrAfter="${at(said)}"`);
    expect((await sendGood(await begin(world), { authentication: limited })).signedIn).toBe(true);
    const { rows } = await world.superuser.query<{ seconds: number }>('SELECT extract(epoch FROM absolute_expires_at - created_at)::int AS seconds FROM session ORDER BY created_at DESC LIMIT 1');
    expect(Math.abs((rows[0]?.seconds ?? 0) - kept)).toBeLessThan(60);
  });

  it('never takes a name from an attribute called nameID', async () => {
    const attempt = await begin(world);
    const shadow = '<saml:AttributeStatement>' + ['nameID', 'issuer', 'sessionIndex', 'attributes', 'getAssertionXml', '__proto__']
      .map((name) => `<saml:Attribute Name="${name}"><saml:AttributeValue>shadow</saml:AttributeValue></saml:Attribute>`).join('');
    const good = signedResponse(attempt, { key: ASHWORTH }, { nameId: '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">plain-0002</saml:NameID>',
      attributes: `${shadow}<saml:Attribute Name="displayName"><saml:AttributeValue>Paul Plain</saml:AttributeValue></saml:Attribute><saml:Attribute Name="roles"><saml:AttributeValue>environmental-health-officer</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>` });
    expect((await post(world, 'ashworth', fieldsFor(attempt, good), attempt.cookie)).signedIn).toBe(true);
    const { rows } = await world.superuser.query(`SELECT name_id, display_name FROM person WHERE name_id IN ('shadow', 'plain-0002')`);
    expect(rows).toEqual([{ name_id: 'plain-0002', display_name: 'Paul Plain' }]);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/saml/ashworth/login', 'javascript:alert(1)', '/a\nb', ''])('sends nobody to %j after signing in', async (path) => {
    const attempt = await begin(world, 'ashworth', path);
    expect((await sendGood(attempt)).location).toBe('/my-work');
  });

  it('sends a person back to the page she wanted', async () => {
    const attempt = await begin(world, 'ashworth', '/investigations?tab=all');
    expect((await sendGood(attempt)).location).toBe('/investigations?tab=all');
  });
});
