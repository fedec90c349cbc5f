import { ok, type Result } from '../../../libs/kernel/index.js';
import { hasCome, instantOf, isAhead, isRecent } from './instants.js';
import { readAttributes, type Attributes } from './read-attributes.js';
import { fault, type SamlFault } from './saml-fault.js';
import { BEARER, ENTITY, NS, PERSISTENT, SUCCESS } from './saml-names.js';
import { attribute, childrenOf, onlyChild, textOf, type XmlElement } from './xml-tree.js';

/** What a response must say to be meant for us, now, by this agency. */
export interface Expected {
  readonly idpEntityId: string;
  readonly spEntityId: string;
  readonly acsUrl: string;
  readonly authnContexts: readonly string[];
  readonly now: Date;
}

/** What a believed response says. */
export interface Statement {
  readonly requestId: string;
  readonly assertionId: string;
  /** After this the assertion is of no use to anybody, so that its id need not be remembered. */
  readonly expiresAt: Date;
  readonly nameId: string;
  /** The qualifiers of the name, where it has any: its agency knows it again only with them. */
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
  readonly sessionIndex: string | undefined;
  /** When the agency wants the session to end, if it says so. */
  readonly sessionEndsAt: Date | undefined;
  readonly attributes: Attributes;
}

type Check = SamlFault | undefined;

const KNOWN_CONDITIONS = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'];
const LONGEST_NAME_ID = 256;
const LONGEST_QUALIFIER = 1024;

/**
 * Judges a Response read from its signed bytes, and nothing but those (SAML profiles section 4.1.4.2, core section 2).
 *
 * Returns what it states, or the first thing wrong with it.
 */
export function judgeResponse(response: XmlElement, expected: Expected): Result<Statement, SamlFault> {
  const assertion = onlyChild(response, NS.assertion, 'Assertion');
  if (!assertion) return fault('unexpected-structure');
  const wrong =
    judgeEnvelope(response, expected) ??
    judgeIssue(assertion, expected) ??
    judgeSubject(assertion, attribute(response, 'InResponseTo'), expected) ??
    judgeConditions(onlyChild(assertion, NS.assertion, 'Conditions'), expected) ??
    judgeAuthentication(assertion, expected);
  return wrong ? fault(wrong) : statementOf(response, assertion);
}

function judgeEnvelope(response: XmlElement, expected: Expected): Check {
  const status = onlyChild(response, NS.protocol, 'Status');
  const code = onlyChild(status, NS.protocol, 'StatusCode');
  if (attribute(response, 'Version') !== '2.0') return 'wrong-version';
  if (!isIssuedBy(response, expected.idpEntityId)) return 'wrong-issuer';
  if (attribute(code, 'Value') !== SUCCESS || code?.children.length !== 0) return 'not-success';
  if (attribute(response, 'Destination') !== expected.acsUrl) return 'wrong-destination';
  return isRecent(attribute(response, 'IssueInstant'), expected.now) ? undefined : 'wrong-time';
}

function judgeIssue(assertion: XmlElement, expected: Expected): Check {
  if (attribute(assertion, 'Version') !== '2.0') return 'wrong-version';
  if (!isIssuedBy(assertion, expected.idpEntityId)) return 'wrong-issuer';
  return isRecent(attribute(assertion, 'IssueInstant'), expected.now) ? undefined : 'wrong-time';
}

/** Whether an element names exactly this entity as its issuer, in the form an entity is named. */
export function isIssuedBy(element: XmlElement, entityId: string): boolean {
  const issuer = onlyChild(element, NS.assertion, 'Issuer');
  const format = attribute(issuer, 'Format');
  return textOf(issuer) === entityId && (format === undefined || format === ENTITY);
}

/** Of a bearer confirmation everything is demanded; any second confirmation, however harmless, is refused. */
function judgeSubject(assertion: XmlElement, requestId: string | undefined, expected: Expected): Check {
  const subject = onlyChild(assertion, NS.assertion, 'Subject');
  const confirmation = onlyChild(subject, NS.assertion, 'SubjectConfirmation');
  const data = onlyChild(confirmation, NS.assertion, 'SubjectConfirmationData');
  if (!subject || !isPersistentName(onlyChild(subject, NS.assertion, 'NameID'))) return 'wrong-subject';
  if (subject.children.length !== 2 || attribute(confirmation, 'Method') !== BEARER) return 'wrong-subject';
  if (!data || confirmation?.children.length !== 1 || data.children.length > 0) return 'wrong-subject';
  if (attribute(data, 'Recipient') !== expected.acsUrl) return 'wrong-recipient';
  if (attribute(data, 'NotBefore') !== undefined) return 'wrong-time';
  if (!isAhead(attribute(data, 'NotOnOrAfter'), expected.now)) return 'wrong-time';
  const isOneRequest = requestId !== undefined && requestId !== '' && attribute(data, 'InResponseTo') === requestId;
  return isOneRequest ? undefined : 'wrong-request';
}

function isPersistentName(nameId: XmlElement | undefined): boolean {
  const name = textOf(nameId) ?? '';
  const isPlain = name !== '' && name.length <= LONGEST_NAME_ID && name === name.trim() && !/\p{C}/u.test(name);
  const isQualified = ['NameQualifier', 'SPNameQualifier'].every((one) => (attribute(nameId, one) ?? '').length <= LONGEST_QUALIFIER);
  return isPlain && isQualified && attribute(nameId, 'Format') === PERSISTENT;
}

function judgeConditions(conditions: XmlElement | undefined, { spEntityId, now }: Expected): Check {
  if (!conditions) return 'wrong-conditions';
  if (!conditions.children.every(({ ns, name }) => ns === NS.assertion && KNOWN_CONDITIONS.includes(name))) return 'wrong-conditions';
  const notBefore = attribute(conditions, 'NotBefore');
  if (notBefore !== undefined && !hasCome(notBefore, now)) return 'wrong-time';
  if (!isAhead(attribute(conditions, 'NotOnOrAfter'), now)) return 'wrong-time';
  const restriction = onlyChild(conditions, NS.assertion, 'AudienceRestriction');
  // An assertion that others may use too could have been got from one of them.
  const isForUs = restriction?.children.length === 1 && textOf(onlyChild(restriction, NS.assertion, 'Audience')) === spEntityId;
  return isForUs ? undefined : 'wrong-audience';
}

function judgeAuthentication(assertion: XmlElement, { authnContexts, now }: Expected): Check {
  const statement = onlyChild(assertion, NS.assertion, 'AuthnStatement');
  const context = onlyChild(statement, NS.assertion, 'AuthnContext');
  const reference = textOf(onlyChild(context, NS.assertion, 'AuthnContextClassRef'));
  if (reference === undefined || !authnContexts.includes(reference)) return 'wrong-authentication';
  if (!hasCome(attribute(statement, 'AuthnInstant'), now)) return 'wrong-time';
  const ends = attribute(statement, 'SessionNotOnOrAfter');
  return ends === undefined || isAhead(ends, now) ? undefined : 'wrong-time';
}

function statementOf(response: XmlElement, assertion: XmlElement): Result<Statement, SamlFault> {
  const attributes = readAttributes(childrenOf(assertion, NS.assertion, 'AttributeStatement'));
  if (!attributes.ok) return attributes;
  const subject = onlyChild(assertion, NS.assertion, 'Subject');
  const name = onlyChild(subject, NS.assertion, 'NameID');
  const authentication = onlyChild(assertion, NS.assertion, 'AuthnStatement');
  const conditions = onlyChild(assertion, NS.assertion, 'Conditions');
  const confirmation = onlyChild(subject, NS.assertion, 'SubjectConfirmation');
  const data = onlyChild(confirmation, NS.assertion, 'SubjectConfirmationData');
  const ends = [attribute(conditions, 'NotOnOrAfter'), attribute(data, 'NotOnOrAfter')].map((text) => instantOf(text) ?? 0);
  const sessionEnds = instantOf(attribute(authentication, 'SessionNotOnOrAfter'));
  return ok({
    requestId: attribute(response, 'InResponseTo') ?? '',
    assertionId: attribute(assertion, 'ID') ?? '',
    expiresAt: new Date(Math.max(...ends)),
    nameId: textOf(name) ?? '',
    nameQualifier: attribute(name, 'NameQualifier'),
    spNameQualifier: attribute(name, 'SPNameQualifier'),
    sessionIndex: attribute(authentication, 'SessionIndex'),
    sessionEndsAt: sessionEnds === undefined ? undefined : new Date(sessionEnds),
    attributes: attributes.value,
  });
}
