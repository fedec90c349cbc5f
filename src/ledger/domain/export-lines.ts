import { csvLine } from '../../../libs/kernel/index.js';
import type { EntryView } from '../queries/present-entry.js';

/** How entries are written to a file. */
export const EXPORT_FORMATS = ['csv', 'ndjson', 'cef'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The media type of each format, with its character set where it has one. */
export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  cef: 'text/plain; charset=utf-8',
};

type Row = Readonly<Record<string, string | number | null>>;

/** What stands before the first entry: the names of the columns in CSV, nothing otherwise. */
export function exportHead(format: ExportFormat, marking: string): string {
  return format === 'csv' ? csvLine(Object.keys(rowOf(EMPTY, marking))) : '';
}

/**
 * One entry as one line. The marking of the file stands in each: a line that is cut out of the file takes it along.
 *
 * @param marking - of the file as a whole
 */
export function exportLine(format: ExportFormat, entry: EntryView, marking: string): string {
  const row = rowOf(entry, marking);
  if (format === 'csv') return csvLine(Object.values(row));
  return format === 'ndjson' ? `${JSON.stringify(row)}\n` : cefLine(row);
}

/** What is recorded of an act, and never a second copy of content. */
function rowOf(entry: EntryView, marking: string): Row {
  return {
    file_marking: marking, at: entry.at.toISOString(), id: entry.id, index: entry.index, verb: entry.verb, category: entry.category, outcome: entry.outcome,
    person_id: entry.personId, person: entry.person, agency: entry.agency, roles: entry.roles.join(' '), identity_provider: entry.idp,
    investigation: entry.workspaceReference, subject_kind: entry.subjectKind, subject_id: entry.subjectId, subject_title: entry.subjectTitle,
    subject_marking: entry.subjectMarking, agreement: entry.agreement, clause: entry.clause, purpose: entry.purpose, reason: entry.reason,
    recipients: entry.recipients.join(' '), cases: entry.cases.map(({ reference, agreement, clause }) => [reference, agreement, clause].filter(Boolean).join(' ')).join('; '), correlation: entry.correlation, leaf_hash: entry.leafHash,
  };
}

/** ArcSight Common Event Format, version 0: what its header and its extension give a meaning to is escaped in each. */
function cefLine(row: Row): string {
  const text = (name: string): string => String(row[name] ?? '');
  const header = ['CEF:0', 'Concordat', 'Concordat', '1', text('verb'), `${text('category')} ${text('outcome')}`, text('outcome') === 'refused' ? '6' : '3'];
  const extension: Readonly<Record<string, string>> = {
    rt: String(new Date(text('at')).getTime()), externalId: text('id'), act: text('verb'), outcome: text('outcome'), cat: text('category'),
    suid: text('person_id'), suser: text('person'), spriv: text('roles'), reason: text('reason'),
    cs1Label: 'agency', cs1: text('agency'), cs2Label: 'investigation', cs2: text('investigation'), cs3Label: 'subject', cs3: text('subject_title'),
    cs4Label: 'clause', cs4: text('clause'), cs5Label: 'purpose', cs5: text('purpose'), cs6Label: 'fileMarking', cs6: text('file_marking'),
    fileId: text('subject_id'), fileType: text('subject_kind'),
  };
  const pairs = Object.entries(extension).filter(([name, value]) => value !== '' && !(name.endsWith('Label') && extension[name.slice(0, -5)] === ''));
  return `${header.map(cefHeader).join('|')}|${pairs.map(([name, value]) => `${name}=${cefValue(value)}`).join(' ')}\n`;
}

function cefHeader(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll('\\', '\\\\').replaceAll('|', '\\|');
}

function cefValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('=', '\\=').replaceAll(/\r\n|\r|\n/g, '\\n');
}

const EMPTY: EntryView = {
  id: '', index: null, at: new Date(0), verb: '', category: '', outcome: '', personId: null, person: null, agency: null, roles: [], idp: null,
  workspaceReference: null, subjectKind: null, subjectId: null, subjectTitle: null, subjectMarking: null, agreement: null, clause: null, purpose: null,
  reason: null, recipients: [], cases: [], details: null, correlation: null, leafHash: '', proof: null, erased: null,
};
