import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { alertsDocument, type AlertsData } from '../documents/alerts.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { alertRow } from '../presenters/alerts.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';

const STATES = [['open', 'To acknowledge'], ['acknowledged', 'Acknowledged'], ['all', 'All']] as const;

const NOTHING: AlertsData['alerts'] = { nodes: [], openCount: 0, pageInfo: { endCursor: null, hasNextPage: false } };

function stateOf({ query }: Visit): string {
  return query.text('state') || 'open';
}

/** The alerts of the reader's own agency. */
@Injectable()
export class AlertsPage extends Page<AlertsData> {
  readonly view = 'alerts';
  readonly section = 'alerts';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<AlertsData | undefined> {
    if (!visit.me.can.seeCases) return undefined;
    return this.api.ask(alertsDocument, { state: stateOf(visit), after: visit.query.text('after') || null }, visit.context);
  }

  override nothing(): AlertsData {
    return { alerts: NOTHING };
  }

  title(): string {
    return 'Alerts';
  }

  override marking({ alerts }: AlertsData): string | undefined {
    return pageMarking(alerts.nodes.map(({ marking }) => marking.text));
  }

  present({ alerts }: AlertsData, visit: Visit): object {
    const state = stateOf(visit);
    return {
      tabs: STATES.map(([key, text]) => ({ text, href: paths.alerts.to({}, { state: key }), active: key === state })),
      state,
      isRefused: visit.problems.length > 0,
      rows: alerts.nodes.map(alertRow),
      pagination: pagination(paths.alerts.to({}), { state }, visit.query.text('after'), alerts.pageInfo),
    };
  }
}
