import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { unusualUsesDocument, type UnusualUsesData } from '../documents/unusual-uses.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { pagination } from '../presenters/pagination.js';
import { unusualUseRow } from '../presenters/unusual-use.js';

const STATES = [['open', 'Open'], ['closed', 'Closed'], ['all', 'All']] as const;

const NOTHING: UnusualUsesData = { unusualUses: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } };

function stateOf({ query }: Visit): string {
  return query.text('state') || 'open';
}

/** The board of reads that want an explanation, for auditors and for who manages an agency concerned. */
@Injectable()
export class UnusualUsesPage extends Page<UnusualUsesData> {
  readonly view = 'unusual-uses';
  readonly section = 'unusual-use';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<UnusualUsesData | undefined> {
    const { me, context, query } = visit;
    if (!me.can.audit && !me.can.manageUse) return undefined;
    return this.api.ask(unusualUsesDocument, { state: stateOf(visit), after: query.text('after') || null }, context);
  }

  override nothing(): UnusualUsesData {
    return NOTHING;
  }

  title(): string {
    return 'Unusual use';
  }

  present({ unusualUses }: UnusualUsesData, visit: Visit): object {
    const state = stateOf(visit);
    return {
      tabs: STATES.map(([key, text]) => ({ text, href: paths.unusualUses.to({}, { state: key }), active: key === state })),
      isRefused: visit.problems.length > 0,
      rows: unusualUses.nodes.map(unusualUseRow),
      pagination: pagination(paths.unusualUses.to({}), { state }, visit.query.text('after'), unusualUses.pageInfo),
    };
  }
}
