import { Injectable } from '@nestjs/common';
import { Category } from '../../../libs/policy/index.js';
import { Api, BadAddress } from '../api.js';
import { auditDocument, type AuditData } from '../documents/audit.js';
import { signInDocument, type SignInData } from '../documents/sign-in.js';
import type { Fields } from '../page/fields.js';
import { Page, type Visit } from '../page/page.js';
import type { Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, dayFrom, momentOf } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { codeWords, VERB_CHOICES } from '../presenters/words.js';

interface Loaded {
  readonly auditLog: AuditData['auditLog'];
  readonly agencies: SignInData['agencies'];
}

const FILTERS = [
  ['person', 'Person'], ['agencyCode', 'Agency'], ['verb', 'What was done'], ['category', 'Category'], ['outcome', 'Outcome'],
  ['workspaceReference', 'Investigation'], ['clause', 'Clause'], ['purpose', 'Purpose'],
] as const;
const PARTS = ['day', 'month', 'year'] as const;
const EVERY = { value: '', text: 'Any' };
const OUTCOMES = [EVERY, { value: 'done', text: 'Done' }, { value: 'refused', text: 'Refused' }];
const CATEGORIES = [EVERY, ...Object.values(Category).map((value) => ({ value, text: codeWords(value) }))];

/** The auditor's log: every act in the ledger, narrowed by who, where, what, when and why. */
@Injectable()
export class AuditPage extends Page<Loaded> {
  readonly view = 'audit';
  readonly section = 'audit';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me, query }: Visit): Promise<Loaded | undefined> {
    if (!me.can.audit) return undefined;
    const problems = dayProblems(query);
    if (problems.length > 0) throw new BadAddress('A day of the filter is none.', problems);
    const chosen = Object.fromEntries(FILTERS.map(([name]) => [name, query.text(name) || null]));
    const filter = { ...chosen, from: momentIn(query, 'from', 'first'), to: momentIn(query, 'to', 'last') };
    const { auditLog } = await this.api.ask(auditDocument, { filter, after: query.text('after') || null }, context);
    const { agencies } = await this.api.ask(signInDocument, {}, context);
    return { auditLog, agencies };
  }

  override async unfiltered({ context }: Visit): Promise<Loaded> {
    const { agencies } = await this.api.ask(signInDocument, {}, context);
    return { auditLog: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } }, agencies };
  }

  title(): string {
    return 'Audit log';
  }

  override marking({ auditLog }: Loaded): string | undefined {
    return pageMarking(auditLog.nodes.map(({ subjectMarking }) => subjectMarking));
  }

  present({ auditLog, agencies }: Loaded, { query, problems }: Visit): object {
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
      rows: auditLog.nodes.map((entry) => entryRow(entry, true)),
      pagination: pagination(address, given, query.text('after'), auditLog.pageInfo),
      ledger: paths.ledger.to({}),
      isOpen: form.hasProblems,
    };
  }
}

function allNames(): string[] {
  return [...FILTERS.map(([name]) => name), ...['from', 'to'].flatMap((name) => PARTS.map((part) => `${name}.${part}`))];
}

/** A day typed in part, or one there is none of, is said so rather than left out: the log would look searched when it was not. */
function dayProblems(query: Fields): Problem[] {
  const [from, to] = ['from', 'to'].map((name) => dayIn(query, name));
  const problems = (['from', 'to'] as const)
    .filter((name) => dayIn(query, name) === undefined && PARTS.some((part) => query.text(`${name}.${part}`) !== ''))
    .map((field) => ({ field, message: `Enter a real ${field === 'from' ? 'first' : 'last'} day with day, month and year, or leave it empty` }));
  if (from !== undefined && to !== undefined && to < from) problems.push({ field: 'to', message: 'The last day must not be before the first day' });
  return problems;
}

function dayIn(query: Fields, name: string): string | undefined {
  return dayFrom(query.text(`${name}.day`), query.text(`${name}.month`), query.text(`${name}.year`));
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
    return day === undefined ? [] : [{ text: `${name === 'from' ? 'From' : 'To'}: ${date(day)}`, href: without(PARTS.map((part) => `${name}.${part}`)) }];
  });
  return [...named, ...days];
}
