/** Who a message claims to be between, and which request it answers. */
export interface Conversation {
  readonly idp: string;
  readonly sp: string;
  readonly acs: string;
  readonly requestId: string;
}

/** Every part of a response that an attacker might change; each starts out right. */
export interface Parts {
  responseId: string;
  responseVersion: string;
  responseInstant: string;
  destination: string;
  inResponseTo: string | undefined;
  responseIssuer: string;
  status: string;
  beforeAssertion: string;
  afterAssertion: string;
  assertionId: string;
  assertionVersion: string;
  assertionInstant: string;
  assertionIssuer: string;
  nameId: string;
  method: string;
  confirmationAttributes: string;
  afterConfirmation: string;
  conditions: string;
  authentication: string;
  attributes: string;
}

const FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
export const PASSWORD_CONTEXT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

/** The victim whose name an attacker would like to have. */
export const VICTIM = 'victim-0001';

/** An instant some seconds from now. */
export function at(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

/** A NameID element. */
export function nameId(text: string, format = FORMAT): string {
  return `<saml:NameID Format="${format}">${text}</saml:NameID>`;
}

/** A Conditions element for one audience. */
export function conditions(audience: string, notBefore = at(-30), notOnOrAfter = at(240)): string {
  return (
    `<saml:Conditions NotBefore="${notBefore}" NotOnOrAfter="${notOnOrAfter}"><saml:AudienceRestriction>` +
    `<saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
  );
}

/** An AuthnStatement. */
export function authentication(context = PASSWORD_CONTEXT, instant = at(0), more = ''): string {
  return (
    `<saml:AuthnStatement AuthnInstant="${instant}" SessionIndex="_session"${more}><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>${context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
  );
}

/** The attributes of SubjectConfirmationData. */
export function confirmation(acs: string, requestId: string, notOnOrAfter = at(240)): string {
  return `InResponseTo="${requestId}" NotOnOrAfter="${notOnOrAfter}" Recipient="${acs}"`;
}

/** One attribute. */
export function attribute(name: string, ...values: string[]): string {
  return `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`;
}

/** An AttributeStatement. */
export function statement(...attributes: string[]): string {
  return `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`;
}

export const GOOD_ATTRIBUTES = [attribute('displayName', 'Vera Victim'), attribute('mail', 'vera@ashworth.example'), attribute('roles', 'environmental-health-officer')];

/** The parts of a response with nothing wrong with it. */
export function goodParts({ idp, sp, acs, requestId }: Conversation): Parts {
  const id = (): string => `_${crypto.randomUUID()}`;
  return {
    responseId: id(),
    responseVersion: '2.0',
    responseInstant: at(0),
    destination: acs,
    inResponseTo: requestId,
    responseIssuer: `<saml:Issuer>${idp}</saml:Issuer>`,
    status: '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
    beforeAssertion: '',
    afterAssertion: '',
    assertionId: id(),
    assertionVersion: '2.0',
    assertionInstant: at(0),
    assertionIssuer: `<saml:Issuer>${idp}</saml:Issuer>`,
    nameId: nameId(VICTIM),
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    confirmationAttributes: confirmation(acs, requestId),
    afterConfirmation: '',
    conditions: conditions(sp),
    authentication: authentication(),
    attributes: statement(...GOOD_ATTRIBUTES),
  };
}

/** The assertion of some parts, unsigned. */
export function renderAssertion(parts: Parts): string {
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.assertionId}" Version="${parts.assertionVersion}" IssueInstant="${parts.assertionInstant}">` +
    `${parts.assertionIssuer}<saml:Subject>${parts.nameId}<saml:SubjectConfirmation Method="${parts.method}">` +
    `<saml:SubjectConfirmationData ${parts.confirmationAttributes}/></saml:SubjectConfirmation>${parts.afterConfirmation}</saml:Subject>` +
    `${parts.conditions}${parts.authentication}${parts.attributes}</saml:Assertion>`
  );
}

/** The response of some parts around this assertion, unsigned. */
export function renderResponse(parts: Parts, assertion: string): string {
  const answers = parts.inResponseTo === undefined ? '' : ` InResponseTo="${parts.inResponseTo}"`;
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.responseId}"` +
    ` Version="${parts.responseVersion}" IssueInstant="${parts.responseInstant}" Destination="${parts.destination}"${answers}>` +
    `${parts.responseIssuer}${parts.status}${parts.beforeAssertion}${assertion}${parts.afterAssertion}</samlp:Response>`
  );
}
