import type { CustodyAct, CustodyEvent } from './custody-event.js';

/** A link of a chain as it is stored, one column each. */
export interface CustodyRow {
  readonly item_id: string;
  readonly version: 1 | 2;
  readonly seq: number;
  readonly act: CustodyAct;
  readonly at: Date;
  readonly happened_at: Date | null;
  readonly by_id: string;
  readonly by_name: string;
  readonly by_agency: string;
  readonly by_agency_name: string;
  readonly by_roles: readonly string[] | null;
  readonly done_by: string | null;
  readonly sha256: string | null;
  readonly from_party: string | null;
  readonly to_party: string | null;
  readonly to_agency: string | null;
  readonly location: string | null;
  readonly reason: string | null;
  readonly seal_before: string | null;
  readonly seal_after: string | null;
  readonly about: string | null;
  readonly signer: string | null;
  readonly signature: Uint8Array | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The event a stored link says it is. Nothing is believed by reading it: `firstBrokenLink` says whether it holds. */
export function eventOfRow(row: CustodyRow): CustodyEvent {
  return {
    version: row.version,
    exhibit: row.item_id,
    seq: row.seq,
    act: row.act,
    at: row.at,
    happenedAt: row.happened_at ?? undefined,
    by: { id: row.by_id, name: row.by_name, agency: row.by_agency, agencyName: row.by_agency_name, roles: row.by_roles ?? undefined },
    doneBy: row.done_by ?? undefined,
    sha256: row.sha256 ?? undefined,
    from: row.from_party ?? undefined,
    to: row.to_party ?? undefined,
    toAgency: row.to_agency ?? undefined,
    location: row.location ?? undefined,
    reason: row.reason ?? undefined,
    sealBefore: row.seal_before ?? undefined,
    sealAfter: row.seal_after ?? undefined,
    about: row.about ?? undefined,
    signer: row.signer ?? undefined,
    signature: row.signature ?? undefined,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** The columns of an event, in the order of {@link CUSTODY_COLUMNS}. */
export function valuesOfEvent(event: CustodyEvent): readonly unknown[] {
  const { by } = event;
  return [
    event.exhibit, event.version, event.seq, event.act, event.at, event.happenedAt ?? null, by.id, by.name, by.agency, by.agencyName, by.roles ?? null,
    event.doneBy ?? null, event.sha256 ?? null, event.from ?? null, event.to ?? null, event.toAgency ?? null, event.location ?? null, event.reason ?? null,
    event.sealBefore ?? null, event.sealAfter ?? null, event.about ?? null, event.signer ?? null, event.signature ?? null, event.previousHash, event.hash,
  ];
}

/** Every column of a stored link. */
export const CUSTODY_COLUMNS = [
  'item_id', 'version', 'seq', 'act', 'at', 'happened_at', 'by_id', 'by_name', 'by_agency', 'by_agency_name', 'by_roles', 'done_by', 'sha256', 'from_party',
  'to_party', 'to_agency', 'location', 'reason', 'seal_before', 'seal_after', 'about', 'signer', 'signature', 'previous_hash', 'hash',
] as const satisfies readonly (keyof CustodyRow)[];
