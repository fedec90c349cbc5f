import type { SamlFault } from '../../../src/identity/domain/saml-fault.js';
import { fieldsFor, type Attempt, type Fields } from './attempt.js';
import { keyOf, signedResponse, type Signing } from './sign.js';
import type { Parts } from './message.js';

/** One attack: what the attacker sends in answer to a pending request, and for which reason it must be refused. */
export interface Vector {
  readonly name: string;
  readonly reason: SamlFault;
  readonly make: (attempt: Attempt) => Fields;
}

export const ASHWORTH = keyOf('ashworth');

/** An attack that is this XML. */
export function xmlVector(name: string, reason: SamlFault, make: (attempt: Attempt) => string): Vector {
  return { name, reason, make: (attempt) => fieldsFor(attempt, make(attempt)) };
}

/** An attack in which the agency's own key signed wrong parts: as if another of its services had been asked to. */
export function partsVector(name: string, reason: SamlFault, change: (attempt: Attempt) => Partial<Parts>, signing: Partial<Signing> = {}): Vector {
  return xmlVector(name, reason, (attempt) => signedResponse(attempt, { key: ASHWORTH, ...signing }, change(attempt)));
}

/** A good response with its text changed after signing. */
export function textVector(name: string, reason: SamlFault, change: (xml: string, attempt: Attempt) => string): Vector {
  return xmlVector(name, reason, (attempt) => change(signedResponse(attempt, { key: ASHWORTH }), attempt));
}
