import type { BreachRaised } from '../../../libs/contracts/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import type { Assessment, Findings } from '../../../libs/risk/index.js';
import type { Work } from '../../platform/index.js';

/** What an officer wrote down at an inspection. */
export interface Inspection extends Findings {
  /** Calendar day, `2026-11-21`. */
  readonly inspectedOn: string;
  readonly narrative: string;
}

/** Writes a finding with what it amounted to under the rules of its day, in the words they had then. */
export async function insertFinding(work: Work, id: ItemId, found: Inspection, assessment: Assessment): Promise<void> {
  const { rule } = assessment;
  await work.sql(
    `INSERT INTO finding (item_id, inspected_on, hygiene, structure, confidence, imminent_risk, narrative, rating, rating_words,
       breach, urgency, rule_id, rule_version, rule_words, tell)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      id, found.inspectedOn, found.hygiene, found.structure, found.confidence, found.imminentRisk, found.narrative,
      assessment.rating, assessment.words, assessment.breach, assessment.urgency,
      rule?.id ?? null, rule?.version ?? null, rule?.words ?? null, assessment.tell,
    ],
  );
}

/** What a finding's breach was judged to be when it was recorded, as the event that tells of it says it; undefined where it was none. */
export async function breachOf(work: Work, id: ItemId): Promise<BreachRaised | undefined> {
  const [row] = await work.sql<BreachRaised>(
    `SELECT i.workspace_id AS "workspaceId", f.item_id AS "itemId", f.urgency, f.rule_id AS "ruleId", f.rule_version AS "ruleVersion", f.tell
       FROM finding f JOIN item i ON i.id = f.item_id WHERE f.item_id = $1 AND f.breach`,
    [id],
  );
  return row;
}
