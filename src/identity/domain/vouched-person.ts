import { isRole, ok, type Result, type Role } from '../../../libs/kernel/index.js';
import type { AgencyIdp } from './idp.js';
import type { Attributes } from './read-attributes.js';
import { fault, type SamlFault } from './saml-fault.js';

/** Whom an agency vouches for, as far as we believe it. */
export interface VouchedPerson {
  readonly nameId: string;
  readonly displayName: string;
  readonly email: string | undefined;
  readonly initials: string;
  readonly roles: readonly Role[];
}

const LONGEST_NAME = 200;
const EMAIL = /^[^\s@<>",;:\\()[\]\p{C}]{1,64}@[A-Za-z0-9.-]{1,253}$/u;
/** Controls, lone surrogates and everything that reorders text: a name must read as it is stored. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/**
 * The person an assertion describes. Returns a refusal when there is no usable name, or none of the asserted roles is one
 * this agency may give: a person without a role could do nothing but be there.
 */
export function vouchedPerson(nameId: string, attributes: Attributes, idp: AgencyIdp): Result<VouchedPerson, SamlFault> {
  const one = (name: string): string => (attributes.get(name)?.[0] ?? '').normalize('NFC').trim();
  const names = idp.attributes;
  const displayName = one(names.displayName) || `${one(names.givenName)} ${one(names.surname)}`.trim();
  if (displayName === '' || displayName.length > LONGEST_NAME || UNFIT.test(displayName)) return fault('bad-attributes');
  const roles = rolesOf(attributes.get(names.roles) ?? [], idp.rolesAllowed);
  if (roles.length === 0) return fault('no-role');
  const email = one(names.email);
  return ok({
    nameId,
    displayName,
    email: EMAIL.test(email) ? email : undefined,
    initials: initialsOf(one(names.initials), displayName),
    roles,
  });
}

function rolesOf(asserted: readonly string[], allowed: readonly Role[]): Role[] {
  const names = asserted.flatMap((value) => value.split(/[\s,;]+/));
  return [...new Set(names)].filter(isRole).filter((role) => allowed.includes(role)).sort();
}

/** Two to four letters, for exhibit references; made from the name where the directory has none. */
function initialsOf(given: string, displayName: string): string {
  if (/^[A-Za-z]{1,4}$/.test(given)) return given.toUpperCase();
  const letters = displayName.normalize('NFKD').split(/[\s-]+/).map((word) => /[A-Za-z]/.exec(word)?.[0] ?? '').join('');
  return (letters === '' ? 'X' : letters.slice(0, 4)).toUpperCase();
}
