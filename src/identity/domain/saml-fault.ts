import { err, type Err } from '../../../libs/kernel/index.js';

/**
 * Why a SAML message was not believed. For the ledger and the log only: the browser gets one bland answer for all of them,
 * so that an attacker learns nothing from trying. Texts may be filtered by, so they never change.
 */
export type SamlFault =
  | 'malformed-form'
  | 'too-large'
  | 'not-base64'
  | 'not-text'
  | 'forbidden-markup'
  | 'not-well-formed'
  | 'forbidden-namespace'
  | 'too-deep'
  | 'unexpected-structure'
  | 'duplicate-id'
  | 'encrypted'
  | 'forbidden-algorithm'
  | 'unsigned'
  | 'bad-signature'
  | 'library-refused'
  | 'wrong-version'
  | 'wrong-issuer'
  | 'not-success'
  | 'wrong-destination'
  | 'wrong-time'
  | 'wrong-request'
  | 'wrong-subject'
  | 'wrong-recipient'
  | 'wrong-audience'
  | 'wrong-conditions'
  | 'wrong-authentication'
  | 'bad-attributes'
  | 'no-role'
  | 'replayed'
  | 'no-pending-request'
  | 'person-disabled'
  | 'unknown-agency';

/** A refusal of a SAML message. */
export function fault(code: SamlFault): Err<SamlFault> {
  return err(code);
}
