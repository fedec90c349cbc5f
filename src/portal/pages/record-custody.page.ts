import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { recordCustodyDocument } from '../documents/record-custody.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { happenedFields, happenedIn } from '../presenters/happened-form.js';
import { custodyWords } from '../presenters/words.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, markingOfBoth, type ExhibitInCase } from './exhibit-part.js';

/** The form that records what was done to an exhibit. */
@Injectable()
export class RecordCustodyPage extends Page<ExhibitInCase> {
  readonly view = 'record-custody';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<ExhibitInCase | undefined> {
    const loaded = await exhibitInCase(this.api, visit);
    return loaded?.exhibit.can.acts.length === 0 ? undefined : loaded;
  }

  title({ head, exhibit }: ExhibitInCase): string {
    return `Record an act of custody of ${exhibit.reference} – ${head.reference}`;
  }

  override marking(loaded: ExhibitInCase): string | undefined {
    return markingOfBoth(loaded);
  }

  present({ head, exhibit }: ExhibitInCase, visit: Visit): object {
    const form = FormView.of(visit);
    const short = { classes: 'govuk-input--width-20', autocomplete: 'off', spellcheck: false };
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      isThing: exhibit.form === 'physical',
      fields: {
        act: form.choices('act', { label: 'What was done?' }, exhibit.can.acts.map((act) => ({ value: act, text: custodyWords(act) }))),
        happened: happenedFields(form, 'Leave it empty if it happens now.'),
        doneBy: form.input('doneBy', { label: 'Who did it?', hint: 'Name, and rank or title. Leave it empty if you did it yourself.' }),
        from: form.input('from', { label: 'Received from', hint: 'Needed when it was received.' }),
        to: form.input('to', { label: 'To', hint: 'Who it was given to, or where a copy went. Needed when it was returned.' }),
        location: form.input('location', { label: 'Where?', hint: 'Where it was done, or where it is kept from now on.' }),
        sealBefore: form.input('sealBefore', { label: 'Seal number as you read it', hint: exhibit.seal === null ? 'It bears no seal as far as is recorded.' : 'Read it off the exhibit. Needed when the seal was broken.', ...short }),
        sealAfter: form.input('sealAfter', { label: 'Number of the new seal', hint: 'Needed when it was sealed.', ...short }),
        reason: form.textarea('reason', { label: 'Why, and what was done', rows: 4 }),
      },
      cancel: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
    };
  }

  override async answer({ context, form }: Visit, { head, exhibit }: ExhibitInCase): Promise<Answer> {
    const happened = happenedIn(form);
    const missing = [...(form.text('act') === '' ? [{ field: 'act', message: 'Select what was done' }] : []), ...happened.problems];
    if (missing.length > 0) return { problems: missing };
    const told = ['act', 'doneBy', 'from', 'to', 'location', 'sealBefore', 'sealAfter'] as const;
    const words = Object.fromEntries(told.map((name) => [name, form.text(name)])) as Record<(typeof told)[number], string>;
    const input = { exhibitId: exhibit.id, ...words, happenedAt: happened.at ?? null, reason: form.prose('reason') };
    const { recordCustody } = await this.api.ask(recordCustodyDocument, { input }, context);
    if (recordCustody.__typename === 'Refused') return { problems: problemsOf(recordCustody) };
    return { go: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }), flash: 'custody-recorded' };
  }
}
