import { describe, expect, it } from '@jest/globals';
import { Role, type AgencyId } from '../../../libs/kernel/index.js';
import { serviceProvider, USUAL_ATTRIBUTES, type AgencyIdp } from '../../../src/identity/domain/idp.js';
import { verifyResponse } from '../../../src/identity/domain/verify-response.js';
import { vouchedPerson } from '../../../src/identity/domain/vouched-person.js';
import { idpOf, type Attempt } from './attempt.js';
import { PASSWORD_CONTEXT } from './message.js';
import { keyOf, RIGHT_METHOD, sign, signedResponse } from './sign.js';
import { ASHWORTH, type Vector } from './vector.js';
import { ATTRIBUTE_ATTACKS, CONDITION_ATTACKS, ENVELOPE_ATTACKS, STRANGER_ATTACKS, SUBJECT_ATTACKS } from './vectors-facts.js';
import { MARKUP_ATTACKS } from './vectors-markup.js';
import { SIGNATURE_ATTACKS } from './vectors-signature.js';
import { WRAPPING_ATTACKS } from './vectors-wrapping.js';

const provider = serviceProvider('https://portal.example', 'ashworth');
const attempt: Attempt = {
  agency: 'ashworth', idp: idpOf('ashworth'), sp: provider.entityId, acs: provider.acsUrl, requestId: '_pending', relayState: 'r', cookie: '',
};
const idp: AgencyIdp = {
  agencyId: '' as AgencyId, agencyCode: 'ashworth', agencyName: 'Ashworth', entityId: attempt.idp, ssoUrl: '', sloUrl: undefined,
  certificates: [ASHWORTH.certificate], authnContexts: [PASSWORD_CONTEXT], rolesAllowed: [Role.EnvironmentalHealthOfficer], attributes: USUAL_ATTRIBUTES,
};

/** Everything but the library and the database: a library that believes whatever it is given. */
async function isBelieved(posted: unknown): Promise<boolean> {
  const statement = await verifyResponse(posted, { idp, provider, now: new Date(), library: () => Promise.resolve(undefined) });
  return statement.ok && statement.value.requestId === attempt.requestId && vouchedPerson(statement.value.nameId, statement.value.attributes, idp).ok;
}

const posted = (xml: string): string => Buffer.from(xml).toString('base64');

/** Only the form is wrong with it, which the server sees and this does not. */
const BY_FORM = ['SAMLResponse twice', 'RelayState twice'];

const ALL: readonly Vector[] = [
  ...ENVELOPE_ATTACKS, ...SUBJECT_ATTACKS, ...CONDITION_ATTACKS, ...ATTRIBUTE_ATTACKS, ...STRANGER_ATTACKS, ...MARKUP_ATTACKS,
  ...SIGNATURE_ATTACKS, ...WRAPPING_ATTACKS,
].filter(({ name }) => !BY_FORM.includes(name));

describe('our own checks, should the library ever believe everything', () => {
  it('believe the good response', async () => {
    expect(await isBelieved(posted(signedResponse(attempt, { key: ASHWORTH })))).toBe(true);
  });

  it.each([
    ['rsa-sha512', { signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', digest: 'http://www.w3.org/2001/04/xmlenc#sha512' }],
    ['RSA-PSS', { signature: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' }],
    ['rsa-sha256', RIGHT_METHOD],
  ])('believe it signed with %s', async (_name, method) => {
    expect(await isBelieved(posted(signedResponse(attempt, { key: ASHWORTH, assertion: method, response: method })))).toBe(true);
  });

  it('believe it with line ends of another system and an XML declaration', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\r\n${signedResponse(attempt, { key: ASHWORTH })}\r\n`;
    expect(await isBelieved(posted(xml).replace(/(.{76})/g, '$1\r\n'))).toBe(true);
  });

  it.each(ALL.map((vector) => [vector.name, vector] as const))('refuse: %s', async (_name, { make }) => {
    const value = make(attempt).find(([name]) => name === 'SAMLResponse')?.[1];
    expect(await isBelieved(value)).toBe(false);
  });

  it('are at least a hundred', () => expect(ALL.length).toBeGreaterThan(100));

  it('refuse every message cut short or changed by one character', async () => {
    const xml = signedResponse(attempt, { key: ASHWORTH });
    // The certificate a message brings along is never looked at, so it may say anything.
    const [keyFrom, keyTo] = [xml.indexOf('<ds:X509Certificate>'), xml.indexOf('</ds:X509Certificate>')];
    const step = Math.floor(xml.length / 60);
    for (let at = 1; at < xml.length; at += step) {
      if (at > keyFrom && at < keyTo) continue;
      const changed = xml.slice(0, at) + (xml.charAt(at) === 'x' ? 'y' : 'x') + xml.slice(at + 1);
      const near = xml.slice(Math.max(0, at - 20), at + 20);
      expect({ near, cut: await isBelieved(posted(xml.slice(0, at))), changed: await isBelieved(posted(changed)) }).toEqual({ near, cut: false, changed: false });
    }
  });

  it('refuse a signature that any other key made', async () => {
    const resigned = sign(signedResponse(attempt, { key: ASHWORTH, response: false }), 'Response', { key: keyOf('wexcombe').key, certificate: ASHWORTH.certificate });
    expect(await isBelieved(posted(resigned))).toBe(false);
  });
});
