import type { CustodyAct, CustodyEvent } from './custody-chain.js';

/** A link of a chain as it is stored, one column each. */
export interface CustodyRow {
  readonly item_id: string;
  readonly seq: number;
  readonly act: CustodyAct;
  readonly at: Date;
  readonly by_id: string;
  readonly by_name: string;
  readonly by_agency: string;
  readonly by_agency_name: string;
  readonly sha256: string;
  readonly from_party: string | null;
  readonly to_party: string | null;
  readonly reason: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The event a stored link says it is. Nothing is believed by reading it: `firstBrokenLink` says whether it holds. */
export function eventOfRow(row: CustodyRow): CustodyEvent {
  return {
    exhibit: row.item_id,
    seq: row.seq,
    act: row.act,
    at: row.at,
    by: { id: row.by_id, name: row.by_name, agency: row.by_agency, agencyName: row.by_agency_name },
    sha256: row.sha256,
    from: row.from_party ?? undefined,
    to: row.to_party ?? undefined,
    reason: row.reason ?? undefined,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
