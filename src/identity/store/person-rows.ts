import { randomUUID } from 'node:crypto';
import type { PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { AgencyIdp } from '../domain/idp.js';
import type { VouchedPerson } from '../domain/vouched-person.js';

/** A person as the sign-in needs her. */
export interface KnownPerson {
  readonly id: PersonId;
  readonly displayName: string;
  readonly isDisabled: boolean;
}

interface PersonRow {
  id: PersonId;
  display_name: string;
  disabled_at: Date | null;
}

/**
 * The person behind a persistent NameID of this identity provider: made on her first sign-in, brought up to date on every
 * later one. E-mail never identifies anybody: addresses are reassigned.
 */
export async function provisionPerson(work: Work, idp: AgencyIdp, vouched: VouchedPerson): Promise<KnownPerson> {
  const known = await updatePerson(work, idp, vouched);
  return known ?? insertPerson(work, idp, vouched);
}

async function updatePerson(work: Work, idp: AgencyIdp, vouched: VouchedPerson): Promise<KnownPerson | undefined> {
  const [row] = await work.sql<PersonRow>(
    `UPDATE person SET display_name = $1, email = $2, initials = $3, roles = $4
     WHERE idp_entity_id = $5 AND name_id = $6 AND agency_id = $7 RETURNING id, display_name, disabled_at`,
    [vouched.displayName, vouched.email ?? null, vouched.initials, vouched.roles, idp.entityId, vouched.nameId, idp.agencyId],
  );
  return row && personOf(row);
}

/** Exhibits are named after their producer, so two people never share exhibit initials. The lock lets one choose at a time. */
async function insertPerson(work: Work, idp: AgencyIdp, vouched: VouchedPerson): Promise<KnownPerson> {
  await work.sql(`SELECT pg_advisory_xact_lock(hashtext('concordat exhibit initials'))`);
  const already = await updatePerson(work, idp, vouched);
  if (already) return already;
  const [row] = await work.sql<PersonRow>(
    `INSERT INTO person (id, agency_id, idp_entity_id, name_id, display_name, email, initials, exhibit_initials, roles, created_at)
     SELECT $1, $2, $3, $4, $5, $6, $7::text,
       (SELECT candidate FROM (SELECT n, CASE n WHEN 1 THEN $7::text ELSE $7::text || n END AS candidate FROM generate_series(1, 100000) n) c
        WHERE NOT EXISTS (SELECT FROM person p WHERE p.exhibit_initials = c.candidate) ORDER BY n LIMIT 1),
       $8, $9
     RETURNING id, display_name, disabled_at`,
    [
      randomUUID(), idp.agencyId, idp.entityId, vouched.nameId, vouched.displayName, vouched.email ?? null,
      vouched.initials, vouched.roles, work.at,
    ],
  );
  if (!row) throw new Error('A person could not be made.');
  return personOf(row);
}

function personOf({ id, display_name, disabled_at }: PersonRow): KnownPerson {
  return { id, displayName: display_name, isDisabled: disabled_at !== null };
}

/** Marks a person as disabled. Answers her id and agency, or undefined when there is none or she is disabled already. */
export async function disablePerson(work: Work, personId: string): Promise<{ displayName: string; agencyCode: string } | undefined> {
  const [row] = await work.sql<{ display_name: string; code: string }>(
    `UPDATE person SET disabled_at = $1 FROM agency a
     WHERE person.id = $2 AND person.disabled_at IS NULL AND a.id = person.agency_id RETURNING display_name, a.code`,
    [work.at, personId],
  );
  return row && { displayName: row.display_name, agencyCode: row.code };
}
