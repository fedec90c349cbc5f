import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { ok, type Result } from '../../../libs/kernel/index.js';
import { scanText } from './read-message.js';
import { fault, type SamlFault } from './saml-fault.js';

const INFLATED_LIMIT = 64 * 1024;
const DIGESTS: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'RSA-SHA256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'RSA-SHA512',
};

/** A message out of a signed query string. */
export interface RedirectMessage {
  readonly kind: 'SAMLRequest' | 'SAMLResponse';
  readonly xml: string;
  readonly relayState: string | undefined;
}

/**
 * The message of a query string (attacker-controlled) by the HTTP-Redirect binding, verified over the very characters that
 * were sent (SAML bindings section 3.4.4.1). Refuses what carries no signature, any parameter twice, or a weak algorithm.
 */
export function readRedirect(query: string, certificates: readonly string[]): Result<RedirectMessage, SamlFault> {
  const raw = parameters(query);
  if (!raw) return fault('malformed-form');
  const kind = raw.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse';
  if (raw.has('SAMLRequest') === raw.has('SAMLResponse')) return fault('malformed-form');
  const signature = raw.get('Signature');
  if (signature === undefined) return fault('unsigned');
  const digest = DIGESTS[decoded(raw.get('SigAlg')) ?? ''];
  if (digest === undefined) return fault('forbidden-algorithm');
  const signed = [kind, 'RelayState', 'SigAlg'].filter((name) => raw.has(name)).map((name) => `${name}=${raw.get(name) ?? ''}`).join('&');
  const bytes = Buffer.from(decoded(signature) ?? '', 'base64');
  if (!certificates.some((certificate) => createVerify(digest).update(signed).verify(certificate, bytes))) return fault('bad-signature');
  const xml = inflated(decoded(raw.get(kind)) ?? '');
  return xml.ok ? ok({ kind, xml: xml.value, relayState: decoded(raw.get('RelayState')) }) : xml;
}

/** Parameters as they stand in the query, not decoded; undefined when one comes twice. */
function parameters(query: string): ReadonlyMap<string, string> | undefined {
  const pairs = query.split('&').map((pair) => [pair.slice(0, Math.max(0, pair.indexOf('='))), pair.slice(pair.indexOf('=') + 1)] as const);
  const map = new Map(pairs);
  return map.size === pairs.length ? map : undefined;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** A small text can inflate to gigabytes, so the size is bounded while inflating. */
function inflated(base64: string): Result<string, SamlFault> {
  try {
    return scanText(inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: INFLATED_LIMIT }));
  } catch {
    return fault('not-base64');
  }
}
