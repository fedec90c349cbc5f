import { inflateRawSync } from 'node:zlib';
import type { IdpOptions } from './options.js';
import { isSignedQuery } from './signing.js';
import { ASSERTION, childText, PROTOCOL, rootOf } from './xml.js';

const LARGEST = 64 * 1024;

/** A request of the portal, checked. */
export interface CheckedRequest {
  readonly id: string;
  readonly relayState: string | undefined;
  /** Where the answer to a sign-in goes; the portal's own address, whatever the request said. */
  readonly acsUrl: string;
  /** Of a LogoutRequest: whose session is to end, and which. Empty otherwise. */
  readonly nameId: string;
  readonly sessionIndex: string;
}

/**
 * Reads a message of the HTTP-Redirect binding (attacker-controlled). Answers a sentence for the person in front of the
 * browser when it is not a fresh, signed request of the portal this provider trusts.
 */
export function readRequest(query: string, kind: 'AuthnRequest' | 'LogoutRequest', options: IdpOptions): CheckedRequest | string {
  const parameters = new URLSearchParams(query);
  const message = parameters.get('SAMLRequest') ?? '';
  if (message === '' || message.length > LARGEST) return 'There is no request in this address. Start from the portal.';
  if (!isSignedQuery(query, 'SAMLRequest', options.serviceProvider.certificate)) return 'The request is not signed by the portal this provider trusts.';
  const root = rootOf(inflate(message));
  if (root?.localName !== kind || root.namespaceURI !== PROTOCOL) return 'This is not the kind of request this address answers.';
  if (childText(root, ASSERTION, 'Issuer') !== options.serviceProvider.entityId) return 'The request comes from a portal this provider does not know.';
  const acsUrl = `${options.serviceProvider.entityId}/acs`;
  const wanted = root.getAttribute('AssertionConsumerServiceURL');
  if (kind === 'AuthnRequest' && wanted !== '' && wanted !== null && wanted !== acsUrl) return 'The request asks for an answer to an unknown address.';
  const isForUs = root.getAttribute('Destination') === `${options.baseUrl}${kind === 'AuthnRequest' ? '/sso' : '/slo'}`;
  if (!isForUs) return 'The request was made for another address.';
  return {
    id: root.getAttribute('ID') ?? '', relayState: parameters.get('RelayState') ?? undefined, acsUrl,
    nameId: childText(root, ASSERTION, 'NameID'), sessionIndex: childText(root, PROTOCOL, 'SessionIndex'),
  };
}

function inflate(message: string): string {
  try {
    return inflateRawSync(Buffer.from(message, 'base64'), { maxOutputLength: LARGEST }).toString('utf8');
  } catch {
    return '';
  }
}
