import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { decideDisposalDocument } from '../documents/decide-disposal.js';
import { liftHoldDocument } from '../documents/lift-hold.js';
import { placeHoldDocument } from '../documents/place-hold.js';
import { proposeDisposalDocument } from '../documents/propose-disposal.js';
import { setRetentionDocument } from '../documents/set-retention.js';
import type { FlashKey } from '../page/flash.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf, type Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { dayFrom } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { keepingChoices, keepingFacts, retentionChoices } from '../presenters/keeping.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, markingOfBoth, type ExhibitInCase } from './exhibit-part.js';

const DONE: Readonly<Record<string, FlashKey>> = {
  hold: 'hold-placed', 'hold-all': 'hold-placed', lift: 'hold-lifted', keep: 'retention-set', propose: 'disposal-proposed', approve: 'disposal-approved', reject: 'disposal-rejected',
};

/** How long an exhibit is kept: what holds it, when it is reviewed, and its disposal by two people of its agency. */
@Injectable()
export class KeepingPage extends Page<ExhibitInCase> {
  readonly view = 'keeping';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  load(visit: Visit): Promise<ExhibitInCase | undefined> {
    return exhibitInCase(this.api, visit);
  }

  title({ head, exhibit }: ExhibitInCase): string {
    return `How long ${exhibit.reference} is kept – ${head.reference}`;
  }

  override marking(loaded: ExhibitInCase): string | undefined {
    return markingOfBoth(loaded);
  }

  present({ head, exhibit }: ExhibitInCase, visit: Visit): object {
    const form = FormView.of(visit);
    const choices = keepingChoices(exhibit, visit.me);
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      certificate: exhibit.disposal?.certificatePath,
      facts: keepingFacts(exhibit),
      canAct: choices.length > 0,
      canKeep: exhibit.can.dispose,
      isKept: exhibit.retention !== null,
      fields: {
        act: form.choices('act', { label: 'What is to be done?' }, choices),
        rule: form.choices('rule', { label: 'Under which retention group?', hint: 'The periods are reference data that nobody has verified yet: hold them against your agency’s schedule.', classes: 'govuk-radios--small' }, retentionChoices()),
        reviewOn: form.date('reviewOn', { label: 'When is it looked at again?', hint: 'Leave it empty for the period of the group.' }),
        reason: form.textarea('reason', { label: 'Why?', rows: 4 }),
        beforeReview: form.textarea('beforeReview', { label: 'Why before its day of review?', hint: 'Only for a disposal before the day until which it is kept.', rows: 2 }),
      },
      back: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
    };
  }

  override async answer(visit: Visit, loaded: ExhibitInCase): Promise<Answer> {
    const { form, me } = visit;
    const act = form.text('act');
    if (!keepingChoices(loaded.exhibit, me).some(({ value }) => value === act)) return { problems: [{ field: 'act', message: 'Select what is to be done' }] };
    const problems = await this.perform(visit, loaded, act);
    if (problems.length > 0) return { problems };
    return { go: paths.keeping.to({ id: loaded.head.id, exhibitId: loaded.exhibit.id }), flash: DONE[act.split(':')[0] ?? ''] ?? 'custody-recorded' };
  }

  private async perform({ context, form }: Visit, { head, exhibit }: ExhibitInCase, act: string): Promise<readonly Problem[]> {
    const reason = form.prose('reason');
    const exhibitId = exhibit.id;
    const [name = '', hold = ''] = act.split(':');
    const [day, month, year] = ['day', 'month', 'year'].map((part) => form.text(`reviewOn.${part}`));
    const typed = `${day ?? ''}${month ?? ''}${year ?? ''}`;
    const reviewOn = typed === '' ? null : (dayFrom(day ?? '', month ?? '', year ?? '') ?? typed);
    switch (name) {
      case 'hold':
      case 'hold-all':
        return refusals((await this.api.ask(placeHoldDocument, { input: { workspaceId: head.id, exhibitId: name === 'hold' ? exhibitId : null, reason } }, context)).placeHold);
      case 'lift':
        return refusals((await this.api.ask(liftHoldDocument, { input: { id: hold, reason } }, context)).liftHold);
      case 'keep':
        return refusals((await this.api.ask(setRetentionDocument, { input: { exhibitId, group: form.text('rule'), reviewOn, reason } }, context)).setRetention).map(atRule);
      case 'propose':
        return refusals((await this.api.ask(proposeDisposalDocument, { input: { exhibitId, rule: form.text('rule'), reason, beforeReview: form.prose('beforeReview') } }, context)).proposeDisposal);
      default:
        return refusals((await this.api.ask(decideDisposalDocument, { input: { exhibitId, approve: name === 'approve', reason } }, context)).decideDisposal);
    }
  }
}

function refusals(done: { readonly __typename: 'Kept' } | (Parameters<typeof problemsOf>[0] & { readonly __typename: 'Refused' })): Problem[] {
  return done.__typename === 'Refused' ? problemsOf(done) : [];
}

/** The form asks for the group once, for keeping and for disposal. */
function atRule({ field, message }: Problem): Problem {
  return { field: field === 'group' ? 'rule' : field, message };
}
