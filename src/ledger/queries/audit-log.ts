import { Injectable } from '@nestjs/common';
import { idOf, ok, type Json, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { worksOnCases } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { readEntries, readEntry, type AuditRow } from '../store/audit-rows.js';
import type { EntryDraft } from '../domain/entry-draft.js';
import { workConnection, type LedgerConnection } from '../store/connection.js';
import { readErasureOf } from '../store/erasure-rows.js';
import { readRetiredLeaf } from '../store/retirement-rows.js';
import { seek, type AuditFilter, type AuditPosition, type Order } from '../store/narrowing.js';
import { readSummary } from '../store/summary-rows.js';
import type { ValueCount } from '../domain/value-count.js';
import { countWaiting, readCheckpoints, readHead, type HeadRow } from '../store/tree-rows.js';
import { AuditorReading, isPermitted, readingAll, reasonsOf } from './auditor-reading.js';
import { presentAccess, presentEntry, presentErased, presentRetired, type EntryView } from './present-entry.js';
import { proveEntry } from './prove-entry.js';

/** One page of the log. */
export interface AuditPage {
  readonly entries: readonly EntryView[];
  readonly hasNextPage: boolean;
  /** Counts of what matches, where they were asked for. */
  readonly summary?: readonly ValueCount[] | undefined;
}

/** Which page is asked for. */
export interface PageRequest {
  readonly first: number;
  readonly after: AuditPosition | undefined;
  readonly order?: Order;
  readonly withSummary?: boolean;
}

/** The latest checkpoint, and how many entries wait for the next. */
export interface LedgerHeadView {
  readonly head: HeadRow;
  readonly waiting: number;
  /** The latest checkpoints, newest first. */
  readonly kept: Awaited<ReturnType<typeof readCheckpoints>>;
}

/** Checkpoints an auditor chooses from. */
const KEPT = 20;

const NOTHING: AuditPage = { entries: [], hasNextPage: false };

/** Reading the ledger, which is itself recorded in it. Who may not gets the answer that there is nothing. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    private readonly reading: AuditorReading,
  ) {}

  /** Entries of every agency, newest first. For auditors who have stated a reason. */
  search(context: ActContext, filter: AuditFilter, page: PageRequest): Promise<Result<AuditPage, Refusal>> {
    const details = { filter: JSON.parse(JSON.stringify(filter)) as Record<string, Json> };
    return this.reading.list(context, { verb: 'ledger.search', details }, NOTHING, (work) => readPage(work, filter, page, (row) => presentEntry(row)));
  }

  /** One entry with its proof. For auditors who have stated a reason. */
  entry(context: ActContext, id: string): Promise<Result<EntryView | undefined, Refusal>> {
    const entryId = idOf<'entry'>(id);
    return this.reading.find(context, { verb: 'ledger.read', subject: { kind: 'entry', id } }, async (work) => {
      const connection = workConnection(work);
      const row = entryId && (await readEntry(connection, entryId));
      if (row === undefined) return entryId && leftOf(connection, entryId);
      return presentEntry(row, row.index === null ? undefined : await proveEntry(connection, Number(row.index)));
    });
  }

  /** The latest checkpoint and how many entries wait for the next: no entry, so no reason is asked. For auditors. */
  head(context: ActContext): Promise<LedgerHeadView | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      const found = isPermitted(context, 'ledger.read', work.at) ? await readingAll(work, () => headIn(work)) : undefined;
      const subject = { kind: 'checkpoint', id: 'head' };
      const policy = reasonsOf(context, 'ledger.read', work.at);
      await this.intake.append(work, { verb: 'ledger.read', subject, policy, outcome: found === undefined ? 'refused' : 'done' });
      return found;
    });
  }

  /**
   * Who touched one case: for auditors, who state a reason for it, all of it; for those who work on it what row-level
   * security shows them.
   */
  async access(context: ActContext, workspaceId: string, page: PageRequest): Promise<Result<AuditPage, Refusal>> {
    const id = idOf<'workspace'>(workspaceId);
    if (id === undefined) return ok(NOTHING);
    const draft = { verb: 'access-log.read', workspaceId: id } as const;
    if (isPermitted(context, 'access-log.read', new Date(0))) {
      return this.reading.list(context, draft, NOTHING, (work) => readPage(work, { workspaceId: id }, page, (row) => presentEntry(row)));
    }
    return this.unitOfWork.run(context, async (work) => {
      const ground = worksOnCases(context.actor?.roles ?? []) ? await groundIn(work, id) : undefined;
      // Recorded first, so that she finds this look of hers in the log as well; how many others she finds is not said then.
      await this.intake.append(work, { ...draft, ...ground, outcome: ground ? 'done' : 'refused' });
      if (!ground) return ok(NOTHING);
      return ok(await readPage(work, { workspaceId: id }, page, (row) => presentAccess(row, context.actor?.agencyId, ground.policy === 'lead-agency'), false));
    });
  }
}

async function headIn(work: Work): Promise<LedgerHeadView | undefined> {
  const connection = workConnection(work);
  const head = await readHead(connection);
  return head && { head, waiting: await countWaiting(connection), kept: await readCheckpoints(connection, KEPT) };
}

/**
 * On what ground the actor's agency sees a workspace: the newest clause it is a member under, or the purpose of the
 * investigation where it leads; the purpose is the one she stated in this session where she did. Undefined when it sees none; row-level security decides that.
 */
export async function groundIn(work: Work, id: WorkspaceId): Promise<Pick<EntryDraft, 'agreement' | 'clause' | 'purpose' | 'policy'> | undefined> {
  const [row] = await work.sql<{ agreement: string | null; clause: string | null; purpose: string }>(
    `SELECT a.reference AS agreement, c.code AS clause, coalesce((SELECT s.purpose FROM stated_purpose s WHERE s.workspace_id = w.id), c.purpose, w.purpose) AS purpose
       FROM workspace w
       LEFT JOIN workspace_member m ON m.workspace_id = w.id AND m.agency_id = $2 AND w.lead_agency_id <> $2
        AND m.valid_from <= $3 AND (m.valid_to IS NULL OR $3 < m.valid_to)
       LEFT JOIN agreement a ON a.id = m.agreement_id AND a.status = 'live' AND a.valid_from <= $3 AND $3 < a.valid_to
       LEFT JOIN agreement_clause c ON c.id = m.clause_id AND c.agreement_id = a.id
      WHERE w.id = $1
      ORDER BY a.id IS NULL, m.valid_from DESC
      LIMIT 1`,
    [id, work.context.actor?.agencyId, work.at],
  );
  if (!row) return undefined;
  const { agreement, clause, purpose } = row;
  return agreement === null || clause === null ? { purpose, policy: 'lead-agency' } : { purpose, policy: 'member', agreement, clause };
}

async function readPage(
  work: Work,
  filter: AuditFilter,
  { first, after, order, withSummary = false }: PageRequest,
  present: (row: AuditRow) => EntryView,
  withIndex = true,
): Promise<AuditPage> {
  const connection = workConnection(work, 'once');
  const sought = await seek(connection, filter);
  const rows = await readEntries(connection, sought, { after, limit: first + 1, withIndex, order });
  const summary = withSummary ? await readSummary(connection, sought) : undefined;
  return { entries: rows.slice(0, first).map(present), hasNextPage: rows.length > first, summary };
}

/** What is left of an entry that was erased, or retired with its month; undefined where none was. */
async function leftOf(connection: LedgerConnection, id: string): Promise<EntryView | undefined> {
  const erasure = await readErasureOf(connection, id);
  if (erasure !== undefined) return presentErased(id, erasure, await proveEntry(connection, erasure.facts.index));
  const retired = await readRetiredLeaf(connection, id);
  return retired && presentRetired(id, retired, await proveEntry(connection, retired.index));
}
