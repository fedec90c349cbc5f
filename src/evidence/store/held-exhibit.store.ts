import { referenceOfPart, type ExhibitForm } from '../../../libs/custody/index.js';
import type { AgencyId, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Derived } from './exhibit.store.js';

/** An exhibit of either form, as far as its custody needs it. */
export interface HeldExhibit {
  readonly itemId: ItemId;
  readonly reference: string;
  readonly form: ExhibitForm;
  /** Of the file; null of a thing. */
  readonly sha256: string | null;
}

export async function findHeld(work: Work, id: ItemId): Promise<HeldExhibit | undefined> {
  const [row] = await work.sql<HeldExhibit>('SELECT item_id AS "itemId", reference, form, sha256 FROM exhibit WHERE item_id = $1', [id]);
  return row;
}

/** What is particular to a physical exhibit, beside its item row. */
export interface NewThing extends Derived {
  readonly itemId: ItemId;
  readonly reference: string;
  readonly producerId: PersonId;
  readonly producerName: string;
  readonly description: string;
}

export async function insertThing(work: Work, row: NewThing): Promise<void> {
  await work.sql(
    `INSERT INTO exhibit (item_id, form, reference, producer_id, producer_name, description, derived_from, relation)
     VALUES ($1, 'physical', $2, $3, $4, $5, $6, $7)`,
    [row.itemId, row.reference, row.producerId, row.producerName, row.description, row.derivedFrom, row.relation],
  );
}

/**
 * The next reference below an exhibit, or undefined where it would be too long. Once taken the number is never given again, whatever
 * becomes of the upload.
 */
export async function takePartReference(work: Work, { itemId, reference }: HeldExhibit): Promise<string | undefined> {
  if (referenceOfPart(reference, 1) === undefined) return undefined;
  const [row] = await work.sql<{ last: number }>(
    `INSERT INTO exhibit_part_number (item_id, last) VALUES ($1, 1)
     ON CONFLICT (item_id) DO UPDATE SET last = exhibit_part_number.last + 1 RETURNING last`,
    [itemId],
  );
  return row && referenceOfPart(reference, row.last);
}

/** An agency that may see the exhibit now; another is as absent as none. */
export async function seeingAgency(work: Work, id: ItemId, agency: AgencyId): Promise<{ readonly code: string; readonly name: string } | undefined> {
  const [row] = await work.sql<{ code: string; name: string }>('SELECT code, name FROM agency WHERE id = $2 AND id IN (SELECT law.agencies_that_may_see_item($1))', [id, agency]);
  return row;
}
