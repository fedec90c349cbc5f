import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { lowers } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { newId } from '../domain/new-id.js';
import { insertItem, markingOf } from '../store/item.store.js';
import { advanceRecord, findRecord, insertRecord, keepVersion, type RecordRow, type RecordSave } from '../store/record.store.js';
import { CaseGate, type Entered, type EnteredItem } from './case-gate.js';
import { ItemDesk } from './item-desk.js';
import { markItem } from './mark-item.js';

export interface SaveRecordInput {
  /** Null starts a new record. */
  readonly id: string | null;
  readonly workspaceId: string;
  /** The version that was read before it was changed; null for a new record. */
  readonly version: number | null;
  readonly title: string;
  readonly body: string;
  readonly marking: MarkingDraft;
  /** Why its marking is lowered; asked for only then. */
  readonly reason: string | null;
}

/** What became of a save: it is the newest version now, or somebody else was first and both texts are given back. */
export type RecordOutcome =
  | { readonly kind: 'saved'; readonly record: RecordRow }
  | { readonly kind: 'stale'; readonly theirs: RecordRow; readonly yours: { readonly title: string; readonly body: string } };

type Outcome = Promise<Result<RecordOutcome, Refusal>>;

/** Saves a record. Every version is kept; of two officers who save at once exactly one wins and neither loses a word. */
@Injectable()
export class SaveRecord {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly desk: ItemDesk,
  ) {}

  execute(context: ActContext, input: SaveRecordInput): Outcome {
    return this.units.run(context, (work) => (input.id === null ? this.start(work, input) : this.change(work, input, input.id)));
  }

  private async start(work: Work, input: SaveRecordInput): Outcome {
    const entered = await this.gate.enter(work, 'record.save', input.workspaceId);
    if (!entered.ok) return entered;
    const marked = await markItem(work, this.gate, entered.value, input.marking);
    if (!marked.ok) return marked;
    const { row, actor } = entered.value;
    const save: RecordSave = { id: newId(), version: 1, title: input.title, body: input.body, marking: marked.value.marking };
    await insertItem(work, {
      ...save, workspaceId: row.id, kind: 'record', createdBy: actor.personId, createdByName: actor.displayName, searchText: save.body,
    });
    await insertRecord(work, save.id, save.body);
    return this.finish(work, entered.value, save, marked.value.citing);
  }

  private async change(work: Work, input: SaveRecordInput, id: string): Outcome {
    if (input.version === null) return err(NO_VERSION);
    const entered = await this.gate.enterItemToRead(work, 'record.save', id);
    if (!entered.ok) return entered;
    const { item } = entered.value;
    if (item.kind !== 'record' || item.workspace_id !== input.workspaceId) return err(NOT_FOUND);
    if (item.version !== input.version) return this.stale(work, entered.value, input);
    const marked = await markItem(work, this.gate, entered.value, input.marking, { held: markingOf(item) });
    if (!marked.ok) return marked;
    const isLowered = lowers(markingOf(item), marked.value.marking);
    if (isLowered && input.reason === null) return this.unreasoned(work, entered.value);
    const save: RecordSave = { id: item.id, version: item.version + 1, title: input.title, body: input.body, marking: marked.value.marking };
    if (!(await advanceRecord(work, save))) return this.stale(work, entered.value, input);
    return this.finish(work, entered.value, save, { ...marked.value.citing, ...(isLowered && input.reason !== null && { reason: input.reason }) });
  }

  private async unreasoned(work: Work, entered: EnteredItem): Outcome {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'record', id: entered.item.id, title: entered.item.title }, reason: 'lowered-without-reason' });
    return err(NO_REASON);
  }

  private async finish(work: Work, entered: Entered, save: RecordSave, citing: Parameters<ItemDesk['account']>[3]): Outcome {
    await keepVersion(work, save, entered.actor);
    await this.desk.account(work, entered, { ...save, kind: 'record' }, citing, { version: save.version, fields: ['title', 'body', 'marking'] });
    return ok({ kind: 'saved', record: await this.read(work, entered, save.id) });
  }

  /** She reads what the other officer wrote, which is recorded with the refusal. */
  private async stale(work: Work, entered: EnteredItem, { version, title, body }: SaveRecordInput): Outcome {
    const theirs = await findRecord(work, entered.actor.agencyId, entered.item.id);
    // Whoever was first has kept it from this agency, for whom it is from then on as absent as any other.
    if (theirs === undefined) return this.keptMeanwhile(work, entered);
    await this.gate.recordRefusal(work, entered, {
      subject: { kind: 'record', id: theirs.id, title: theirs.title },
      reason: 'stale',
      details: { items: [theirs.id], version: theirs.version, readBefore: version },
    });
    return ok({ kind: 'stale', theirs, yours: { title, body } });
  }

  private async keptMeanwhile(work: Work, entered: EnteredItem): Outcome {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'record', id: entered.item.id }, reason: 'kept-meanwhile' });
    return err(NOT_FOUND);
  }

  private async read(work: Work, { actor }: Entered, id: ItemId): Promise<RecordRow> {
    const record = await findRecord(work, actor.agencyId, id);
    if (record === undefined) throw new Error('A record is not in sight of who was let in to save it');
    return record;
  }
}

const NO_VERSION = invalid([{ field: 'input.version', message: 'Say which version of the record you changed.' }]);
const NO_REASON = invalid([{ field: 'input.reason', message: 'Its marking is lowered. Say why: auditors read it.' }]);
