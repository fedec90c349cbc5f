import type { ItemId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Scan, ScanState } from '../domain/scan.js';

/** A sealed body that is to be looked at, with what it takes to open it. */
export interface BodyToScan {
  readonly item_id: ItemId;
  readonly reference: string;
  readonly blob_key: string;
  /** Of a key of the portal's that opens it; null where only agencies do. */
  readonly fingerprint: string | null;
  readonly locked_key: Buffer | null;
  readonly packet: Buffer | null;
}

/** One that was looked at before. */
export interface BodyToScanAgain extends BodyToScan {
  readonly state: ScanState;
  /** With which signatures; null where the scanner did not say. */
  readonly signatures: number | null;
}

/** A page of bodies: up to `most` after one. */
export interface Page {
  readonly most: number;
  readonly after: ItemId | null;
}

/** What was found in an exhibit; undefined: nobody has looked yet. */
export async function scanOf(work: Work, item: ItemId): Promise<Scan | undefined> {
  const [row] = await work.sql<Scan>('SELECT state, code FROM exhibit_scan WHERE item_id = $1', [item]);
  return row;
}

/** Those that nobody has looked at; for the job alone, as everything that follows. */
export function bodiesToScan(work: Work, { most, after }: Page): Promise<BodyToScan[]> {
  return work.sql('SELECT * FROM bodies_to_scan($1, $2)', [most, after]);
}

/** Those that were last looked at before a time, and may be found otherwise. */
export function bodiesToScanAgain(work: Work, before: Date, { most, after }: Page): Promise<BodyToScanAgain[]> {
  return work.sql('SELECT * FROM bodies_to_scan_again($1, $2, $3)', [before, most, after]);
}

/**
 * Writes what was found. Only what was last found before a time is written over, and never malware: `kept` where there was something else,
 * as where another process was faster.
 */
export async function recordScan(work: Work, item: ItemId, found: Scan & { readonly signatures: number | undefined }, before: Date | undefined): Promise<'new' | 'changed' | 'same' | 'kept'> {
  const [row] = await work.sql<{ done: 'new' | 'changed' | 'same' | 'kept' }>(
    'SELECT record_scan($1, $2, $3, $4, $5, $6) AS done', [item, work.at, found.state, found.code, found.signatures ?? null, before ?? null]);
  return row?.done ?? 'kept';
}
