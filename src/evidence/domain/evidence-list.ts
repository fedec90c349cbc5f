import type { Report, ReportPart } from '../../../libs/bundle/index.js';
import { csvLine } from '../../../libs/kernel/index.js';
import { DISCLOSURE_CLASSES } from './disclosure.js';

/** Which list: of every exhibit, or of one class of the schedule. A class is a document of its own, so that what is not sensitive can be given away without a word of what is. */
export const LISTS = ['exhibits', ...DISCLOSURE_CLASSES.map(({ code }) => code)] as const;

/** What is said of an exhibit in a list. */
export interface ListedExhibit {
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly form: string;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly producer: string;
  readonly agency: string;
  readonly recordedAt: Date;
  readonly disposedAt: Date | null;
  readonly marking: string;
  readonly review: { readonly class: string; readonly result: string; readonly ground: string | null; readonly reason: string; readonly reviewedBy: string; readonly agencyName: string; readonly reviewedAt: Date } | null;
}

/** A list with what is said of it as a whole. */
export interface EvidenceList {
  readonly list: string;
  readonly investigation: { readonly reference: string; readonly title: string };
  readonly marking: string;
  readonly takenBy: string;
  readonly takenAt: Date;
  /** The version that was signed off; undefined: how things stand, which nobody has signed. */
  readonly signed: { readonly version: number; readonly by: string; readonly agency: string; readonly at: Date; readonly statement: string } | undefined;
  /** Whether anything has come since the latest version. */
  readonly isCurrent: boolean;
  readonly exhibits: readonly ListedExhibit[];
}

/** The name a list goes by. */
export function listTitle(list: string): string {
  const known = DISCLOSURE_CLASSES.find(({ code }) => code === list);
  return known ? `Disclosure schedule: ${known.words} (${known.form})` : 'Exhibit list';
}

/** The list for a person to read; its printed forms are made of it. */
export function listReport(of: EvidenceList): Report {
  const { list, investigation, marking, exhibits } = of;
  return {
    title: `${listTitle(list)}: ${investigation.reference} ${investigation.title}`,
    marking,
    parts: [about(of), ...exhibits.map((one) => exhibitPart(one, list))],
  };
}

function about({ list, signed, isCurrent, exhibits, takenBy, takenAt }: EvidenceList): ReportPart {
  const isSchedule = list !== 'exhibits';
  const standing = signed
    ? [`Version ${signed.version}, signed off by ${signed.by}, ${signed.agency}, on ${moment(signed.at)}: ${signed.statement}`, ...(isCurrent ? [] : [NOT_CURRENT])]
    : ['This is how things stand. Nobody has signed it off.'];
  const known = DISCLOSURE_CLASSES.find(({ code }) => code === list);
  return {
    heading: 'This list',
    sentences: [
      ...(isSchedule ? standing : []),
      ...(known?.verified === false ? [`The forms and marks it follows are reference data that nobody has held against their source yet: ${known.source}.`] : []),
      ...(exhibits.length === 0 ? ['It lists nothing.'] : []),
      'It lists what the person who took it may see.',
    ],
    rows: [['Taken by', takenBy], ['Taken at', moment(takenAt)]],
  };
}

/** Of what came since, no document says what it is: what is sensitive among it is not this list's to name. */
const NOT_CURRENT = 'NOT CURRENT: exhibits were added, reviewed again or disposed of since. It must be reviewed and signed off anew.';

function exhibitPart(one: ListedExhibit, list: string): ReportPart {
  const { review } = one;
  const said: readonly (readonly [string, string | null])[] = [
    ['Title', one.title],
    ['Description', one.description || null],
    ['Kind', one.form === 'file' ? `File ${one.fileName ?? ''}` : 'Physical'],
    ['Produced by', `${one.producer}, ${one.agency}`],
    ['Recorded', moment(one.recordedAt)],
    ['Marking', one.marking],
    ['SHA-256', one.sha256],
    ['Disposed of', one.disposedAt && moment(one.disposedAt)],
    ...(list === 'exhibits' || review === null ? [] : reviewRows(review)),
  ];
  return { heading: one.reference, sentences: [], rows: said.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const])) };
}

function reviewRows({ result, ground, reason, reviewedBy, agencyName, reviewedAt, class: kind }: NonNullable<ListedExhibit['review']>): readonly (readonly [string, string | null])[] {
  return [['Result', resultWords(kind, result)], ['Ground', ground], ['Reason', reason], ['Reviewed', `${reviewedBy}, ${agencyName}, ${moment(reviewedAt)}`]];
}

/** A result in words; a code that the reference data no longer knows stands for itself. */
function resultWords(kind: string, result: string): string {
  return DISCLOSURE_CLASSES.find(({ code }) => code === kind)?.results.find(({ code }) => code === result)?.words ?? result;
}

const COLUMNS = ['file_marking', 'reference', 'title', 'description', 'kind', 'file_name', 'sha256', 'produced_by', 'agency', 'recorded_at', 'disposed_at', 'marking'];
const REVIEW_COLUMNS = ['class', 'result', 'ground', 'reason', 'reviewed_by', 'reviewed_for', 'reviewed_at', 'version'];

/** The list for a spreadsheet. The marking of the file stands in each line: one that is cut out of it takes it along. */
export function listCsv({ list, marking, signed, exhibits }: EvidenceList): string {
  const isSchedule = list !== 'exhibits';
  const lines = exhibits.map(({ review, ...one }) => [
    marking, one.reference, one.title, one.description, one.form, one.fileName, one.sha256, one.producer, one.agency, one.recordedAt.toISOString(), one.disposedAt?.toISOString() ?? null, one.marking,
    ...(isSchedule ? [review?.class ?? null, review?.result ?? null, review?.ground ?? null, review?.reason ?? null, review?.reviewedBy ?? null, review?.agencyName ?? null, review?.reviewedAt.toISOString() ?? null, signed?.version ?? null] : []),
  ]);
  return [[...COLUMNS, ...(isSchedule ? REVIEW_COLUMNS : [])], ...lines].map((line) => csvLine(line)).join('');
}

/** `30 November 2026 at 15:20` would be the portal's; a document that leaves it says universal time, as its other records do. */
function moment(at: Date): string {
  return `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 16)} UTC`;
}
