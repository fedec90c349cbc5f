import { nameId } from './message.js';
import { partsVector, textVector, type Vector } from './vector.js';

const bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';

/** Markup that two parsers may read differently, or that costs more to read than to send. */
export const MARKUP_ATTACKS: readonly Vector[] = [
  textVector('comment inside the name', 'forbidden-markup', (xml) => xml.replace('victim-0001', 'victim-0001<!---->.evil.example')),
  partsVector('comment inside the name, signed around', 'forbidden-markup', () => ({ nameId: nameId('victim-0001<!-- -->.evil.example') })),
  textVector('comment before the root', 'forbidden-markup', (xml) => `<!-- x -->${xml}`),
  textVector('CDATA inside the name', 'forbidden-markup', (xml) => xml.replace('victim-0001', '<![CDATA[victim-0001]]>')),
  textVector('processing instruction inside the name', 'forbidden-markup', (xml) => xml.replace('victim-0001', 'victim<?x y?>-0001')),
  textVector('document type', 'forbidden-markup', (xml) => `<!DOCTYPE samlp:Response>${xml}`),
  textVector('external entity', 'forbidden-markup', (xml) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xml.replace('victim-0001', '&x;')}`),
  textVector('external parameter entity', 'forbidden-markup', (xml) => `<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>${xml}`),
  textVector('entity bomb', 'forbidden-markup', (xml) => `${bomb}${xml.replace('victim-0001', '&c;')}`),
  textVector('entity nobody declared', 'forbidden-markup', (xml) => xml.replace('victim-0001', '&nbsp;')),
  textVector('relative namespace', 'forbidden-namespace', (xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:x="relative">')),
  textVector('empty namespace', 'forbidden-namespace', (xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns="">')),
  textVector('not well-formed', 'not-well-formed', (xml) => xml.replace('</saml:Subject>', '')),
  textVector('end tags crossed', 'not-well-formed', (xml) => xml.replace('</saml:SubjectConfirmation></saml:Subject>', '</saml:Subject></saml:SubjectConfirmation>')),
  textVector('an end tag too many', 'not-well-formed', (xml) => xml.replace('</saml:Subject>', '</saml:Subject></saml:Subject>')),
  textVector('text after the root', 'not-well-formed', (xml) => `${xml}x`),
  textVector('attribute without quotes', 'not-well-formed', (xml) => xml.replace('Version="2.0"', 'Version=2.0')),
  textVector('the same XML attribute twice', 'not-well-formed', (xml) => xml.replace('Version="2.0"', 'Version="2.0" Version="2.0"')),
  textVector('two root elements', 'not-well-formed', (xml) => `${xml}<x/>`),
  textVector('nested a thousand deep', 'too-deep', (xml) => xml.replace('</samlp:Response>', `${'<x>'.repeat(1000)}${'</x>'.repeat(1000)}</samlp:Response>`)),
  textVector('ten thousand elements', 'too-deep', (xml) => xml.replace('</samlp:Response>', `${'<x/>'.repeat(10_000)}</samlp:Response>`)),
  textVector('NUL byte', 'not-text', (xml) => xml.replace('victim-0001', 'victim\0-0001')),
  textVector('UTF-7 declared', 'forbidden-markup', (xml) => `<?xml version="1.0" encoding="UTF-7"?>${xml}`),
  textVector('more than 256 KiB', 'too-large', (xml) => xml.replace('</samlp:Response>', `${' '.repeat(210_000)}</samlp:Response>`)),
  { name: 'bytes that are no UTF-8', reason: 'not-text', make: ({ relayState }) => [['SAMLResponse', Buffer.from([0x3c, 0xff, 0xfe, 0x3e]).toString('base64')], ['RelayState', relayState]] },
  { name: 'no base64', reason: 'not-base64', make: ({ relayState }) => [['SAMLResponse', '<samlp:Response/>'], ['RelayState', relayState]] },
  { name: 'base64 that is not canonical', reason: 'not-base64', make: ({ relayState }) => [['SAMLResponse', 'PHg+PC94Pg=A'], ['RelayState', relayState]] },
  { name: 'empty SAMLResponse', reason: 'malformed-form', make: ({ relayState }) => [['SAMLResponse', ''], ['RelayState', relayState]] },
  { name: 'no SAMLResponse', reason: 'malformed-form', make: ({ relayState }) => [['RelayState', relayState]] },
  { name: 'SAMLRequest in the place of SAMLResponse', reason: 'malformed-form', make: ({ relayState }) => [['SAMLRequest', 'PHgvPg=='], ['RelayState', relayState]] },
];
