import { ok, type Result } from '../../../libs/kernel/index.js';
import { isAhead, isRecent, MESSAGE_AGE_MS } from './instants.js';
import { isIssuedBy } from './judge-response.js';
import { fault, type SamlFault } from './saml-fault.js';
import { NS, PERSISTENT, SUCCESS } from './saml-names.js';
import { attribute, childrenOf, onlyChild, textOf, type XmlElement } from './xml-tree.js';

/** What a logout message must say to be for us. */
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

/** What an identity provider says has become of our own logout request. */
export interface LogoutReport {
  readonly requestId: string;
  /** Whether it says that all of its session has ended, without a but. */
  readonly isConfirmed: boolean;
}

/** Judges a LogoutRequest read from its signed bytes (SAML core section 3.7.1). */
export function judgeLogout(request: XmlElement, expected: LogoutExpected): Result<LogoutOrder, SamlFault> {
  const { now } = expected;
  const wrong = judgeEnvelope(request, 'LogoutRequest', expected);
  if (wrong) return fault(wrong);
  const ends = attribute(request, 'NotOnOrAfter');
  if (ends !== undefined && !isAhead(ends, now)) return fault('wrong-time');
  const nameId = onlyChild(request, NS.assertion, 'NameID');
  const name = textOf(nameId) ?? '';
  const id = attribute(request, 'ID') ?? '';
  const indexes = childrenOf(request, NS.protocol, 'SessionIndex');
  if (name === '' || attribute(nameId, 'Format') !== PERSISTENT || id === '' || indexes.length > 1) return fault('wrong-subject');
  return ok({ id, nameId: name, sessionIndex: textOf(indexes[0]), expiresAt: new Date(now.getTime() + 2 * MESSAGE_AGE_MS) });
}

/**
 * Judges a LogoutResponse read from its signed bytes (SAML core section 3.7.2). That the provider failed, or ended only a
 * part, is an answer too and no refusal; it confirms nothing.
 */
export function judgeLogoutResponse(response: XmlElement, expected: LogoutExpected): Result<LogoutReport, SamlFault> {
  const wrong = judgeEnvelope(response, 'LogoutResponse', expected);
  if (wrong) return fault(wrong);
  const requestId = attribute(response, 'InResponseTo') ?? '';
  if (requestId === '') return fault('wrong-request');
  const code = onlyChild(onlyChild(response, NS.protocol, 'Status'), NS.protocol, 'StatusCode');
  return ok({ requestId, isConfirmed: attribute(code, 'Value') === SUCCESS && code?.children.length === 0 });
}

function judgeEnvelope(message: XmlElement, name: string, { idpEntityId, sloUrl, now }: LogoutExpected): SamlFault | undefined {
  if (message.ns !== NS.protocol || message.name !== name) return 'unexpected-structure';
  if (attribute(message, 'Version') !== '2.0') return 'wrong-version';
  if (!isIssuedBy(message, idpEntityId)) return 'wrong-issuer';
  if (attribute(message, 'Destination') !== sloUrl) return 'wrong-destination';
  return isRecent(attribute(message, 'IssueInstant'), now) ? undefined : 'wrong-time';
}
