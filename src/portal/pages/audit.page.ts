import { Injectable } from '@nestjs/common';
import { Category } from '../../../libs/policy/index.js';
import { Api, BadAddress, NotHere } from '../api.js';
import { auditDocument, type AuditData } from '../documents/audit.js';
import { signInDocument, type SignInData } from '../documents/sign-in.js';
import type { Fields } from '../page/fields.js';
import type { Visit } from '../page/page.js';
import type { Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, dayFrom, momentOf } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { codeWords, VERB_CHOICES } from '../presenters/words.js';
import { AuditorPage, type OnDesk } from './auditor-page.js';

interface Loaded {
  readonly auditLog: AuditData['auditLog'];
  readonly agencies: SignInData['agencies'];
}

const FILTERS = [
  ['person', 'Person'], ['agencyCode', 'Agency'], ['verb', 'What was done'], ['category', 'Category'], ['outcome', 'Outcome'],
  ['workspaceReference', 'Investigation'], ['clause', 'Clause'], ['purpose', 'Purpose'],
] as const;
const NO_ENTRIES: AuditData['auditLog'] = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };
const EVERY = { value: '', text: 'Any' };
const OUTCOMES = [EVERY, { value: 'done', text: 'Done' }, { value: 'refused', text: 'Refused' }];
const CATEGORIES = [EVERY, ...Object.values(Category).map((value) => ({ value, text: codeWords(value) }))];

/** The auditor's log: every act in the ledger, narrowed by who, where, what, when and why. */
@Injectable()
export class AuditPage extends AuditorPage<Loaded> {
  readonly view = 'audit';

  constructor(api: Api) {
    super(api);
  }

  protected async read({ context, query }: Visit): Promise<Loaded> {
    const problems = (['from', 'to'] as const).flatMap((name) => dayProblems(query, name));
    if (problems.length > 0) throw new BadAddress(problems);
    const chosen = Object.fromEntries(FILTERS.map(([name]) => [name, query.text(name) || null]));
    const filter = { ...chosen, from: momentIn(query, 'from', 'first'), to: momentIn(query, 'to', 'last') };
    const { auditLog } = await this.api.ask(auditDocument, { filter, after: query.text('after') || null }, context);
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

  protected show({ auditLog, agencies }: Loaded, { query, problems }: Visit): object {
    const form = new FormView(query, problems);
    const address = paths.audit.to({});
    const agencyItems = [EVERY, ...agencies.map(({ code, name }) => ({ value: code, text: name }))];
    const given = Object.fromEntries(allNames().map((name) => [name, query.text(name)]));
    return {
      fields: {
        person: form.input('person', { label: 'Person' }),
        workspaceReference: form.input('workspaceReference', { label: 'Investigation reference' }),
        agencyCode: form.select('agencyCode', { label: 'Agency' }, agencyItems),
        verb: form.select('verb', { label: 'What was done' }, [EVERY, ...VERB_CHOICES]),
        category: form.select('category', { label: 'Category' }, CATEGORIES),
        outcome: form.select('outcome', { label: 'Outcome' }, OUTCOMES),
        clause: form.input('clause', { label: 'Clause' }),
        purpose: form.input('purpose', { label: 'Purpose' }),
        from: form.date('from', { label: 'From' }),
        to: form.date('to', { label: 'To' }),
      },
      chips: chipsOf(query, given, new Map([...agencyItems, ...VERB_CHOICES, ...CATEGORIES, ...OUTCOMES].map(({ value, text }) => [value, text]))),
      clear: address,
      isRefused: problems.length > 0,
      rows: auditLog.nodes.map((entry) => entryRow(entry, true)),
      pagination: pagination(address, given, query.text('after'), auditLog.pageInfo),
      ledger: paths.ledger.to({}),
    };
  }
}

function allNames(): string[] {
  return [...FILTERS.map(([name]) => name), ...['from', 'to'].flatMap((name) => ['day', 'month', 'year'].map((part) => `${name}.${part}`))];
}

function dayIn(query: Fields, name: string): string | undefined {
  return dayFrom(query.text(`${name}.day`), query.text(`${name}.month`), query.text(`${name}.year`));
}

/** A day of which anything was entered must be one. */
function dayProblems(query: Fields, name: 'from' | 'to'): readonly Problem[] {
  const isGiven = ['day', 'month', 'year'].some((part) => query.text(`${name}.${part}`) !== '');
  if (!isGiven || dayIn(query, name) !== undefined) return [];
  return [{ field: name, message: `${name === 'from' ? 'From' : 'To'}: This is not a day of the calendar. Enter day, month and year, such as 21 11 2026, or leave all three empty.` }];
}

function momentIn(query: Fields, name: string, end: 'first' | 'last'): string | null {
  const day = dayIn(query, name);
  return day === undefined ? null : momentOf(day, end);
}

/** What is filtered by, each with a link that takes it away. */
function chipsOf(query: Fields, given: Readonly<Record<string, string>>, words: ReadonlyMap<string, string>): object[] {
  const without = (gone: readonly string[]): string => paths.audit.to({}, Object.fromEntries(Object.entries(given).filter(([name]) => !gone.includes(name))));
  const named = FILTERS.filter(([name]) => query.text(name) !== '').map(([name, label]) => ({
    text: `${label}: ${words.get(query.text(name)) ?? query.text(name)}`,
    href: without([name]),
  }));
  const days = (['from', 'to'] as const).flatMap((name) => {
    const day = dayIn(query, name);
    return day === undefined ? [] : [{ text: `${name === 'from' ? 'From' : 'To'}: ${date(day)}`, href: without(['day', 'month', 'year'].map((part) => `${name}.${part}`)) }];
  });
  return [...named, ...days];
}
