import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { answerUnusualUseDocument } from '../documents/answer-unusual-use.js';
import { assignUnusualUseDocument } from '../documents/assign-unusual-use.js';
import { closeUnusualUseDocument } from '../documents/close-unusual-use.js';
import { unusualUseDocument, type UnusualUseData } from '../documents/unusual-use.js';
import type { FlashKey } from '../page/flash.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { sideView, unusualUseRow } from '../presenters/unusual-use.js';

type Loaded = NonNullable<UnusualUseData['unusualUse']>;

const OUTCOMES = [
  { value: 'explained', text: 'The answer explains it' },
  { value: 'taken-up', text: 'My agency has taken it up with the reader' },
];

/** One read that wants an explanation: what there was to find, how far each agency has come, and this reader's next step. */
@Injectable()
export class UnusualUsePage extends Page<Loaded> {
  readonly view = 'unusual-use';
  readonly section = 'unusual-use';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { unusualUse } = await this.api.ask(unusualUseDocument, { id: parameters['id'] ?? '' }, context);
    return unusualUse ?? undefined;
  }

  title({ words }: Loaded): string {
    return words;
  }

  present(use: Loaded, visit: Visit): object {
    const form = FormView.of(visit);
    const { can, colleagues } = use;
    return {
      use: unusualUseRow(use),
      rule: `${use.rule}, version ${use.ruleVersion}`,
      sides: use.sides.map(sideView),
      entryHref: visit.me.can.audit ? paths.auditEntry.to({ id: use.entryId }) : undefined,
      back: visit.me.can.audit || visit.me.can.manageUse ? { text: 'Unusual use', href: paths.unusualUses.to({}) } : { text: 'My work', href: paths.myWork.to({}) },
      assign: can.assign && form.select('personId', { label: 'Who is to explain' }, [{ value: '', text: 'Choose a person' }, ...colleagues.map(({ id, name }) => ({ value: id, text: name }))]),
      answer: can.answer && form.textarea('answer', { label: 'Your explanation', hint: 'Why it was read. Both agencies and the auditors see this. It cannot be changed afterwards.' }),
      close: can.close && {
        conclusion: form.choices('conclusion', { label: 'What came of it' }, OUTCOMES),
        words: form.textarea('words', { label: 'In your own words', rows: 3 }),
      },
    };
  }

  override async answer(visit: Visit, { id }: Loaded): Promise<Answer> {
    switch (visit.form.text('step')) {
      case 'assign':
        return this.assign(visit, id);
      case 'answer':
        return this.explain(visit, id);
      default:
        return this.close(visit, id);
    }
  }

  private async assign({ form, context }: Visit, id: string): Promise<Answer> {
    const { assignUnusualUse: told } = await this.api.ask(assignUnusualUseDocument, { input: { id, personId: form.text('personId') } }, context);
    return told.__typename === 'Refused' ? { problems: problemsOf(told) } : done(id, 'explanation-asked');
  }

  private async explain({ form, context }: Visit, id: string): Promise<Answer> {
    const { answerUnusualUse: told } = await this.api.ask(answerUnusualUseDocument, { input: { id, answer: form.prose('answer') } }, context);
    // Whoever has answered has nothing more to do with it and may no longer be shown it.
    return told.__typename === 'Refused' ? { problems: problemsOf(told) } : { go: paths.myWork.to({}), flash: 'explanation-given' };
  }

  private async close({ form, context }: Visit, id: string): Promise<Answer> {
    const input = { id, conclusion: form.text('conclusion'), words: form.prose('words') };
    const { closeUnusualUse: told } = await this.api.ask(closeUnusualUseDocument, { input }, context);
    return told.__typename === 'Refused' ? { problems: problemsOf(told) } : done(id, 'explanation-closed');
  }
}

function done(id: string, flash: FlashKey): Answer {
  return { go: paths.unusualUse.to({ id }), flash };
}
