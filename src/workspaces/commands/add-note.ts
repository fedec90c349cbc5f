import { Injectable } from '@nestjs/common';
import { ok, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { newId } from '../domain/new-id.js';
import { findItem, type ItemRow } from '../store/item-view.store.js';
import { insertItem } from '../store/item.store.js';
import { CaseGate, type Entered } from './case-gate.js';
import { ItemDesk } from './item-desk.js';
import { markItem, type Marked } from './mark-item.js';

export interface AddNoteInput {
  readonly workspaceId: string;
  readonly title: string;
  readonly body: string;
  readonly marking: MarkingDraft;
}

/** Adds a note. A note is never changed; what was wrong is put right by another. */
@Injectable()
export class AddNote {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly desk: ItemDesk,
  ) {}

  execute(context: ActContext, input: AddNoteInput): Promise<Result<ItemRow, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'note.add', input.workspaceId);
      if (!entered.ok) return entered;
      const marked = await markItem(work, this.gate, entered.value, input.marking);
      if (!marked.ok) return marked;
      return ok(await this.write(work, entered.value, input, marked.value));
    });
  }

  private async write(work: Work, entered: Entered, { title, body }: AddNoteInput, { marking, citing }: Marked): Promise<ItemRow> {
    const id: ItemId = newId();
    const { personId, displayName, agencyId } = entered.actor;
    await insertItem(work, {
      id, workspaceId: entered.row.id, kind: 'note', title, marking, createdBy: personId, createdByName: displayName, searchText: body,
    });
    await work.sql('INSERT INTO note (item_id, body) VALUES ($1, $2)', [id, body]);
    await this.desk.account(work, entered, { id, kind: 'note', title, marking }, citing, { fields: ['title', 'body', 'marking'] });
    return findItem(work, agencyId, id);
  }
}
