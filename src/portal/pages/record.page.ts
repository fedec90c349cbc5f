import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { itemsDocument, type ItemsData } from '../documents/items.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { itemCard, workspaceBar } from '../presenters/workspace.js';

const KINDS = [['', 'Everything'], ['record', 'Records'], ['finding', 'Findings'], ['note', 'Notes']] as const;

interface Loaded {
  readonly head: WorkspaceHead;
  readonly items: ItemsData['items'];
}

function kindOf({ query }: Visit): string {
  return KINDS.find(([key]) => key === query.text('kind'))?.[0] ?? '';
}

/** What is known: records, findings and notes the reader may see. */
@Injectable()
export class RecordPage extends Page<Loaded> {
  readonly view = 'record';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const variables = { id: visit.parameters['id'] ?? '', kind: kindOf(visit) || null, after: visit.query.text('after') || null };
    const { workspace, items } = await this.api.ask(itemsDocument, variables, visit.context);
    return workspace === null ? undefined : { head: workspace, items };
  }

  title({ head }: Loaded): string {
    return `Record – ${head.reference} ${head.title}`;
  }

  override marking({ head, items }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...items.nodes.map(({ marking }) => marking.text)]);
  }

  present({ head, items }: Loaded, visit: Visit): object {
    const kind = kindOf(visit);
    const address = paths.record.to({ id: head.id });
    return {
      bar: workspaceBar(head, 'record'),
      kinds: KINDS.map(([key, text]) => ({ text, href: paths.record.to({ id: head.id }, { kind: key }), active: key === kind })),
      cards: items.nodes.map((item) => itemCard(item, head, visit.me)),
      pagination: pagination(address, { kind }, visit.query.text('after'), items.pageInfo),
    };
  }
}
