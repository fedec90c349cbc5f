import type { ActorRef } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import type { UnusualUseView } from '../api/unusual-use.views.js';
import { factsOf, ownSide } from '../commands/unusual-use-gate.js';
import type { UnusualUseRow } from '../store/unusual-use-rows.js';

/** One of them as the API shows it to this actor, with what she may do about it now. */
export function presentUse(row: UnusualUseRow, actor: ActorRef, at: Date): UnusualUseView {
  const { id, rule, ruleVersion, words, evidence, entryId, verb, happenedAt, foundAt, person, agency, workspaceId, workspaceReference } = row;
  const own = ownSide(row, actor);
  const may = (verb: Verb): boolean => decide(actor, verb, { at, unusualUse: factsOf(row, actor) }).effect === 'permit';
  return {
    id, rule, ruleVersion, words, evidence, entryId, verb, happenedAt, foundAt, person, agency, workspaceId, workspaceReference,
    sides: [...row.sides],
    colleagues: [],
    can: {
      assign: own?.answeredAt === null && may('unusual-use.assign'),
      answer: own?.answeredAt === null && may('unusual-use.answer'),
      close: own !== undefined && own.answeredAt !== null && own.closedAt === null && may('unusual-use.close'),
    },
  };
}
