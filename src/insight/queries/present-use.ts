import type { ActorRef } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import type { UnusualUseView } from '../api/unusual-use.views.js';
import { factsOf, ownSide } from '../commands/unusual-use-gate.js';
import type { UnusualUseRow } from '../store/unusual-use-rows.js';

/** One of them as the API shows it to this actor, with what she may do about it now. */
export function presentUse(row: UnusualUseRow, actor: ActorRef, at: Date): UnusualUseView {
  const { id, rule, ruleVersion, words, entryId, verb, happenedAt, foundAt, person, agency, workspaceId, workspaceReference } = row;
  const own = ownSide(row, actor);
  const may = (verb: Verb): boolean => decide(actor, verb, { at, unusualUse: factsOf(row, actor) }).effect === 'permit';
  return {
    id, rule, ruleVersion, words, entryId, verb, happenedAt, foundAt, person, agency, workspaceId, workspaceReference,
    evidence: seesEvidence(row, actor) ? row.evidence : WITHHELD,
    sides: [...row.sides],
    colleagues: [],
    can: {
      assign: own?.answeredAt === null && may('unusual-use.assign'),
      answer: own?.answeredAt === null && may('unusual-use.answer'),
      close: own !== undefined && own.answeredAt !== null && own.closedAt === null && may('unusual-use.close'),
    },
  };
}

const WITHHELD = 'What was counted is shown to the reader’s own agency: it may be of cases you are not in.';

/** Figures go over everything the reader did, and so over what the other agency may not know of. */
function seesEvidence({ agencies: [readers] }: UnusualUseRow, { agencyId, roles }: ActorRef): boolean {
  return agencyId === readers || roles.includes('auditor');
}
