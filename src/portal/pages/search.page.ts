import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { searchDocument, type SearchData } from '../documents/search.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { kindWords } from '../presenters/words.js';

type Hit = SearchData['search']['nodes'][number];
const NOTHING: SearchData = { search: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } } };

/** Search over what the reader may see, in every investigation of hers. */
@Injectable()
export class SearchPage extends Page<SearchData> {
  readonly view = 'search';
  readonly section = 'search';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me, query }: Visit): Promise<SearchData | undefined> {
    if (!me.can.seeCases) return undefined;
    const text = query.text('text');
    return text === '' ? NOTHING : this.api.ask(searchDocument, { text, after: query.text('after') || null }, context);
  }

  override unfiltered(): SearchData {
    return NOTHING;
  }

  title(): string {
    return 'Search';
  }

  override marking({ search }: SearchData): string | undefined {
    return pageMarking(search.nodes.map(({ marking }) => marking));
  }

  present({ search }: SearchData, { query, problems }: Visit): object {
    const text = query.text('text');
    const form = new FormView(query, problems);
    return {
      text: form.hasProblems ? '' : text,
      field: form.input('text', {
        label: 'Words in what you can see',
        hint: 'A business, a reference, or words from a record, finding, note or exhibit.',
        type: 'search',
        classes: 'app-search-input',
      }),
      hits: search.nodes.map((hit) => ({
        kind: kindWords(hit.kind),
        title: hit.title,
        snippet: hit.snippet,
        marking: hit.marking,
        reference: hit.workspaceReference,
        href: addressOf(hit),
      })),
      pagination: pagination(paths.search.to({}), { text }, query.text('after'), search.pageInfo),
    };
  }
}

function addressOf({ kind, id, workspaceId }: Hit): string {
  if (kind === 'workspace') return paths.overview.to({ id: workspaceId });
  if (kind === 'exhibit') return paths.exhibit.to({ id: workspaceId, exhibitId: id });
  return `${paths.record.to({ id: workspaceId })}#item-${id}`;
}
