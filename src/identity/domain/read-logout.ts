import { ok, type Result } from '../../../libs/kernel/index.js';
import { readPostedMessage } from './read-message.js';
import { readRedirect } from './redirect-signature.js';
import { fault, type SamlFault } from './saml-fault.js';
import { checkIds, checkSignatureShape } from './scan-signatures.js';
import { signedRoot } from './signed-bytes.js';
import { parseXml, type XmlElement } from './xml-tree.js';

/** The parameter a logout message comes in, which says whether it asks or answers. */
export type MessageKind = 'SAMLRequest' | 'SAMLResponse';

/** A logout message by either binding. All of it attacker-controlled. */
export interface LogoutInput {
  readonly agencyCode: string;
  /** The query string as it was sent, for the HTTP-Redirect binding. */
  readonly query?: string;
  /** The posted fields, for the HTTP-POST binding. */
  readonly form?: { readonly SAMLRequest?: unknown; readonly SAMLResponse?: unknown; readonly RelayState?: unknown };
}

/** A logout message as its signed bytes say it. */
export interface LogoutMessage {
  readonly root: XmlElement;
  readonly relayState: string;
}

/** Which kind of message this looks like. Nothing rests on it: each reader refuses the other kind. */
export function kindOf({ query, form }: LogoutInput): MessageKind {
  const has = (name: MessageKind): boolean => (form ? form[name] !== undefined : new URLSearchParams(query).has(name));
  return has('SAMLResponse') && !has('SAMLRequest') ? 'SAMLResponse' : 'SAMLRequest';
}

/** The message of this kind, if one of `certificates` signed it. */
export function readLogout(input: LogoutInput, kind: MessageKind, certificates: readonly string[]): Result<LogoutMessage, SamlFault> {
  return input.form ? readForm(input.form, kind, certificates) : readQuery(input.query ?? '', kind, certificates);
}

function readForm(form: NonNullable<LogoutInput['form']>, kind: MessageKind, certificates: readonly string[]): Result<LogoutMessage, SamlFault> {
  const text = readPostedMessage(form[kind]);
  if (!text.ok) return text;
  const sent = parseXml(text.value);
  if (!sent.ok) return sent;
  const ids = checkIds(sent.value);
  if (!ids.ok) return ids;
  const shape = checkSignatureShape(sent.value);
  if (!shape.ok) return shape;
  const signed = signedRoot(text.value, certificates);
  const root = signed.ok ? parseXml(signed.value) : signed;
  return root.ok ? ok({ root: root.value, relayState: typeof form.RelayState === 'string' ? form.RelayState : '' }) : root;
}

function readQuery(query: string, kind: MessageKind, certificates: readonly string[]): Result<LogoutMessage, SamlFault> {
  const redirect = readRedirect(query, certificates);
  if (!redirect.ok) return redirect;
  if (redirect.value.kind !== kind) return fault('malformed-form');
  const root = parseXml(redirect.value.xml);
  return root.ok ? ok({ root: root.value, relayState: redirect.value.relayState ?? '' }) : root;
}
