import type { AgencyId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { KeyChange, KeyChangeId, ListedKey } from '../domain/agency-key.js';

const CHANGE = `id, agency_id AS "agencyId", kind, fingerprint, public_key AS "publicKey", reason, proposed_by AS "proposedBy",
  proposed_by_name AS "proposedByName", proposed_at AS "proposedAt", state, settled_by_name AS "settledByName", settled_at AS "settledAt"`;
/** Changes that are shown beside the keys: enough to see what was done lately. */
const SHOWN_CHANGES = 50;

/** The keys of one agency, or of all, newest first. */
export async function listKeys(work: Work, agencyId: AgencyId | undefined): Promise<ListedKey[]> {
  return work.sql(
    `SELECT k.fingerprint, k.agency_id AS "agencyId", a.code AS "agencyCode", a.name AS "agencyName", k.portal_held AS "portalHeld", k.label,
            k.reads_seipd2 AS "readsSeipd2", k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.retired_at AS "retiredAt", k.revoked_at AS "revokedAt"
       FROM agency_key k JOIN agency a ON a.id = k.agency_id WHERE $1::uuid IS NULL OR k.agency_id = $1
      ORDER BY a.name, k.retired_at IS NOT NULL, k.created_at DESC, k.fingerprint`,
    [agencyId ?? null],
  );
}

/** The changes the database shows the actor, newest first. */
export async function listChanges(work: Work): Promise<KeyChange[]> {
  return work.sql(`SELECT ${CHANGE} FROM key_change ORDER BY state = 'waiting' DESC, proposed_at DESC, id LIMIT ${SHOWN_CHANGES}`);
}

/** One change; while it waits it is held until the transaction ends, so that two people do not settle it at once. */
export async function lockChange(work: Work, id: KeyChangeId): Promise<KeyChange | undefined> {
  const [waiting] = await work.sql<KeyChange>(`SELECT ${CHANGE} FROM key_change WHERE id = $1 FOR UPDATE`, [id]);
  // The database lets nobody lock what has been settled; that it was settled may be said.
  return waiting ?? (await work.sql<KeyChange>(`SELECT ${CHANGE} FROM key_change WHERE id = $1`, [id]))[0];
}

/** Whether a change waits already. There is one at a time, so that what is approved is what was looked at. */
export async function isChangeWaiting(work: Work, agencyId: AgencyId): Promise<boolean> {
  return (await work.sql(`SELECT 1 FROM key_change WHERE agency_id = $1 AND state = 'waiting'`, [agencyId])).length > 0;
}

export async function insertChange(work: Work, row: Pick<KeyChange, 'id' | 'agencyId' | 'kind' | 'fingerprint' | 'publicKey' | 'reason' | 'proposedBy' | 'proposedByName'>): Promise<boolean> {
  const inserted = await work.sql(
    `INSERT INTO key_change (id, agency_id, kind, fingerprint, public_key, reason, proposed_by, proposed_by_name, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (agency_id) WHERE state = 'waiting' DO NOTHING RETURNING id`,
    [row.id, row.agencyId, row.kind, row.fingerprint, row.publicKey, row.reason, row.proposedBy, row.proposedByName, work.at],
  );
  return inserted.length > 0;
}

export async function settleChange(work: Work, id: KeyChangeId, state: 'done' | 'withdrawn', by: { readonly id: PersonId; readonly name: string }): Promise<void> {
  await work.sql(`UPDATE key_change SET state = $2, settled_by = $3, settled_by_name = $4, settled_at = $5 WHERE id = $1`, [id, state, by.id, by.name, work.at]);
}

/** An agency's key, whether in use or retired; undefined for another agency's. */
export async function findKey(work: Work, agencyId: AgencyId, fingerprint: string): Promise<Pick<ListedKey, 'fingerprint' | 'retiredAt' | 'revokedAt'> | undefined> {
  const [row] = await work.sql<Pick<ListedKey, 'fingerprint' | 'retiredAt' | 'revokedAt'>>(
    `SELECT fingerprint, retired_at AS "retiredAt", revoked_at AS "revokedAt" FROM agency_key WHERE agency_id = $1 AND fingerprint = $2`, [agencyId, fingerprint]);
  return row;
}

/** Whether any agency has registered this key, ever. Public keys are known to all. */
export async function isKeyKnown(work: Work, fingerprint: string): Promise<boolean> {
  return (await work.sql('SELECT 1 FROM agency_key WHERE fingerprint = $1', [fingerprint])).length > 0;
}

/** Takes the key in use, if there is one, out of use. */
export async function retireInUse(work: Work, agencyId: AgencyId): Promise<void> {
  await work.sql('UPDATE agency_key SET retired_at = $2 WHERE agency_id = $1 AND retired_at IS NULL', [agencyId, work.at]);
}

export async function revokeKey(work: Work, agencyId: AgencyId, fingerprint: string): Promise<void> {
  await work.sql('UPDATE agency_key SET retired_at = coalesce(retired_at, $3), revoked_at = $3 WHERE agency_id = $1 AND fingerprint = $2', [agencyId, fingerprint, work.at]);
}
