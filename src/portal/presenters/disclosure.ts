import type { DisclosureData } from '../documents/disclosure.js';
import type { ReviewParts } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from './dates.js';
import type { Choice } from './form.js';
import { codeWords } from './words.js';

type Schedule = NonNullable<DisclosureData['disclosureSchedule']>;

/** Classes of the schedule in words, with the results of each; the codes are the API's. */
const CLASSES: readonly { readonly code: string; readonly words: string; readonly form: string; readonly results: Readonly<Record<string, string>> }[] = [
  { code: 'used', words: 'Used', form: 'MG12', results: { served: 'served as evidence', 'to-be-served': 'to be served' } },
  {
    code: 'non-sensitive-unused', words: 'Unused, not sensitive', form: 'MG6C',
    results: { disclose: 'disclose a copy', inspect: 'the defence may inspect it', 'not-disclosable': 'not disclosable' },
  },
  {
    code: 'sensitive-unused', words: 'Unused, sensitive', form: 'MG6D',
    results: { 'not-disclosable': 'not disclosable', withheld: 'withheld, a court is asked', 'in-part': 'disclose a redacted version', disclose: 'disclose a copy' },
  },
];
const WHAT: Readonly<Record<string, string>> = { added: 'has come since', 'reviewed-again': 'was reviewed again', disposed: 'was disposed of' };

/** Every class with each of its results as one choice, so that none is chosen that does not go together. */
export const OUTCOMES: readonly Choice[] = CLASSES.flatMap(({ code, words, results }) => Object.entries(results).map(([result, said]) => ({ value: `${code}:${result}`, text: `${words}: ${said}` })));

/** A review in one line. */
export function outcomeWords({ class: kind, result }: Pick<ReviewParts, 'class' | 'result'>): string {
  const known = CLASSES.find(({ code }) => code === kind);
  return `${known?.words ?? codeWords(kind)}: ${known?.results[result] ?? codeWords(result)}`;
}

/** A review as a row of its exhibit's history. */
export function reviewRow(review: ReviewParts): object {
  return { words: outcomeWords(review), ground: review.ground, reason: review.reason, by: `${review.reviewedBy}, ${review.agency}`, at: dateTime(review.reviewedAt), iso: isoOf(review.reviewedAt) };
}

/** The documents that one list can be taken as. */
export function documentLinks(workspaceId: string, list: string, version: number | null = null): readonly { readonly text: string; readonly href: string }[] {
  return [['html', 'page to print'], ['pdf', 'PDF'], ['csv', 'spreadsheet (CSV)']].map(([form = '', text = '']) => ({
    text, href: paths.evidenceDocument.to({ workspaceId, list, form }, { version: version === null ? null : String(version) }),
  }));
}

/** The schedule by class, what nobody has reviewed first; a class that lists nothing is left out. */
export function scheduleParts(schedule: Schedule, id: string): readonly object[] {
  const open = schedule.lines.filter(({ review }) => review === null);
  const classes = CLASSES.map(({ code, words, form }) => ({ heading: `${words} (${form})`, lines: schedule.lines.filter(({ review }) => review?.class === code), documents: documentLinks(id, code, schedule.version) }));
  return [{ heading: 'Not reviewed yet', lines: open, documents: [] }, ...classes]
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines, documents }) => ({ heading, documents, rows: lines.map((line) => lineRow(line, id)) }));
}

function lineRow({ exhibitId, reference, title, producedBy, agency, marking, disposed, review, canReview }: Schedule['lines'][number], id: string): object {
  return {
    reference, title, marking, disposed,
    href: paths.exhibit.to({ id, exhibitId }),
    producer: `${producedBy}, ${agency}`,
    // Its class is the heading it stands under.
    review: review && { ...reviewRow(review), result: sentence(outcomeWords(review).split(': ')[1] ?? '') },
    edit: canReview ? paths.reviewDisclosure.to({ id, exhibitId }) : undefined,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the latest version still says how things stand, in words. */
export function standingWords({ versions, since, current }: Schedule): { readonly isCurrent: boolean; readonly words: string; readonly changes: readonly string[] } {
  const [latest] = versions;
  if (!latest) return { isCurrent: false, words: 'Nobody has signed off this schedule yet.', changes: [] };
  const signed = `Version ${latest.version} was signed off by ${latest.signedBy}, ${latest.agency}, on ${dateTime(latest.signedAt)}.`;
  if (current) return { isCurrent: true, words: `${signed} Nothing that you can see has come since.`, changes: [] };
  return { isCurrent: false, words: `Not current. ${signed} It must be reviewed and signed off anew, because of what has come since:`, changes: since.map(({ reference, title, what }) => `${reference} ${title} ${WHAT[what] ?? codeWords(what)}`) };
}
