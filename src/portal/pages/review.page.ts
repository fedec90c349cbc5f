import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { reviewDocument, type ReviewData } from '../documents/review.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { date } from '../presenters/dates.js';
import { groupWords } from '../presenters/keeping.js';
import { pageMarking } from '../presenters/marking.js';

type Due = NonNullable<ReviewData['exhibitsToReview']>;

/** The exhibits of one's own agency whose day of review has come, the longest due first. */
@Injectable()
export class ReviewPage extends Page<Due> {
  readonly view = 'review';
  readonly section = 'my-work';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context }: Visit): Promise<Due | undefined> {
    return (await this.api.ask(reviewDocument, {}, context)).exhibitsToReview ?? undefined;
  }

  title(): string {
    return 'Evidence due for review';
  }

  override marking(due: Due): string | undefined {
    return pageMarking(due.map(({ marking }) => marking));
  }

  present(due: Due): object {
    return {
      rows: due.map(({ id: exhibitId, workspaceId: id, workspaceReference, reference, title, marking, group, reviewOn, held }) => ({
        href: paths.keeping.to({ id, exhibitId }), reference, title, marking, investigation: workspaceReference, group: groupWords(group), due: date(reviewOn), held: held ? 'Yes' : 'No',
      })),
    };
  }
}
