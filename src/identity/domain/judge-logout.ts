import { ok, type Result } from '../../../libs/kernel/index.js';
import { isAhead, isRecent, MESSAGE_AGE_MS } from './instants.js';
import { isIssuedBy } from './judge-response.js';
import { fault, type SamlFault } from './saml-fault.js';
import { NS, PERSISTENT } from './saml-names.js';
import { attribute, childrenOf, onlyChild, textOf, type XmlElement } from './xml-tree.js';

/** What a logout request must say to be for us. */
export interface LogoutExpected {
  readonly idpEntityId: string;
  readonly sloUrl: string;
  readonly now: Date;
}

/** Whom an identity provider wants signed out. */
export interface LogoutOrder {
  readonly id: string;
  readonly nameId: string;
  readonly sessionIndex: string | undefined;
  /** After this the message is too old to be believed again. */
  readonly expiresAt: Date;
}

/** Judges a LogoutRequest read from its signed bytes (SAML core section 3.7.1). */
export function judgeLogout(request: XmlElement, { idpEntityId, sloUrl, now }: LogoutExpected): Result<LogoutOrder, SamlFault> {
  if (request.ns !== NS.protocol || request.name !== 'LogoutRequest') return fault('unexpected-structure');
  if (attribute(request, 'Version') !== '2.0') return fault('wrong-version');
  if (!isIssuedBy(request, idpEntityId)) return fault('wrong-issuer');
  if (attribute(request, 'Destination') !== sloUrl) return fault('wrong-destination');
  const ends = attribute(request, 'NotOnOrAfter');
  if (!isRecent(attribute(request, 'IssueInstant'), now) || (ends !== undefined && !isAhead(ends, now))) return fault('wrong-time');
  const nameId = onlyChild(request, NS.assertion, 'NameID');
  const name = textOf(nameId) ?? '';
  const id = attribute(request, 'ID') ?? '';
  const indexes = childrenOf(request, NS.protocol, 'SessionIndex');
  if (name === '' || attribute(nameId, 'Format') !== PERSISTENT || id === '' || indexes.length > 1) return fault('wrong-subject');
  return ok({ id, nameId: name, sessionIndex: textOf(indexes[0]), expiresAt: new Date(now.getTime() + 2 * MESSAGE_AGE_MS) });
}
