import { DESCRIPTORS, HANDLING } from '../../../libs/policy/index.js';
import type { MemberParts, WorkspaceHead } from '../documents/fragments.js';
import type { Fields } from '../page/fields.js';
import type { Me } from '../page/page.js';
import type { Problem } from '../page/problems.js';
import { date } from './dates.js';
import type { FormView } from './form.js';
import { currentTerms, listed } from './marking.js';

/** The marking of a sent form, as the API takes it. */
export interface MarkingChoice {
  readonly sensitive: boolean;
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
  readonly releasableTo: readonly string[] | null;
}

/** What a form without a marking chosen starts from: as the investigation is marked, for every member. */
export function markingDefaults(marking: { sensitive: boolean; descriptors: readonly string[]; handling: readonly string[] }, releasableTo: readonly string[] | null = null): Record<string, string | readonly string[]> {
  return {
    'marking.sensitive': marking.sensitive ? 'yes' : 'no',
    'marking.descriptors': marking.descriptors,
    'marking.handling': marking.handling,
    audience: releasableTo === null ? 'everyone' : 'chosen',
    'marking.releasableTo': releasableTo ?? [],
  };
}

/** Reads the marking from a form; the sender's own agency always keeps what it makes. */
export function markingOf(form: Fields, me: Me): MarkingChoice {
  const chosen = form.text('audience') === 'chosen' ? [...new Set([me.agency.id, ...form.list('marking.releasableTo')])] : null;
  return {
    sensitive: form.text('marking.sensitive') === 'yes',
    descriptors: form.list('marking.descriptors'),
    handling: form.list('marking.handling'),
    releasableTo: chosen,
  };
}

/** What only the form can know to be missing. */
export function markingProblems(form: Fields, audience: boolean): Problem[] {
  const problems: Problem[] = [];
  if (form.text('marking.sensitive') === '') problems.push({ field: 'marking.sensitive', message: 'Select how this is marked' });
  if (!audience) return problems;
  if (form.text('audience') === '') problems.push({ field: 'audience', message: 'Select who may see this' });
  if (form.text('audience') === 'chosen' && form.list('marking.releasableTo').length === 0) {
    problems.push({ field: 'marking.releasableTo', message: 'Select at least one agency, or choose every agency in this investigation' });
  }
  if (form.text('audience') === 'everyone' && form.list('marking.releasableTo').length > 0) {
    problems.push({ field: 'audience', message: 'You selected agencies but chose every agency. Choose “Only the agencies I choose”, or clear the selection' });
  }
  return problems;
}

/** The marking part of a form. */
export function markingFields(form: FormView): object {
  return {
    sensitive: form.choices('marking.sensitive', { label: 'How is this marked?' }, [
      { value: 'no', text: 'OFFICIAL', hint: { text: 'Routine public protection work.' } },
      { value: 'yes', text: 'OFFICIAL-SENSITIVE', hint: { text: 'Loss or wrong disclosure would harm a person, a business or the investigation.' } },
    ]),
    descriptors: form.choices('marking.descriptors', { label: 'Descriptors', hint: 'What kind of harm the marking guards against.', classes: 'govuk-checkboxes--small' }, termChoices(DESCRIPTORS)),
    handling: form.choices('marking.handling', { label: 'Handling instructions', hint: 'What a reader must do.', classes: 'govuk-checkboxes--small' }, termChoices(HANDLING)),
  };
}

/** The choice of who may see something made in an investigation, with who they are and why they are there. */
export function audienceFields(form: FormView, head: WorkspaceHead, me: Me, thing: string): object {
  const others = head.members.filter(({ agency }) => agency.id !== me.agency.id);
  const names = listed(others.map(({ agency }) => agency.name));
  const everyone = others.length === 0
    ? `No other agency is in this investigation yet, so only ${me.agency.name} sees this ${thing} today. An agency invited later gains sight of it.`
    : `${names} ${others.length === 1 ? 'gains' : 'gain'} sight of this ${thing} as soon as it is saved. An agency invited later gains sight of it too.`;
  return {
    audience: form.choices('audience', { label: `Who may see this ${thing}?` }, [
      { value: 'everyone', text: 'Every agency in this investigation', hint: { text: everyone } },
      ...(others.length === 0 ? [] : [{ value: 'chosen', text: 'Only the agencies I choose', hint: { text: `${me.agency.name} and the agencies you select below. The others see no trace of it.` } }]),
    ]),
    releasableTo: form.choices(
      'marking.releasableTo',
      { label: `Agencies that may see this ${thing}`, hint: 'These apply if you choose “Only the agencies I choose”.', classes: 'govuk-checkboxes--small' },
      others.map((member) => ({ value: member.agency.id, text: member.agency.name, hint: { text: groundOf(member) } })),
    ),
    canChoose: others.length > 0,
  };
}

/** Why an agency is in an investigation: `Under clause 4.1 of ISA-2026-01, until 31 December 2028`. */
export function groundOf({ lead, clause, agreement, until }: MemberParts): string {
  if (lead) return 'Lead agency';
  const end = until === null ? '' : `, until ${date(until)}`;
  return clause === null ? `Member${end}` : `Under clause ${clause}${agreement === null ? '' : ` of ${agreement}`}${end}`;
}

function termChoices(terms: typeof DESCRIPTORS): { value: string; text: string }[] {
  return currentTerms(terms).map((text) => ({ value: text, text }));
}
