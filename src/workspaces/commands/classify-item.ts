import { Injectable } from '@nestjs/common';
import { breachRaised, draftOf } from '../../../libs/contracts/index.js';
import { err, ok, refusal, RefusalCode, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { lowers, printMarking, type Marking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { breachOf } from '../store/finding.store.js';
import { findItem, type ItemRow } from '../store/item-view.store.js';
import { holderOutOfSight } from '../store/holder.store.js';
import { markAnew, markingOf } from '../store/item.store.js';
import { originOf, raiseWhatWasMadeOf, type RaisedCopy } from '../store/origin.store.js';
import { CaseGate, type EnteredItem } from './case-gate.js';
import { ItemDesk } from './item-desk.js';
import { markItem, type Marked } from './mark-item.js';

/** Which item, how it is to be marked, and why. Attacker-controlled. */
export interface ClassifyItemInput {
  readonly id: string;
  readonly marking: MarkingDraft;
  readonly reason: string;
  /** The version of the item that was read before it was marked anew. */
  readonly version: number;
}

/**
 * Marks anew what an agency brought, by that agency alone: raised or lowered, shown to more or to fewer. What somebody has read
 * she has read; from here on everybody reads, or no longer reads, by the new marking.
 */
@Injectable()
export class ClassifyItem {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly desk: ItemDesk,
  ) {}

  execute(context: ActContext, input: ClassifyItemInput): Promise<Result<ItemRow, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'item.classify', input.id);
      if (!entered.ok) return entered;
      const { item } = entered.value;
      const held = markingOf(item);
      if (item.kind === 'record') return this.refuse(work, entered.value, EDIT_IT);
      if (item.version !== input.version) return this.refuse(work, entered.value, MEANWHILE);
      // Who has an exhibit follows from its keys: it is shared and recalled, with an answer from whoever had it.
      const wanted = item.kind === 'exhibit' ? { ...input.marking, releasableTo: held.releasableTo } : input.marking;
      const origin = item.kind === 'exhibit' ? await originOf(work, item.id, entered.value.actor.agencyId) : null;
      // Whoever makes a copy of another agency's exhibit is the copy's originator, and frees it of nothing by that.
      const otherwise = (proposed: Marking): Refusal | undefined => (origin !== null && lowers(held, proposed) ? AS_ITS_ORIGIN : undefined);
      const marked = await markItem(work, this.gate, entered.value, wanted, { held, origin, otherwise });
      if (!marked.ok) return marked;
      return this.mark(work, entered.value, { held, ...marked.value, reason: input.reason });
    });
  }

  private async mark(work: Work, entered: EnteredItem, { held, marking, citing, reason }: Marked & { readonly held: Marking; readonly reason: string }): Promise<Result<ItemRow, Refusal>> {
    const { item, actor } = entered;
    const isLowered = lowers(held, marking);
    if (!isLowered && !lowers(marking, held)) return this.catchUp(work, entered);
    const { id, title, kind } = item;
    await work.sql('SAVEPOINT marked');
    if (!(await markAnew(work, item, marking))) return this.refuse(work, entered, MEANWHILE);
    const stranded = kind === 'exhibit' ? await holderOutOfSight(work, id) : undefined;
    if (stranded !== undefined) {
      await work.sql('ROLLBACK TO SAVEPOINT marked');
      return this.refuse(work, entered, heldBy(stranded));
    }
    await this.desk.account(work, entered, { id, kind, title, marking }, { ...citing, reason }, {
      from: printMarking(held), to: printMarking(marking), lowered: isLowered, fields: ['marking'],
    });
    if (kind === 'finding' && isLowered) await this.alert(work, id);
    await this.raiseCopies(work, entered);
    return ok(await findItem(work, actor.agencyId, id));
  }

  /** Marked like that already; copies may not be yet, where they were made before copies kept what their origin restricts. */
  private async catchUp(work: Work, entered: EnteredItem): Promise<Result<ItemRow, Refusal>> {
    const { item, actor } = entered;
    return (await this.raiseCopies(work, entered)) ? ok(await findItem(work, actor.agencyId, item.id)) : this.refuse(work, entered, SO_ALREADY);
  }

  private async raiseCopies(work: Work, entered: EnteredItem): Promise<boolean> {
    const raised = await raiseWhatWasMadeOf(work, entered.item.id);
    for (const copy of raised) await this.accountForCopy(work, entered, copy);
    return raised.length > 0;
  }

  /** Whoever sees a breach only now is told of it now; who was told before is not told again. */
  private async alert(work: Work, id: ItemId): Promise<void> {
    const breach = await breachOf(work, id);
    if (breach) await work.emit(draftOf(breachRaised, breach));
  }

  /** Whoever marked the origin may not see the copy: its entry, which her agency reads, does not have the title that was given to it. */
  private async accountForCopy(work: Work, entered: EnteredItem, { id, owner, to }: RaisedCopy): Promise<void> {
    const { id: origin, title } = entered.item;
    await this.gate.record(work, entered, {
      subject: { kind: 'exhibit', id, title: `Made of: ${title}`, marking: printMarking(to), owner },
      reason: 'Made of something that was marked anew',
      details: { items: [id], origin, to: printMarking(to), lowered: false, fields: ['marking'] },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, itemId: id } });
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal): Promise<Result<never, Refusal>> {
    const { id, kind, title } = entered.item;
    await this.gate.recordRefusal(work, entered, { subject: { kind, id, title, marking: printMarking(markingOf(entered.item)) }, reason: refused.message });
    return err(refused);
  }
}

const heldBy = (agency: string): Refusal =>
  refusal(RefusalCode.Conflict, `${agency} holds this, or it is offered to it, and would no longer see what is recorded of it. Have it handed back or withdraw the offer first; nothing was changed.`);
const EDIT_IT = refusal(RefusalCode.Conflict, 'A record is marked where it is edited: each of its versions keeps the marking it was saved under.');
const MEANWHILE = refusal(RefusalCode.Conflict, 'The marking was changed while you looked at it. Nothing was changed by you: open the page again, and decide anew.');
const AS_ITS_ORIGIN = refusal(RefusalCode.Conflict, 'This was made of another agency’s exhibit, and keeps every restriction it was given with it. Nothing was changed: ask that agency.');
const SO_ALREADY = refusal(RefusalCode.Conflict, 'It is marked like that already. Nothing was changed.');
