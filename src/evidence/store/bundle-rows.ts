import type { ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { markedColumns, type MarkedRow } from '../../workspaces/index.js';

/** A physical exhibit as a bundle tells of it. */
export interface BundleThingRow extends MarkedRow {
  readonly id: ItemId;
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly producer: string;
  readonly depositedAt: Date;
}

/** An exhibit as a bundle tells of it. */
export interface BundleRow extends BundleThingRow {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * The exhibits of a workspace that this reader sees, or those of them that were chosen, in the order in which all who work on them
 * at once hold their chains.
 */
export async function exhibitsForBundle(work: Work, workspaceId: WorkspaceId, chosen: readonly string[] | undefined, limit: number): Promise<readonly BundleRow[]> {
  return work.sql<BundleRow>(
    `SELECT i.id, x.reference, i.title, x.description, x.file_name AS "fileName", x.media_type AS "mediaType", x.size_bytes::float8 AS size, x.sha256,
       x.producer_name AS producer, i.created_at AS "depositedAt", ${markedColumns('i', 'o')}
     FROM item i JOIN exhibit x ON x.item_id = i.id JOIN agency o ON o.id = i.originator_agency_id
     WHERE i.workspace_id = $1 AND ($2::text[] IS NULL OR i.id::text = ANY ($2)) AND x.sha256 IS NOT NULL
       AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved) ORDER BY i.id LIMIT $3`,
    [workspaceId, chosen ?? null, limit],
  );
}

/** The physical exhibits among them, which have no bytes and so nothing to open. */
export async function thingsForBundle(work: Work, workspaceId: WorkspaceId, chosen: readonly string[] | undefined, limit: number): Promise<readonly BundleThingRow[]> {
  return work.sql<BundleThingRow>(
    `SELECT i.id, x.reference, i.title, x.description, x.producer_name AS producer, i.created_at AS "depositedAt", ${markedColumns('i', 'o')}
     FROM item i JOIN exhibit x ON x.item_id = i.id JOIN agency o ON o.id = i.originator_agency_id
     WHERE i.workspace_id = $1 AND ($2::text[] IS NULL OR i.id::text = ANY ($2)) AND x.form = 'physical'
       AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved) ORDER BY i.id LIMIT $3`,
    [workspaceId, chosen ?? null, limit],
  );
}

/** The public keys that these fingerprints name, of agencies and of the portal. */
export async function publicKeys(work: Work, fingerprints: readonly string[]): Promise<readonly { readonly fingerprint: string; readonly publicKey: Buffer }[]> {
  return work.sql(
    `SELECT fingerprint, public_key AS "publicKey" FROM agency_key WHERE fingerprint = ANY ($1)
     UNION ALL SELECT fingerprint, public_key FROM portal_key WHERE fingerprint = ANY ($1) ORDER BY 1`,
    [fingerprints],
  );
}
