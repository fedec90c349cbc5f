import { Injectable } from '@nestjs/common';
import { NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { Cursors, EMPTY_PAGE, openPage, type PageRequest } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { TimelineConnectionView, TimelineEventView } from '../api/workspace.views.js';
import { CaseGate } from '../commands/case-gate.js';
import { printed, printedTogether } from '../domain/printed-marking.js';
import { listEvents, type EventKind, type EventRow } from '../store/timeline.store.js';

const WHAT: Readonly<Record<EventKind, string>> = {
  opened: 'Investigation opened',
  invited: 'Agency invited',
  note: 'Note added',
  record: 'Record started',
  'record-version': 'Record changed',
  finding: 'Inspection finding recorded',
  exhibit: 'Exhibit deposited',
};

/** Which part of the timeline. Attacker-controlled. */
export interface TimelineWanted extends PageRequest {
  readonly workspaceId: string;
}

/** What happened in an investigation as far as its reader may know, newest first. */
@Injectable()
export class Timeline {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly cursors: Cursors,
  ) {}

  /** Empty for a hidden investigation as for an absent one. */
  list(context: ActContext, wanted: TimelineWanted): Promise<Result<TimelineConnectionView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'workspace.read', wanted.workspaceId);
      if (!entered.ok) return entered.error === NOT_FOUND ? ok(EMPTY_PAGE) : entered;
      const { row, actor } = entered.value;
      const page = openPage(this.cursors, actor, `timeline:${row.id}`, wanted);
      if (!page.ok) return page;
      const { first, after, close } = page.value;
      const rows = await listEvents(work, actor.agencyId, { workspaceId: row.id, after, limit: first + 1 });
      const shown = rows.slice(0, first);
      await this.gate.record(work, { ...entered.value, verb: 'item.read' }, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printedTogether(row, shown), owner: row.lead.name },
        details: { items: [...new Set(shown.flatMap(({ item_id: item }) => item ?? []))], count: shown.length },
      });
      return ok(close(rows, presentEvent));
    });
  }
}

function presentEvent(row: EventRow): TimelineEventView {
  const { place_id: id, at, kind, title, who, agency, item_id: itemId } = row;
  return { id, at, what: WHAT[kind], title, who, agency, marking: itemId === null ? null : printed(row), itemId };
}
