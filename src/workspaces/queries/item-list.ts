import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { Cursors, EMPTY_PAGE, openPage, type PageRequest } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { ItemConnectionView } from '../api/item.views.js';
import { CaseGate } from '../commands/case-gate.js';
import { printedTogether } from '../domain/printed-marking.js';
import { listItems } from '../store/item-view.store.js';
import { ITEM_KINDS, type ItemKind } from '../store/item.store.js';
import { presentItem } from './present-item.js';

/** Which items. Attacker-controlled. */
export interface ItemsWanted extends PageRequest {
  readonly workspaceId: string;
  readonly kind: string | null | undefined;
}

/** The items of an investigation in a reader's sight, newest first. */
@Injectable()
export class ItemList {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly cursors: Cursors,
  ) {}

  /** Empty for a hidden investigation as for an empty and an absent one. */
  list(context: ActContext, wanted: ItemsWanted): Promise<Result<ItemConnectionView, Refusal>> {
    return this.units.run(context, async (work) => {
      const kind = wanted.kind ?? null;
      if (kind !== null && !isItemKind(kind)) return err(NO_SUCH_KIND);
      const entered = await this.gate.enterToRead(work, 'workspace.read', wanted.workspaceId);
      if (!entered.ok) return entered.error === NOT_FOUND ? ok(EMPTY_PAGE) : entered;
      const { row, actor } = entered.value;
      const page = openPage(this.cursors, actor, `items:${row.id}:${kind ?? ''}`, wanted);
      if (!page.ok) return page;
      const { first, after, close } = page.value;
      const rows = await listItems(work, actor.agencyId, { workspaceId: row.id, kind, after, limit: first + 1 });
      const view = close(rows, presentItem);
      const shown = rows.slice(0, first);
      await this.gate.record(work, { ...entered.value, verb: 'item.read' }, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printedTogether(row, shown), owner: row.lead.name },
        details: { items: shown.map(({ id }) => id), count: shown.length },
      });
      return ok(view);
    });
  }
}

function isItemKind(text: string): text is ItemKind {
  return (ITEM_KINDS as readonly string[]).includes(text);
}

const NO_SUCH_KIND = invalid([{ field: 'kind', message: `Choose one of ${ITEM_KINDS.join(', ')}, or leave it out.` }]);
