import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { answerCustodyDocument } from '../documents/answer-custody.js';
import type { FlashKey } from '../page/flash.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { FormView, type Choice } from '../presenters/form.js';
import { happenedFields, happenedIn } from '../presenters/happened-form.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, markingOfBoth, type Exhibit, type ExhibitInCase } from './exhibit-part.js';

const DONE: Readonly<Record<string, FlashKey>> = { accept: 'custody-accepted', decline: 'custody-declined', withdraw: 'custody-withdrawn' };

/** The form by which an offer is accepted, declined or withdrawn. */
@Injectable()
export class AnswerCustodyPage extends Page<ExhibitInCase> {
  readonly view = 'answer-custody';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<ExhibitInCase | undefined> {
    const loaded = await exhibitInCase(this.api, visit);
    return loaded && choicesOf(loaded.exhibit).length > 0 ? loaded : undefined;
  }

  title({ head, exhibit }: ExhibitInCase): string {
    return `Answer the offer of ${exhibit.reference} – ${head.reference}`;
  }

  override marking(loaded: ExhibitInCase): string | undefined {
    return markingOfBoth(loaded);
  }

  present({ head, exhibit }: ExhibitInCase, visit: Visit): object {
    const form = FormView.of(visit);
    const { offer } = exhibit;
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      isThing: exhibit.form === 'physical',
      canAccept: exhibit.can.answer,
      offer: offer === null ? '' : `${offer.by.name}, ${offer.by.agency}, offered it to ${offer.to} on ${dateTime(offer.at)}.`,
      fields: {
        answer: form.choices('answer', { label: 'What do you say?' }, choicesOf(exhibit)),
        sealBefore: form.input('sealBefore', { label: 'Seal number as you read it', hint: 'Read it off the exhibit, not off a form. Needed when the exhibit is sealed.', classes: 'govuk-input--width-20', autocomplete: 'off', spellcheck: false }),
        location: form.input('location', { label: 'Where is it kept from now on?' }),
        happened: happenedFields(form, 'When it changed hands. Leave it empty if it does now.'),
        reason: form.textarea('reason', { label: 'Why?', hint: 'Needed when you decline it, or when it bears another seal than was recorded.', rows: 3 }),
      },
      cancel: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
    };
  }

  override async answer({ context, form }: Visit, { head, exhibit }: ExhibitInCase): Promise<Answer> {
    const happened = happenedIn(form);
    const answer = form.text('answer');
    const missing = [...(answer === '' ? [{ field: 'answer', message: 'Select what you say to the offer' }] : []), ...happened.problems];
    if (missing.length > 0) return { problems: missing };
    const input = {
      exhibitId: exhibit.id, answer, happenedAt: happened.at ?? null, location: form.text('location'), sealBefore: form.text('sealBefore'), reason: form.prose('reason'),
    };
    const { answerCustodyOffer } = await this.api.ask(answerCustodyDocument, { input }, context);
    if (answerCustodyOffer.__typename === 'Refused') return { problems: problemsOf(answerCustodyOffer) };
    return { go: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }), flash: DONE[answer] ?? 'custody-recorded' };
  }
}

function choicesOf({ can }: Exhibit): Choice[] {
  return [
    ...(can.answer ? [{ value: 'accept', text: 'Accept it', hint: { text: 'Your agency holds it from then on, in your name.' } }, { value: 'decline', text: 'Decline it' }] : []),
    ...(can.withdraw ? [{ value: 'withdraw', text: 'Withdraw the offer' }] : []),
  ];
}
