import { err, invalid, ok, type AgencyId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { checkMarking, type Facts, type Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { membersOf, type MemberRow } from '../store/member.store.js';
import { namedAgencies, type CaseGate, type Entered } from './case-gate.js';

/** A marking that may be given, and how giving it is to be cited now that the policy has seen it. */
export interface Marked {
  readonly marking: Marking;
  readonly citing: Entered['citing'];
}

/** An item that is marked anew. */
export interface Change {
  /** Its marking as it is held. */
  readonly held: Marking;
  /** What of another agency it was made of. Records are made of nothing, and the policy asks it of them in no case. */
  readonly origin?: Facts['origin'];
  /** What to say to whom the policy does not let give a marking, where that is another thing than usual. */
  readonly otherwise?: (proposed: Marking) => Refusal | undefined;
}

/**
 * Checks the marking an actor gives to something in a case she has entered: its terms, that it names members only, and
 * that the policy lets her give it. A refusal is recorded here.
 *
 * @param change - the item that is being changed; its originator stays.
 */
export async function markItem(
  work: Work,
  gate: CaseGate,
  entered: Entered,
  draft: MarkingDraft,
  change?: Change,
): Promise<Result<Marked, Refusal>> {
  const { agencyId } = entered.actor;
  const { held, origin, otherwise } = change ?? {};
  const checked = checkMarking(withOwn(draft, agencyId), { originator: held?.originator ?? agencyId, at: work.at });
  const members = checked.ok ? (await membersOf(work, entered.row.id)).map(({ agency }) => agency) : [];
  const named = checked.ok && !areKnown(namedAgencies(checked.value), members, held) ? err(NOT_MEMBERS) : checked;
  if (!named.ok) {
    await gate.recordRefusal(work, entered, { reason: named.error.message });
    return named;
  }
  const more: Partial<Facts> = { proposed: named.value, item: held, origin };
  const citing = await gate.allow(work, entered, more, otherwise?.(named.value) ?? (held === undefined || held.originator === agencyId ? TOO_HIGH : LOWERED));
  if (!citing.ok) return citing;
  return ok({ marking: named.value, citing: citing.value });
}

/** Nobody can mark something so that her own agency no longer receives it. */
function withOwn(draft: MarkingDraft, own: AgencyId): MarkingDraft {
  return draft.releasableTo ? { ...draft, releasableTo: [...draft.releasableTo, own] } : draft;
}

/** Members, or agencies the item names already: one that has left since need not be struck out to save. */
function areKnown(named: readonly AgencyId[], members: readonly MemberRow['agency'][], held: Marking | undefined): boolean {
  return named.every((id) => members.some((member) => member.id === id) || (held?.releasableTo ?? []).includes(id));
}

const NOT_MEMBERS = invalid([{ field: 'input.marking.releasableTo', message: 'Choose agencies from the list of members.' }]);

const TOO_HIGH = invalid([
  { field: 'input.marking', message: 'The agreement you work under does not reach this marking. Record it where it is held, and tell the lead agency.' },
]);

const LOWERED = invalid([
  {
    field: 'input.marking',
    message: 'Only the agency this comes from may lower its marking or let more agencies see it. Keep its marking, or ask that agency.',
  },
]);
