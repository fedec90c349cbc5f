import { Injectable } from '@nestjs/common';
import { err, invalid, ok, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Cursors, EMPTY_PAGE, openPage, type OpenPage, type PageRequest } from '../../platform/graphql/index.js';
import { type ActContext, type Placed, placeOf, UnitOfWork, type Work } from '../../platform/index.js';
import type { WorkspaceConnectionView, WorkspaceSummaryView } from '../api/workspace.views.js';
import { CaseGate, type Listing } from '../commands/case-gate.js';
import { levelOf, printed } from '../domain/printed-marking.js';
import { SIGHT } from '../store/scope.js';
import { WORKSPACE_COLUMNS, type WorkspaceRow } from '../store/workspace.store.js';

const TABS = ['mine', 'agency', 'all'] as const;
const STATUSES = ['open', 'closed'] as const;

/** Which investigations. Attacker-controlled. */
export interface WorkspacesWanted extends PageRequest {
  /** `mine`: opened or added to by the reader. `agency` and `all`: every one her agency takes part in. */
  readonly tab: string;
  readonly status: string | null | undefined;
}

type Listed = WorkspaceRow & Placed;

/** The investigations in a reader's sight, newest first. */
@Injectable()
export class WorkspaceList {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly ledger: LedgerIntake,
    private readonly cursors: Cursors,
    private readonly access: AccessFacts,
  ) {}

  list(context: ActContext, wanted: WorkspacesWanted): Promise<Result<WorkspaceConnectionView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterList(work, 'workspace.list');
      if (!entered.ok) return ok(EMPTY_PAGE);
      const page = this.open(entered.value.actor, wanted);
      if (!page.ok) return page;
      const rows = await find(work, entered.value.actor, wanted, page.value);
      const view = page.value.close(rows, summaryOf);
      await this.record(work, entered.value, wanted, rows.slice(0, view.nodes.length));
      return ok(view);
    }, 'across');
  }

  private open(actor: ActorRef, wanted: WorkspacesWanted): Result<OpenPage, Refusal> {
    const { tab, status = null } = wanted;
    if (!isOneOf(TABS, tab)) return err(invalid([{ field: 'tab', message: 'Choose one of the tabs mine, agency and all.' }]));
    if (status !== null && !isOneOf(STATUSES, status)) return err(invalid([{ field: 'status', message: 'Choose open or closed, or leave it out.' }]));
    return openPage(this.cursors, actor, `workspaces:${tab}:${status ?? ''}`, wanted);
  }

  private async record(work: Work, { policy }: Listing, { tab, status }: WorkspacesWanted, shown: readonly Listed[]): Promise<void> {
    const cases = await this.access.answered(work, shown.map((row) => ({ ...levelOf(row), workspaceId: row.id, reference: row.reference })));
    const details = { tab, status: status ?? null, workspaces: shown.map(({ id }) => id), cases, count: shown.length };
    await this.ledger.append(work, { verb: 'workspace.list', outcome: 'done', policy, details });
  }
}

async function find(work: Work, actor: ActorRef, { tab, status = null }: WorkspacesWanted, page: OpenPage): Promise<Listed[]> {
  return work.sql<Listed>(
    `SELECT ${WORKSPACE_COLUMNS}, ${placeOf('w.created_at', 'w.id')}
       FROM workspace w
       JOIN (${SIGHT}) sight ON sight.workspace_id = w.id
       JOIN agency lead ON lead.id = w.lead_agency_id
      WHERE ($3::text IS NULL OR w.status = $3)
        AND ($4::uuid IS NULL OR w.created_by = $4 OR EXISTS (SELECT FROM item i WHERE i.workspace_id = w.id AND i.created_by = $4))
        AND ($5::timestamptz IS NULL OR (w.created_at, w.id) < ($5::timestamptz, $6::uuid))
      ORDER BY w.created_at DESC, w.id DESC LIMIT $7`,
    [actor.agencyId, work.at, status, tab === 'mine' ? actor.personId : null, ...page.after, page.first + 1],
  );
}

function summaryOf(row: Listed): WorkspaceSummaryView {
  const { id, reference, title, status, lead, business, created_at: openedAt } = row;
  return { id, reference, title, status, marking: printed(row), leadAgency: lead.name, businessName: business.name, openedAt };
}

function isOneOf<Name extends string>(names: readonly Name[], text: string): text is Name {
  return (names as readonly string[]).includes(text);
}
