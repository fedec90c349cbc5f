import { Injectable } from '@nestjs/common';
import { Category } from '../../../libs/policy/index.js';
import { BadAddress, NotHere } from '../api.js';
import { auditDocument, type AuditData } from '../documents/audit.js';
import { signInDocument, type SignInData } from '../documents/sign-in.js';
import { Fields } from '../page/fields.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dayProblems, filterChips, filterFields, filterIn, queryOf } from '../presenters/audit-filter.js';
import { summaryView } from '../presenters/audit-summary.js';
import { FormView, type Choice } from '../presenters/form.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { codeWords, VERB_CHOICES } from '../presenters/words.js';
import { AuditorPage, type Desk, type OnDesk } from './auditor-page.js';

interface Loaded {
  readonly auditLog: AuditData['auditLog'];
  readonly agencies: SignInData['agencies'];
}

const NO_ENTRIES: AuditData['auditLog'] = { nodes: [], summary: null, pageInfo: { endCursor: null, hasNextPage: false } };
const EVERY = { value: '', text: 'Any' };
const OUTCOMES = [EVERY, { value: 'done', text: 'Done' }, { value: 'refused', text: 'Refused' }];
const FORMATS = [
  { value: 'csv', text: 'CSV, for a spreadsheet' },
  { value: 'ndjson', text: 'NDJSON, one JSON object a line' },
  { value: 'cef', text: 'CEF, for a security monitoring system' },
];
const CATEGORIES = Object.values(Category).map((value) => ({ value, text: codeWords(value) }));

/** The auditor's log: every act in the ledger, narrowed by who, where, what, when and why. */
@Injectable()
export class AuditPage extends AuditorPage<Loaded> {
  readonly view = 'audit';

  protected async read({ context, query }: Visit): Promise<Loaded> {
    const fields = filterFields(query);
    const problems = dayProblems(fields);
    if (problems.length > 0) throw new BadAddress(problems);
    const after = query.text('after') || null;
    const { auditLog } = await this.api.ask(auditDocument, { filter: filterIn(fields), after, oldestFirst: false, summary: after === null }, context);
    const { agencies } = await this.api.ask(signInDocument, {}, context);
    return { auditLog, agencies };
  }

  override async nothing(visit: Visit): Promise<OnDesk<Loaded>> {
    const desk = await this.desk(visit);
    if (desk === undefined) throw new NotHere();
    const { agencies } = await this.api.ask(signInDocument, {}, visit.context);
    return { desk, shown: { auditLog: NO_ENTRIES, agencies } };
  }

  protected address(): string {
    return paths.audit.to({});
  }

  protected titleOf(): string {
    return 'Audit log';
  }

  protected override markingOf({ auditLog }: Loaded): string | undefined {
    return pageMarking(auditLog.nodes.map(({ subjectMarking }) => subjectMarking));
  }

  protected show({ auditLog, agencies }: Loaded, { query, problems }: Visit, { purposes, searches }: Desk): object {
    const fields = filterFields(query);
    const given = queryOf(fields);
    const form = new FormView(fields, problems);
    const agencyItems = [EVERY, ...agencies.map(({ code, name }) => ({ value: code, text: name }))];
    const words = new Map([...agencyItems, ...VERB_CHOICES, ...CATEGORIES, ...OUTCOMES].map(({ value, text }) => [value, text]));
    const agencyNames = new Map(agencies.map(({ code, name }) => [code, name]));
    return {
      fields: fieldsView(form, fields, agencyItems, purposes),
      chips: filterChips(fields, words),
      clear: paths.audit.to({}),
      isRefused: problems.length > 0,
      rows: auditLog.nodes.map((entry) => entryRow(entry, true)),
      summary: auditLog.summary && auditLog.summary.counted > 0 ? summaryView(auditLog.summary, given, agencyNames) : undefined,
      pagination: pagination(paths.audit.to({}), given, query.text('after'), auditLog.pageInfo),
      ledger: paths.ledger.to({}),
      exporting: { action: paths.ledgerExport.to({}), filter: JSON.stringify(filterIn(fields)), format: new FormView(new Fields(), [], { format: 'csv' }).choices('format', { label: 'Format', classes: 'govuk-radios--small' }, FORMATS) },
      searches: { count: searches.length, href: paths.auditSearches.to({}), save: paths.auditSearches.to({}, { filter: new URLSearchParams(Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString() }) },
    };
  }
}

/** Every field of the filter. What was sent and is no choice is shown as if it were one, refused beside it. */
function fieldsView(form: FormView, fields: Fields, agencies: readonly Choice[], purposes: readonly string[]): object {
  const withGiven = (name: string, choices: readonly Choice[]): Choice[] => [
    ...choices,
    ...fields.list(name).filter((value) => !choices.some((choice) => choice.value === value)).map((value) => ({ value, text: value })),
  ];
  const small = 'govuk-checkboxes--small app-choices';
  return {
    person: form.input('person', { label: 'Person' }),
    workspaceReference: form.input('workspaceReference', { label: 'Investigation reference' }),
    subject: form.input('subject', { label: 'Title at the time', hint: 'Words of what was acted on' }),
    agencyCode: form.select('agencyCode', { label: 'Agency' }, agencies),
    verb: form.choices('verb', { label: 'What was done', classes: small }, withGiven('verb', VERB_CHOICES)),
    category: form.choices('category', { label: 'Category', classes: small }, withGiven('category', CATEGORIES)),
    outcome: form.select('outcome', { label: 'Outcome' }, OUTCOMES),
    clause: form.input('clause', { label: 'Clause' }),
    purpose: form.select('purpose', { label: 'Purpose' }, [EVERY, ...purposes.map((purpose) => ({ value: purpose, text: purpose }))]),
    itemId: form.input('itemId', { label: 'Item', hint: 'Its id' }),
    correlation: form.input('correlation', { label: 'Request', hint: 'Id of the request an act belonged to' }),
    from: form.date('from', { label: 'From' }),
    to: form.date('to', { label: 'To' }),
  };
}
