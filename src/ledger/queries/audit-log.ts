import { Injectable } from '@nestjs/common';
import { idOf, type Json, type WorkspaceId } from '../../../libs/kernel/index.js';
import { decide, worksOnCases, type Verb } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import type { EntryDraft } from '../domain/entry-draft.js';
import { readEntries, readEntry, type AuditFilter, type AuditPosition, type AuditRow } from '../store/audit-rows.js';
import { workConnection } from '../store/connection.js';
import { countWaiting, readCheckpoints, readHead, type HeadRow } from '../store/tree-rows.js';
import { presentAccess, presentEntry, type EntryView } from './present-entry.js';
import { proveEntry } from './prove-entry.js';

/** One page of the log. */
export interface AuditPage {
  readonly entries: readonly EntryView[];
  readonly hasNextPage: boolean;
}

/** Which page is asked for. */
export interface PageRequest {
  readonly first: number;
  readonly after: AuditPosition | undefined;
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

/**
 * Reading the ledger, which is itself recorded in it. Who may not gets the answer that there is nothing; the refusal is
 * recorded too.
 */
@Injectable()
export class AuditLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  /** Entries of every agency, newest first. For auditors. */
  async search(context: ActContext, filter: AuditFilter, page: PageRequest): Promise<AuditPage> {
    const details = { filter: JSON.parse(JSON.stringify(filter)) as Record<string, string> };
    return this.asAuditor(context, { verb: 'ledger.search', details }, (work) => readPage(work, filter, page, (row) => presentEntry(row)));
  }

  /** One entry with its proof. For auditors. */
  async entry(context: ActContext, id: string): Promise<EntryView | undefined> {
    const entryId = idOf<'entry'>(id);
    const draft = { verb: 'ledger.read', subject: { kind: 'entry', id } } as const;
    return this.findAsAuditor(context, draft, async (work) => {
      const connection = workConnection(work);
      const row = entryId && (await readEntry(connection, entryId));
      if (row === undefined) return undefined;
      return presentEntry(row, row.index === null ? undefined : await proveEntry(connection, Number(row.index)));
    });
  }

  /** The latest checkpoint and how many entries wait for the next. For auditors. */
  async head(context: ActContext): Promise<LedgerHeadView | undefined> {
    return this.findAsAuditor(context, { verb: 'ledger.read', subject: { kind: 'checkpoint', id: 'head' } }, async (work) => {
      const connection = workConnection(work);
      const head = await readHead(connection);
      return head && { head, waiting: await countWaiting(connection), kept: await readCheckpoints(connection, KEPT) };
    });
  }

  /** Who touched one case: for auditors all of it, for those who work on it what row-level security shows them. */
  async access(context: ActContext, workspaceId: string, page: PageRequest): Promise<AuditPage> {
    const id = idOf<'workspace'>(workspaceId);
    if (id === undefined) return NOTHING;
    const draft = { verb: 'access-log.read', workspaceId: id } as const;
    if (isPermitted(context, 'access-log.read', new Date(0))) {
      return this.asAuditor(context, draft, (work) => readPage(work, { workspaceId: id }, page, (row) => presentEntry(row)));
    }
    return this.unitOfWork.run(context, async (work) => {
      const ground = worksOnCases(context.actor?.roles ?? []) ? await groundIn(work, id) : undefined;
      // Recorded first, so that she finds this look of hers in the log as well; how many others she finds is not said then.
      await this.intake.append(work, { ...draft, ...ground, outcome: ground ? 'done' : 'refused' });
      if (!ground) return NOTHING;
      return readPage(work, { workspaceId: id }, page, (row) => presentAccess(row, context.actor?.agencyId), false);
    });
  }

  /** One thing, which may not be there: then the entry says "refused", as for everybody who asks for what is not. */
  private findAsAuditor<T>(context: ActContext, draft: Omit<EntryDraft, 'outcome'>, read: (work: Work) => Promise<T | undefined>): Promise<T | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      const found = isPermitted(context, draft.verb, work.at) ? await readingAll(work, () => read(work)) : undefined;
      const policy = reasonsOf(context, draft.verb, work.at);
      await this.intake.append(work, { ...draft, policy, outcome: found === undefined ? 'refused' : 'done' });
      return found;
    });
  }

  private asAuditor(context: ActContext, draft: Omit<EntryDraft, 'outcome'>, read: (work: Work) => Promise<AuditPage>): Promise<AuditPage> {
    return this.unitOfWork.run(context, async (work) => {
      const found = isPermitted(context, draft.verb, work.at) ? await readingAll(work, () => read(work)) : undefined;
      const policy = reasonsOf(context, draft.verb, work.at);
      await this.intake.append(work, { ...draft, policy, outcome: found ? 'done' : 'refused', ...counting(draft, found) });
      return found ?? NOTHING;
    });
  }
}

/** What an answer's entry adds to its draft: how many entries the answer held. */
function counting({ details }: Pick<EntryDraft, 'details'>, found: AuditPage | undefined): Pick<EntryDraft, 'details'> {
  return found === undefined ? {} : { details: { ...(details as Readonly<Record<string, Json>> | undefined), count: found.entries.length } };
}

/** Reads with the auditor's rights, and lays them down again, because that role may not record. */
async function readingAll<T>(work: Work, read: () => Promise<T>): Promise<T> {
  await work.sql('SET LOCAL ROLE concordat_auditor');
  const found = await read();
  await work.sql('RESET ROLE');
  return found;
}

/** Whether the actor may by role alone; facts of cases are not the auditor's. */
export function isPermitted({ actor }: ActContext, verb: Verb, at: Date): boolean {
  return decide(actor, verb, { at }).effect === 'permit';
}

/** Why the policy lets the actor or does not, as the entry says it. */
export function reasonsOf({ actor }: ActContext, verb: Verb, at: Date): string {
  return decide(actor, verb, { at }).reasons.join(' ');
}

/**
 * On what ground the actor's agency sees a workspace: the newest clause it is a member under, or the purpose of the
 * investigation where it leads. Undefined when it sees none; row-level security decides that.
 */
async function groundIn(work: Work, id: WorkspaceId): Promise<Pick<EntryDraft, 'agreement' | 'clause' | 'purpose' | 'policy'> | undefined> {
  const [row] = await work.sql<{ agreement: string | null; clause: string | null; purpose: string }>(
    `SELECT a.reference AS agreement, c.code AS clause, coalesce(c.purpose, w.purpose) AS purpose
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
  { first, after }: PageRequest,
  present: (row: AuditRow) => EntryView,
  withIndex = true,
): Promise<AuditPage> {
  const rows = await readEntries(workConnection(work), filter, { after, limit: first + 1, withIndex });
  return { entries: rows.slice(0, first).map(present), hasNextPage: rows.length > first };
}
