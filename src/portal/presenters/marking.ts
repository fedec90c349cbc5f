import { DESCRIPTORS, HANDLING, printMarking } from '../../../libs/policy/index.js';
import type { MarkingParts } from '../documents/fragments.js';

const BETWEEN = ' - ';
const SENSITIVE = 'OFFICIAL-SENSITIVE';

/** What stands at the top and bottom of a page that shows all of `markings`: the highest level and every term. */
export function pageMarking(markings: readonly (string | null | undefined)[]): string | undefined {
  const shown = markings.filter((text): text is string => typeof text === 'string' && text !== '');
  if (shown.length === 0) return undefined;
  const terms = [...new Set(shown.flatMap((text) => text.split(BETWEEN).slice(1)))];
  return printMarking({
    tier: 1,
    sensitive: shown.some((text) => text.startsWith(SENSITIVE)),
    descriptors: terms.filter((term) => DESCRIPTORS.some(({ text }) => text === term)),
    handling: terms.filter((term) => HANDLING.some(({ text }) => text === term)),
  });
}

/** A marking with who may receive it, in words. */
export function markingView({ text, releasableTo, originator }: MarkingParts): { text: string; restricted: boolean; audience: string } {
  if (releasableTo === null) return { text, restricted: false, audience: 'Every agency in this investigation' };
  const names = [originator.name, ...releasableTo.filter(({ id }) => id !== originator.id).map(({ name }) => name)];
  return { text, restricted: true, audience: `Only ${listed(names)}` };
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The terms that may be applied today. */
export function currentTerms(terms: typeof DESCRIPTORS): readonly string[] {
  return terms.filter(({ until }) => until === undefined).map(({ text }) => text);
}
