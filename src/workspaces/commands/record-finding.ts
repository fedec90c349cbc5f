import { Injectable } from '@nestjs/common';
import { breachRaised, draftOf } from '../../../libs/contracts/index.js';
import { err, invalid, ok, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { assess, RULE_BOOK, type Assessment, type BreachRule } from '../../../libs/risk/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { inspectionDay } from '../domain/inspection-day.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { newId } from '../domain/new-id.js';
import { insertFinding } from '../store/finding.store.js';
import { findItem, type ItemRow } from '../store/item-view.store.js';
import { insertItem } from '../store/item.store.js';
import type { MemberRow } from '../store/member.store.js';
import { CaseGate, type Entered } from './case-gate.js';
import { ItemDesk } from './item-desk.js';
import { markItem, type Marked } from './mark-item.js';

export interface RecordFindingInput {
  readonly workspaceId: string;
  readonly title: string;
  /** Calendar day, `2026-11-21`. */
  readonly inspectedOn: string;
  readonly hygiene: number;
  readonly structure: number;
  readonly confidence: number;
  readonly imminentRisk: boolean;
  readonly narrative: string;
  readonly marking: MarkingDraft;
}

const FIELDS: string[] = ['title', 'inspectedOn', 'hygiene', 'structure', 'confidence', 'imminentRisk', 'narrative', 'marking'] satisfies (keyof RecordFindingInput)[];

/** A finding on record, and who will be alerted because of it. */
export interface FindingOutcome {
  readonly item: ItemRow;
  readonly breach: boolean;
  /** The agencies of the kinds the rule names that may see the finding, as far as this actor may know of them. */
  readonly told: readonly MemberRow['agency'][];
}

/** What was found, by what it amounts to. */
interface Assessed {
  readonly input: RecordFindingInput;
  readonly assessment: Assessment;
}

/** Records an inspection finding. The risk rules judge it at once; a breach leaves as an event in the same transaction. */
@Injectable()
export class RecordFinding {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly desk: ItemDesk,
  ) {}

  execute(context: ActContext, input: RecordFindingInput): Promise<Result<FindingOutcome, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'finding.record', input.workspaceId);
      if (!entered.ok) return entered;
      const assessment = judge(input, work.at);
      if (!assessment.ok) return assessment;
      const marked = await markItem(work, this.gate, entered.value, input.marking);
      if (!marked.ok) return marked;
      return ok(await this.write(work, entered.value, { input, assessment: assessment.value }, marked.value));
    });
  }

  private async write(work: Work, entered: Entered, { input, assessment }: Assessed, { marking, citing }: Marked): Promise<FindingOutcome> {
    const id: ItemId = newId();
    const { actor, row } = entered;
    const { title, narrative } = input;
    await insertItem(work, {
      id, workspaceId: row.id, kind: 'finding', title, marking, createdBy: actor.personId, createdByName: actor.displayName, searchText: narrative,
    });
    await insertFinding(work, id, input, assessment);
    const { rating, breach, urgency, rule } = assessment;
    const judged = { rating, breach, urgency, rule: rule?.id, ruleVersion: rule?.version, fields: FIELDS };
    const audience = await this.desk.account(work, entered, { id, kind: 'finding', title, marking }, citing, judged);
    if (rule !== null) await raise(work, { workspaceId: row.id, itemId: id }, rule, assessment);
    return { item: await findItem(work, actor.agencyId, id), breach, told: toldOf(audience, assessment) };
  }
}

/** Judged by the rules of the day of the inspection, whatever rules hold when it is written down. */
function judge(input: RecordFindingInput, now: Date): Result<Assessment, Refusal> {
  const day = inspectionDay(input.inspectedOn, now);
  if (day === undefined) return err(NO_SUCH_DAY);
  const assessed = assess(input, RULE_BOOK, day);
  if (assessed.ok) return assessed;
  return err(invalid(assessed.error.faults.map(({ field, message }) => ({ field: `input.${field}`, message }))));
}

async function raise(
  work: Work,
  ids: { workspaceId: Entered['row']['id']; itemId: ItemId },
  rule: BreachRule,
  { tell }: Assessment,
): Promise<void> {
  await work.emit(draftOf(breachRaised, { ...ids, urgency: rule.urgency, ruleId: rule.id, ruleVersion: rule.version, tell }));
}

function toldOf(audience: readonly MemberRow['agency'][], { tell }: Assessment): MemberRow['agency'][] {
  const kinds: readonly string[] = tell;
  return audience.filter(({ kind }) => kinds.includes(kind));
}

const NO_SUCH_DAY = invalid([{ field: 'input.inspectedOn', message: 'Enter the day of the inspection, today or earlier, as 2026-11-21.' }]);
