import { Injectable } from '@nestjs/common';
import { Category } from '../../../libs/policy/index.js';
import { Api, BadAddress } from '../api.js';
import { agencyLogDocument, type AgencyLogData } from '../documents/agency-log.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { agencyLogRow } from '../presenters/agency-log.js';
import { dayProblems, filterChips, filterFields, filterIn, queryOf } from '../presenters/audit-filter.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { codeWords, VERB_CHOICES } from '../presenters/words.js';

const NOTHING: AgencyLogData = { agencyLog: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } };
const EVERY = { value: '', text: 'Any' };
const OUTCOMES = [EVERY, { value: 'done', text: 'Done' }, { value: 'refused', text: 'Refused' }];
const CATEGORIES = Object.values(Category).map((value) => ({ value, text: codeWords(value) }));
const WORDS = new Map([...VERB_CHOICES, ...CATEGORIES, ...OUTCOMES].map(({ value, text }) => [value, text]));
const OTHERS = 'others';
const VIEWS = [['', 'What our people did'], [OTHERS, 'What others did with what is ours']] as const;

function viewOf({ query }: Visit): '' | typeof OTHERS {
  return query.text('of') === OTHERS ? OTHERS : '';
}

/** What an agency answers for across all cases: for who manages it. */
@Injectable()
export class AgencyLogPage extends Page<AgencyLogData> {
  readonly view = 'agency-log';
  readonly section = 'agency-log';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<AgencyLogData | undefined> {
    const { me, context, query } = visit;
    if (!me.can.manageUse) return undefined;
    const fields = filterFields(query);
    const problems = dayProblems(fields);
    if (problems.length > 0) throw new BadAddress(problems);
    const { person = null, verb = [], category = [], outcome = null, workspaceReference = null, from = null, to = null } = filterIn(fields);
    const filter = { person, verb, category, outcome, workspaceReference, from, to };
    return this.api.ask(agencyLogDocument, { filter, ofOthers: viewOf(visit) === OTHERS, after: query.text('after') || null }, context);
  }

  override nothing(): AgencyLogData {
    return NOTHING;
  }

  title(): string {
    return 'Agency log';
  }

  override marking({ agencyLog }: AgencyLogData): string | undefined {
    return pageMarking(agencyLog.nodes.flatMap(({ subjectMarking, concerned }) => [subjectMarking, ...concerned.map(({ marking }) => marking)]));
  }

  present({ agencyLog }: AgencyLogData, visit: Visit): object {
    const { query, problems, me } = visit;
    const of = viewOf(visit);
    const fields = filterFields(query);
    const form = new FormView(fields, problems);
    const names = agencyLog.nodes.flatMap(({ personId, person }) => (personId === null || person === null ? [] : [[personId, person] as const]));
    return {
      tabs: VIEWS.map(([key, text]) => ({ text, href: paths.agencyLog.to({}, { of: key }), active: key === of })),
      of,
      isOfOthers: of === OTHERS,
      agency: me.agency.name,
      fields: fieldsView(form),
      chips: filterChips(fields, new Map([...WORDS, ...names]), (kept) => paths.agencyLog.to({}, { of, ...kept })),
      clear: paths.agencyLog.to({}, { of }),
      isRefused: problems.length > 0,
      rows: agencyLog.nodes.map(agencyLogRow),
      pagination: pagination(paths.agencyLog.to({}), { of, ...queryOf(fields) }, query.text('after'), agencyLog.pageInfo),
    };
  }
}

/** Of several verbs or categories in the address a list shows the last, and what is filtered by shows all. */
function fieldsView(form: FormView): object {
  return {
    person: form.input('person', { label: 'Person', hint: 'Part of a name' }),
    workspaceReference: form.input('workspaceReference', { label: 'Investigation reference' }),
    verb: form.select('verb', { label: 'What was done' }, [EVERY, ...VERB_CHOICES]),
    category: form.select('category', { label: 'Category' }, [EVERY, ...CATEGORIES]),
    outcome: form.select('outcome', { label: 'Outcome' }, OUTCOMES),
    from: form.date('from', { label: 'From' }),
    to: form.date('to', { label: 'To' }),
  };
}
