import { Inject, Injectable } from '@nestjs/common';
import { custodyState, recordableActs, type CustodyAct, type CustodyEvent, type CustodyState, type ExhibitForm } from '../../../libs/custody/index.js';
import { ok, type ActorRef, type ItemId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import { CONFIG, placeOf, UnitOfWork, type ActContext, type Config, type Placed, type Work } from '../../platform/index.js';
import { Cursors, openPage, type PageInfo, type PageRequest } from '../../platform/graphql/index.js';
import { CaseGate, markedColumns, markingOfRow, printed, printedTogether, type Entered, type MarkedRow } from '../../workspaces/index.js';
import type { Room } from '../domain/room.js';
import { keptSealed, type Scan, type UnscannedRule } from '../domain/scan.js';
import type { Relation } from '../domain/relation.js';
import { custodyOf } from '../store/custody.store.js';
import { latestDisposals, type DisposalRow } from '../store/disposal.store.js';
import { holdsOn, type HoldRow } from '../store/hold.store.js';
import { retentionOf, type RetentionRow } from '../store/retention.store.js';
import { roomOf } from '../store/room.store.js';

/** An exhibit as one reader sees it. */
export interface ExhibitSeen extends MarkedRow {
  readonly id: ItemId;
  readonly workspaceId: WorkspaceId;
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly form: ExhibitForm;
  /** What is said of a file is null of a thing. */
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  /** How it came of another exhibit; which, only where the reader sees that one too. */
  readonly relation: Relation | null;
  readonly originId: ItemId | null;
  readonly originReference: string | null;
  readonly producerName: string;
  readonly depositedAt: Date;
  /** Whether the portal holds the key of the reader's agency. */
  readonly opensHere: boolean;
  /** When its sealed body was last read to its end, and what was found; null before the first time. */
  readonly proof: BodyProof | null;
  /** What was found when it was scanned for malware; null where nobody has looked. */
  readonly scan: ScanSeen | null;
  /** Why it is kept sealed, in words; undefined where it is not. */
  readonly keptSealed: string | undefined;
  /** Whether exhibits are scanned here. */
  readonly isScannedHere: boolean;
  readonly custody: readonly CustodyEvent[];
  readonly state: CustodyState;
  readonly powers: CustodyPowers;
  /** The holds that stand on it, those on its whole investigation included. */
  readonly holds: readonly HoldRow[];
  readonly disposal: DisposalRow | undefined;
  readonly retention: RetentionRow | undefined;
  /** What was made of it, as far as the reader sees it. */
  readonly derived: readonly DerivedExhibit[];
}

/** What reading a sealed body again found. */
interface BodyProof {
  /** Moments as the database writes them in JSON. */
  readonly checkedAt: string;
  readonly outcome: string;
  readonly provenAt: string | null;
}

interface ScanSeen extends Scan {
  /** A moment as the database writes it in JSON. */
  readonly at: string;
}

/** What this reader can do about the custody of an exhibit as it stands. */
export interface CustodyPowers {
  readonly acts: readonly CustodyAct[];
  readonly offer: boolean;
  readonly answer: boolean;
  readonly withdraw: boolean;
  /** Whether it is of the reader's agency, which keeps it or disposes of it. */
  readonly dispose: boolean;
  /** Whether a disposal waits for her decision: one that she has not proposed herself. */
  readonly decide: boolean;
  /** Whether she reviews what is kept sealed because of malware. */
  readonly review: boolean;
}

/** An exhibit that came of another. */
export interface DerivedExhibit {
  readonly id: ItemId;
  readonly reference: string;
  readonly title: string;
  readonly relation: Relation;
}

type Row = Omit<ExhibitSeen, 'keptSealed' | 'isScannedHere' | 'custody' | 'state' | 'powers' | 'derived' | 'holds' | 'disposal' | 'retention'> & Placed;

const PROOF = `(SELECT json_build_object('checkedAt', b.checked_at, 'outcome', b.outcome, 'provenAt', b.proven_at) FROM body_proof b WHERE b.item_id = i.id) AS proof`;

const SCAN = `(SELECT json_build_object('state', s.state, 'code', s.code, 'at', s.scanned_at) FROM exhibit_scan s WHERE s.item_id = i.id) AS scan`;

const SELECT = `SELECT i.id, i.workspace_id AS "workspaceId", x.reference, i.title, x.description, x.file_name AS "fileName",
    x.media_type AS "mediaType", x.size_bytes::float8 AS "sizeBytes", x.sha256, x.form, x.relation, o2.item_id AS "originId", o2.reference AS "originReference",
    x.producer_name AS "producerName", i.created_at AS "depositedAt",
    NOT EXISTS (SELECT FROM agency_key k WHERE k.agency_id = (SELECT law.agency()) AND k.retired_at IS NULL AND NOT k.portal_held)
      AND (NOT EXISTS (SELECT FROM agency_key k WHERE k.agency_id = (SELECT law.agency()) AND k.revoked_at IS NOT NULL)
        OR EXISTS (SELECT FROM agency_key k WHERE k.agency_id = (SELECT law.agency()) AND k.retired_at IS NULL)) AS "opensHere", ${PROOF}, ${SCAN}, ${markedColumns('i', 'o')}, ${placeOf('i.created_at', 'i.id')}
  FROM item i JOIN exhibit x ON x.item_id = i.id JOIN agency o ON o.id = i.originator_agency_id LEFT JOIN exhibit o2 ON o2.item_id = x.derived_from`;

interface ExhibitsPage {
  readonly nodes: ExhibitSeen[];
  readonly pageInfo: PageInfo;
  /** Of the reader's agency. */
  readonly room: Room;
}

/** The exhibits this reader may see, and their chains of custody. Which ones she was shown is recorded. */
@Injectable()
export class ExhibitsOfWorkspace {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly cursors: Cursors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A page of a workspace's exhibits, newest first. `workspaceId` is attacker-controlled. */
  list(context: ActContext, workspaceId: string, request: PageRequest): Promise<Result<ExhibitsPage, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'workspace.read', workspaceId);
      if (!entered.ok) return entered;
      const { row } = entered.value;
      const page = openPage(this.cursors, entered.value.actor, `exhibits:${workspaceId}`, request);
      if (!page.ok) return page;
      const rows = await work.sql<Row>(
        `${SELECT} WHERE i.workspace_id = $1 AND ($2::timestamptz IS NULL OR (i.created_at, i.id) < ($2::timestamptz, $3::uuid))
         ORDER BY i.created_at DESC, i.id DESC LIMIT $4`,
        [workspaceId, ...page.value.after, page.value.first + 1],
      );
      const shown = page.value.close(rows, (row) => row);
      const items = shown.nodes.map(({ id }) => id);
      await this.gate.record(work, { ...entered.value, verb: 'exhibit.read' }, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printedTogether(row, shown.nodes), owner: row.lead.name },
        details: { items, count: items.length },
      });
      const room = await roomOf(work, row.id, entered.value.actor, this.config.upload);
      return ok({ nodes: await withCustody(work, entered.value, shown.nodes, this.config.clamd?.unscanned), pageInfo: shown.pageInfo, room });
    });
  }

  /** One exhibit. `id` is attacker-controlled. */
  find(context: ActContext, id: string): Promise<Result<ExhibitSeen | undefined, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'exhibit.read', id);
      if (!entered.ok) return entered;
      const [seen] = await withCustody(work, entered.value, await work.sql<Row>(`${SELECT} WHERE i.id = $1`, [id]), this.config.clamd?.unscanned);
      if (seen) await this.gate.record(work, entered.value,  {
        subject: { kind: 'exhibit', id, title: seen.title, marking: printed(seen), owner: seen.originator.name },
        details: { items: [id], count: 1 },
      });
      return ok(seen);
    });
  }
}

async function withCustody(work: Work, entered: Entered, rows: readonly Row[], rule: UnscannedRule): Promise<ExhibitSeen[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map(({ id }) => id);
  // Of one page, all in one investigation.
  const [chains, derived, holds, disposals, retentions] = await Promise.all([custodyOf(work, ids), derivedOf(work, ids), holdsOn(work, first.workspaceId, ids), latestDisposals(work, ids), retentionOf(work, ids)]);
  return rows.map((row) => {
    const custody = chains.get(row.id) ?? [];
    const state = custodyState(row.form, custody);
    const disposal = disposals.find(({ itemId }) => itemId === row.id);
    return {
      ...row, custody, state, disposal,
      isScannedHere: rule !== undefined,
      keptSealed: row.form === 'file' ? keptSealed(row.scan ?? undefined, rule)?.message : undefined,
      powers: { ...powersOf(state, entered.actor), ...endOf(row, state, disposal, entered) },
      derived: derived.filter(({ from }) => from === row.id),
      holds: holds.filter(({ itemId }) => itemId === null || itemId === row.id),
      retention: retentions.find(({ itemId }) => itemId === row.id),
    };
  });
}

/** Whether she may, and whether it stands so that it can be done: by two people of the agency it is from. */
function endOf(row: Row, { disposed }: CustodyState, disposal: DisposalRow | undefined, { actor, facts }: Entered): Pick<CustodyPowers, 'dispose' | 'decide' | 'review'> {
  const item = markingOfRow(row);
  const may = (verb: Verb): boolean => !disposed && decide(actor, verb, { ...facts, item }).effect === 'permit';
  const waits = disposal?.decidedAt === null;
  return { dispose: !waits && may('disposal.propose'), decide: waits && disposal.proposedById !== actor.personId && may('disposal.decide'), review: may('exhibit.review') };
}

function derivedOf(work: Work, ids: readonly ItemId[]): Promise<(DerivedExhibit & { readonly from: ItemId })[]> {
  return work.sql(
    `SELECT i.id, x.reference, i.title, x.relation, x.derived_from AS "from" FROM exhibit x JOIN item i ON i.id = x.item_id
     WHERE x.derived_from = ANY ($1::uuid[]) ORDER BY i.created_at, i.id`,
    [ids],
  );
}

/** The same rules by which an act is refused. Who works on no case is shown no exhibit. */
function powersOf(state: CustodyState, { personId, agencyCode }: ActorRef): Omit<CustodyPowers, 'dispose' | 'decide' | 'review'> {
  const { holder, offer, disposed } = state;
  return {
    acts: recordableActs(state, agencyCode),
    offer: !disposed && offer === undefined && holder?.agency === agencyCode,
    answer: offer !== undefined && offer.toAgency === agencyCode && offer.by.id !== personId,
    withdraw: offer?.by.agency === agencyCode,
  };
}
