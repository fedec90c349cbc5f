import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Cursors, EMPTY_PAGE, openPage, type PageRequest } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { SearchConnectionView, SearchHitView } from '../api/workspace.views.js';
import { CaseGate } from '../commands/case-gate.js';
import { PurposeRule } from '../commands/purpose-rule.js';
import { levelOf, printed } from '../domain/printed-marking.js';
import { findHits, type HitRow } from '../store/search.store.js';

/** What to look for; the text has been cleaned at the edge. */
export interface SearchRequest extends PageRequest {
  readonly text: string;
}

/** Full text over what the reader may see, and nothing else. */
@Injectable()
export class Search {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly ledger: LedgerIntake,
    private readonly cursors: Cursors,
    private readonly access: AccessFacts,
    private readonly purposes: PurposeRule,
  ) {}

  find(context: ActContext, request: SearchRequest): Promise<Result<SearchConnectionView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterList(work, 'workspace.search');
      if (!entered.ok) return ok(EMPTY_PAGE);
      const page = openPage(this.cursors, entered.value.actor, `search:${digest(request.text)}`, request);
      if (!page.ok) return page;
      const { first, after, close } = page.value;
      const rows = await findHits(work, entered.value.actor.agencyId, { text: request.text, after, limit: first + 1 });
      const hidden = await this.purposes.hides(work, rows);
      const view = close(rows, (row) => presentHit(row, hidden.has(row)));
      const items = view.nodes.flatMap(({ kind, id }) => (kind === 'workspace' ? [] : [id]));
      const workspaces = [...new Set(view.nodes.map(({ workspaceId }) => workspaceId))];
      const shown = rows.slice(0, view.nodes.length);
      const cases = await this.access.answered(work, shown.map((row) => ({ ...levelOf(row), workspaceId: row.workspace_id, reference: row.reference })));
      const details = { text: request.text, items, workspaces, cases, count: view.nodes.length };
      await this.ledger.append(work, { verb: 'workspace.search', outcome: 'done', policy: entered.value.policy, details });
      return ok(view);
    }, 'across');
  }
}

/** That there is a hit is in the list of investigations and items alike; its words are read for a purpose. */
function presentHit(row: HitRow, isHidden: boolean): SearchHitView {
  const { kind, id, workspace_id: workspaceId, reference: workspaceReference, title, snippet } = row;
  return { kind, id, workspaceId, workspaceReference, title, snippet: isHidden ? '' : snippet, marking: printed(row) };
}

/** Keeps cursors short, however long the search. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
