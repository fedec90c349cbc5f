import { err, invalid, isUuid, ok, type AgencyId, type FieldFault, type Refusal, type Result } from '../kernel/index.js';
import { DEPLOYMENT_CEILING, Tier, isWithin, sortedUnion, type Level, type Marking } from './marking.js';
import { DESCRIPTORS, HANDLING, isCurrentTerm, type MarkingTerm } from './marking-terms.js';

/** A marking as somebody entered it. Attacker-controlled. */
export interface MarkingDraft {
  /** 1 OFFICIAL (also when absent), 2 SECRET, 3 TOP SECRET. */
  readonly tier?: number;
  readonly sensitive: boolean;
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
  /** Agency ids; null or absent: every member. */
  readonly releasableTo?: readonly string[] | null | undefined;
}

/** What a marking is checked against. */
export interface MarkingCheck {
  /** The agency of the person who marks. */
  readonly originator: AgencyId;
  readonly at: Date;
  /** Highest level that may be entered; the deployment's own when absent. */
  readonly ceiling?: Level;
  /** Dotted path before the field names in the faults. */
  readonly path?: string;
}

const MOST_AGENCIES = 100;

/**
 * Turns an entered marking into one that can travel: terms sorted and known on the day, level within the ceiling, and
 * the originator among those who may receive it. Returns a refusal naming every field that is wrong.
 */
export function checkMarking(draft: MarkingDraft, check: MarkingCheck): Result<Marking, Refusal> {
  const faults = [...levelFaults(draft, check), ...termFaults(draft, check), ...releaseFaults(draft)];
  if (faults.length > 0) return err(invalid(faults.map(({ field, message }) => ({ field: `${check.path ?? 'input.marking'}.${field}`, message }))));
  const listed = draft.releasableTo ?? null;
  return ok({
    tier: (draft.tier ?? Tier.Official) as Tier,
    sensitive: draft.sensitive,
    descriptors: sortedUnion(draft.descriptors, []),
    handling: sortedUnion(draft.handling, []),
    originator: check.originator,
    releasableTo: listed === null ? null : sortedUnion(listed as readonly AgencyId[], [check.originator]),
  });
}

function levelFaults({ tier = Tier.Official, sensitive }: MarkingDraft, { ceiling = DEPLOYMENT_CEILING }: MarkingCheck): FieldFault[] {
  if (tier !== Tier.Official && tier !== Tier.Secret && tier !== Tier.TopSecret) {
    return [{ field: 'tier', message: 'Choose one of the tiers OFFICIAL, SECRET and TOP SECRET.' }];
  }
  if (sensitive && tier !== Tier.Official) return [{ field: 'sensitive', message: 'Only OFFICIAL can be marked -SENSITIVE.' }];
  if (isWithin({ tier, sensitive }, ceiling)) return [];
  return [{ field: 'tier', message: 'This portal may not hold anything marked so high. Record only where it is held.' }];
}

function termFaults({ descriptors, handling }: MarkingDraft, { at }: MarkingCheck): FieldFault[] {
  const unknown = (field: string, terms: readonly MarkingTerm[], entered: readonly string[]): FieldFault[] =>
    entered.every((text) => isCurrentTerm(terms, text, at)) ? [] : [{ field, message: `Choose from the current list: ${listed(terms, at)}.` }];
  return [...unknown('descriptors', DESCRIPTORS, descriptors), ...unknown('handling', HANDLING, handling)];
}

function listed(terms: readonly MarkingTerm[], at: Date): string {
  return terms.flatMap(({ text }) => (isCurrentTerm(terms, text, at) ? [text] : [])).join(', ');
}

function releaseFaults({ releasableTo }: MarkingDraft): FieldFault[] {
  if (releasableTo === null || releasableTo === undefined) return [];
  if (releasableTo.length > MOST_AGENCIES) return [{ field: 'releasableTo', message: `Name at most ${MOST_AGENCIES} agencies.` }];
  if (releasableTo.every(isUuid)) return [];
  return [{ field: 'releasableTo', message: 'Choose agencies from the list of members.' }];
}
