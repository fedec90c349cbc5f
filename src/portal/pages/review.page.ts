import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { reviewDocument, type ReviewData } from '../documents/review.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { date } from '../presenters/dates.js';
import { groupWords } from '../presenters/keeping.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';

type Due = NonNullable<ReviewData['exhibitsToReview']>;

/** The exhibits of one's own agency whose day of review has come, the longest due first. */
@Injectable()
export class ReviewPage extends Page<Due> {
  readonly view = 'review';
  readonly section = 'my-work';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, query }: Visit): Promise<Due | undefined> {
    return (await this.api.ask(reviewDocument, { after: query.text('after') || null }, context)).exhibitsToReview ?? undefined;
  }

  title(): string {
    return 'Evidence due for review';
  }

  override marking({ nodes }: Due): string | undefined {
    return pageMarking(nodes.map(({ marking }) => marking));
  }

  present({ nodes, pageInfo, count }: Due, { query }: Visit): object {
    return {
      count: count === 1 ? 'One exhibit is due.' : `${count} exhibits are due.`,
      pagination: pagination(paths.review.to({}), {}, query.text('after'), pageInfo),
      rows: nodes.map(({ id: exhibitId, workspaceId: id, workspaceReference, reference, title, marking, group, reviewOn, held }) => ({
        href: paths.keeping.to({ id, exhibitId }), reference, title, marking, investigation: workspaceReference, group: groupWords(group), due: date(reviewOn), held: held ? 'Yes' : 'No',
      })),
    };
  }
}
