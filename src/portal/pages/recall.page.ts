import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { answerRecallDocument } from '../documents/answer-recall.js';
import type { RecallRow } from '../documents/fragments.js';
import { recallsDocument } from '../documents/recalls.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { recallView, waits } from '../presenters/recalls.js';

const COPIES = [
  { value: 'none', text: 'There are no copies' },
  { value: 'destroyed', text: 'All copies were destroyed' },
  { value: 'kept', text: 'A copy is kept', hint: { text: 'Say by what right, and where.' } },
];

/** An exhibit taken back from the reader's agency: what was taken back and why, and what the agency says became of its copies. */
@Injectable()
export class RecallPage extends Page<RecallRow> {
  readonly view = 'recall';
  readonly section = 'my-work';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, me }: Visit): Promise<RecallRow | undefined> {
    if (!me.can.seeCases) return undefined;
    const { recalls } = await this.api.ask(recallsDocument, {}, context);
    return recalls.find(({ id }) => id === parameters['id']);
  }

  title({ reference, title }: RecallRow): string {
    return `Recalled: ${reference} ${title}`;
  }

  override marking({ marking }: RecallRow): string {
    return marking;
  }

  present(recall: RecallRow, visit: Visit): object {
    const form = FormView.of(visit);
    return {
      recall: recallView(recall),
      back: { text: 'My work', href: paths.myWork.to({}) },
      form: waits(recall) && {
        copies: form.choices('copies', { label: 'What became of your agency\'s copies?' }, COPIES),
        answer: form.textarea('answer', { label: 'In your own words', hint: 'Who made sure of it, and how. The agency that recalled it and the auditors read this. It cannot be changed afterwards.', rows: 3 }),
      },
    };
  }

  override async answer({ form, context }: Visit, { id }: RecallRow): Promise<Answer> {
    const input = { id, copies: form.text('copies'), answer: form.prose('answer') };
    const { answerRecall } = await this.api.ask(answerRecallDocument, { input }, context);
    return answerRecall.__typename === 'Refused' ? { problems: problemsOf(answerRecall) } : { go: paths.myWork.to({}), flash: 'recall-answered' };
  }
}
