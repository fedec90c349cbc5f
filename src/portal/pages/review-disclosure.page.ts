import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { exhibitDisclosureDocument, type ExhibitDisclosureData } from '../documents/exhibit-disclosure.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { reviewForDisclosureDocument } from '../documents/review-for-disclosure.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { OUTCOMES, reviewRow } from '../presenters/disclosure.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibit: NonNullable<ExhibitDisclosureData['exhibit']>;
  readonly disclosure: NonNullable<ExhibitDisclosureData['exhibitDisclosure']>;
}

/** What was said of one exhibit for disclosure, and saying it anew. */
@Injectable()
export class ReviewDisclosurePage extends Page<Loaded> {
  readonly view = 'review-disclosure';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { workspace, exhibit, exhibitDisclosure } = await this.api.ask(exhibitDisclosureDocument, { id: parameters['id'] ?? '', exhibitId: parameters['exhibitId'] ?? '' }, context);
    if (workspace === null || exhibit?.workspaceId !== workspace.id || exhibitDisclosure === null) return undefined;
    return { head: workspace, exhibit, disclosure: exhibitDisclosure };
  }

  title({ head, exhibit }: Loaded): string {
    return `Disclosure of ${exhibit.reference} – ${head.reference}`;
  }

  override marking({ head, exhibit }: Loaded): string | undefined {
    return pageMarking([head.marking.text, exhibit.marking.text]);
  }

  present({ head, exhibit, disclosure }: Loaded, visit: Visit): object {
    const { id } = head;
    const form = FormView.of(visit);
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      reviews: disclosure.reviews.map(reviewRow),
      // What was read: whoever was faster is not written over unseen.
      seen: disclosure.reviews[0]?.seq ?? 0,
      fields: disclosure.canReview
        ? {
            outcome: form.choices('outcome', { label: 'What is it, and what follows?', hint: 'The classes follow the forms MG12, MG6C and MG6D. They are reference data that nobody has verified yet.', classes: 'govuk-radios--small' }, OUTCOMES),
            ground: form.textarea('ground', { label: 'On which ground is it sensitive?', hint: 'Only for what is sensitive.', rows: 3 }),
            reason: form.textarea('reason', { label: 'Why?', rows: 4 }),
          }
        : undefined,
      schedule: paths.disclosure.to({ id }),
      back: paths.exhibit.to({ id, exhibitId: exhibit.id }),
    };
  }

  override async answer({ context, form }: Visit, { head, exhibit }: Loaded): Promise<Answer> {
    const [kind = '', result = ''] = form.text('outcome').split(':');
    const seen = Number(form.text('seen'));
    const input = { exhibitId: exhibit.id, class: kind, result, ground: form.prose('ground') || null, reason: form.prose('reason'), seen: Number.isSafeInteger(seen) && seen >= 0 && seen <= 1_000_000 ? seen : 0 };
    const { reviewForDisclosure: done } = await this.api.ask(reviewForDisclosureDocument, { input }, context);
    if (done.__typename === 'Refused') return { problems: problemsOf(done).map(({ field, message }) => ({ field: field === 'class' || field === 'result' ? 'outcome' : field, message })) };
    return { go: paths.reviewDisclosure.to({ id: head.id, exhibitId: exhibit.id }), flash: 'disclosure-reviewed' };
  }
}
