import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { investigationsDocument, type InvestigationsData } from '../documents/investigations.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { workspaceRow } from '../presenters/workspace.js';

const TABS = [['mine', 'Mine'], ['agency', 'My agency'], ['all', 'All I can see']] as const;
const STATUSES = [['', 'Open and closed'], ['open', 'Open'], ['closed', 'Closed']] as const;

const NOTHING: InvestigationsData['workspaces'] = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };

function tabOf({ query }: Visit): string {
  return query.text('tab') || 'agency';
}

/** The list of investigations. */
@Injectable()
export class InvestigationsPage extends Page<InvestigationsData> {
  readonly view = 'investigations';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<InvestigationsData | undefined> {
    if (!visit.me.can.seeCases) return undefined;
    const variables = { tab: tabOf(visit), status: visit.query.text('status') || null, after: visit.query.text('after') || null };
    return this.api.ask(investigationsDocument, variables, visit.context);
  }

  override nothing(): InvestigationsData {
    return { workspaces: NOTHING };
  }

  title(): string {
    return 'Investigations';
  }

  override marking({ workspaces }: InvestigationsData): string | undefined {
    return pageMarking(workspaces.nodes.map(({ marking }) => marking));
  }

  present({ workspaces }: InvestigationsData, visit: Visit): object {
    const tab = tabOf(visit);
    const status = visit.query.text('status');
    const form = new FormView(visit.query, visit.problems);
    const address = paths.investigations.to({});
    return {
      tabs: TABS.map(([key, text]) => ({ text, href: paths.investigations.to({}, { tab: key, status }), active: key === tab })),
      tab,
      rows: workspaces.nodes.map(workspaceRow),
      status: form.select('status', { label: 'Status' }, STATUSES.map(([value, text]) => ({ value, text }))),
      isRefused: visit.problems.length > 0,
      chips: STATUSES.filter(([value]) => value !== '' && value === status).map(([, text]) => ({ text: `Status: ${text}`, href: paths.investigations.to({}, { tab }) })),
      pagination: pagination(address, { tab, status }, visit.query.text('after'), workspaces.pageInfo),
      isFiltered: status !== '',
      newHref: visit.me.can.openWorkspace ? paths.newInvestigation.to({}) : undefined,
    };
  }
}
