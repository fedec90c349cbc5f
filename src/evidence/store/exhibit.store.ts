import type { AgencyId, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Relation } from '../domain/relation.js';
import type { LockedKey } from './agency-keys.js';

/** What is particular to an exhibit, beside its item row. */
export interface ExhibitRow {
  readonly itemId: ItemId;
  readonly reference: string;
  readonly producerId: PersonId;
  readonly producerName: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly blobKey: string;
  readonly description: string;
}

/** What an exhibit that is made of another says of it. */
export interface Derived {
  readonly derivedFrom: ItemId | null;
  readonly relation: Relation | null;
}

/** A session-key packet: what lets one agency open one exhibit. */
export interface PacketRow {
  readonly agencyId: AgencyId;
  readonly fingerprint: string;
  readonly packet: Buffer;
}

const COLUMNS = `item_id AS "itemId", reference, producer_id AS "producerId", producer_name AS "producerName", file_name AS "fileName",
  media_type AS "mediaType", size_bytes::float8 AS "sizeBytes", sha256, blob_key AS "blobKey", description`;

export async function insertExhibit(work: Work, row: ExhibitRow & Derived): Promise<void> {
  await work.sql(
    `INSERT INTO exhibit (item_id, reference, producer_id, producer_name, file_name, media_type, size_bytes, sha256, blob_key, description,
       derived_from, relation)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [row.itemId, row.reference, row.producerId, row.producerName, row.fileName, row.mediaType, row.sizeBytes, row.sha256, row.blobKey, row.description,
      row.derivedFrom, row.relation],
  );
}

/** An exhibit that is a file; of any other there is nothing to open. */
export async function findExhibit(work: Work, id: ItemId): Promise<ExhibitRow | undefined> {
  const [row] = await work.sql<ExhibitRow>(`SELECT ${COLUMNS} FROM exhibit WHERE item_id = $1 AND form = 'file'`, [id]);
  return row;
}

/** The agencies that may see an item under the law as it stands now. Nobody learns of an item this way that she cannot see. */
export async function agenciesThatSee(work: Work, id: ItemId): Promise<{ readonly id: AgencyId; readonly name: string }[]> {
  return work.sql(
    `SELECT a.id, a.name FROM agency a WHERE a.id IN (SELECT law.agencies_that_may_see_item($1)) ORDER BY a.name`,
    [id],
  );
}

/** Adds a packet: this is what sharing evidence is. Adding it twice changes nothing. */
export async function insertPacket(work: Work, id: ItemId, { agencyId, fingerprint, packet }: PacketRow): Promise<void> {
  await work.sql(
    `INSERT INTO exhibit_packet (item_id, agency_id, key_fingerprint, packet, added_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [id, agencyId, fingerprint, packet, work.at],
  );
}

/** Every packet of an exhibit. */
export async function packetsOf(work: Work, id: ItemId): Promise<PacketRow[]> {
  return work.sql(
    `SELECT agency_id AS "agencyId", key_fingerprint AS fingerprint, packet FROM exhibit_packet WHERE item_id = $1 ORDER BY added_at, agency_id`,
    [id],
  );
}

/**
 * The locked keys that open an exhibit for the acting agency: its own or, where it has no packet yet, the originator's.
 * The database gives no others, and these only while the agency may see the exhibit.
 */
export async function lockedKeysOf(work: Work, id: ItemId): Promise<LockedKey[]> {
  return work.sql('SELECT fingerprint, locked_key AS "lockedKey" FROM locked_keys_of_exhibit($1)', [id]);
}
