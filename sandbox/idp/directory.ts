import { createHash } from 'node:crypto';

/** One person of an agency's directory. */
export interface DirectoryPerson {
  /** Code of the agency; its mail addresses end in it. */
  readonly agency: string;
  readonly userName: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

/** A persistent NameID: opaque, stable, and different at every identity provider (SAML core section 8.3.7). */
export function nameIdOf(entityId: string, person: DirectoryPerson): string {
  return createHash('sha256').update(`${entityId}\0${person.userName}`).digest('base64url').slice(0, 32);
}

/** What this provider says of a person, by attribute name. */
export function attributesOf(person: DirectoryPerson): Readonly<Record<string, readonly string[]>> {
  const words = person.displayName.split(' ');
  return {
    displayName: [person.displayName],
    givenName: [words[0] ?? ''],
    sn: [words.slice(1).join(' ')],
    mail: [`${person.userName}@${person.agency}.example`],
    initials: [words.map((word) => word.charAt(0)).join('')],
    roles: person.roles,
  };
}
