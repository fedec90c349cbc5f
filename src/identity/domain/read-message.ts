import { ok, type Result } from '../../../libs/kernel/index.js';
import { fault, type SamlFault } from './saml-fault.js';

/** Longest SAMLResponse or SAMLRequest parameter looked at, in characters of base64. */
export const MESSAGE_LIMIT = 256 * 1024;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const DECLARATION = /^<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["'](?:yes|no)["'])?\s*\?>/i;
const PREDEFINED = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)/;
/** Characters that XML 1.0 section 2.2 does not allow. */
const NOT_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * The XML text of a SAML message as posted (attacker-controlled): one canonical base64 string of at most
 * {@link MESSAGE_LIMIT} characters that holds UTF-8.
 *
 * Returns a refusal for anything a parser could be made to disagree about: document types, entities, comments, CDATA,
 * processing instructions. No identity provider needs them, and each has hidden an attack.
 */
export function readPostedMessage(posted: unknown): Result<string, SamlFault> {
  if (typeof posted !== 'string' || posted === '') return fault('malformed-form');
  if (posted.length > MESSAGE_LIMIT) return fault('too-large');
  const packed = posted.replace(/[\r\n\t ]/g, '');
  const bytes = Buffer.from(packed, 'base64');
  if (!BASE64.test(packed) || bytes.toString('base64') !== packed) return fault('not-base64');
  return scanText(bytes);
}

/** The text of `bytes` (attacker-controlled), if it is UTF-8 and holds no markup beyond elements, attributes and text. */
export function scanText(bytes: Uint8Array): Result<string, SamlFault> {
  const text = decode(bytes);
  if (text === undefined || NOT_XML.test(text)) return fault('not-text');
  const body = text.replace(DECLARATION, '').trim();
  if (/<[!?]/.test(body) || PREDEFINED.test(body)) return fault('forbidden-markup');
  // One reading of line ends for every parser and for the signature (XML 1.0 section 2.11).
  return ok(body.replace(/\r\n?/g, '\n'));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
