import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { caseHoldsDocument, type CaseHoldsData } from '../documents/case-holds.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { liftHoldDocument } from '../documents/lift-hold.js';
import { placeHoldDocument } from '../documents/place-hold.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { FormView, type Choice } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly holds: NonNullable<CaseHoldsData['caseHolds']>;
}

/** The holds on all evidence of an investigation, before there is any as well as afterwards. */
@Injectable()
export class CaseHoldsPage extends Page<Loaded> {
  readonly view = 'case-holds';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { workspace, caseHolds } = await this.api.ask(caseHoldsDocument, { id: parameters['id'] ?? '' }, context);
    return workspace === null || caseHolds === null ? undefined : { head: workspace, holds: caseHolds };
  }

  title({ head }: Loaded): string {
    return `Holds on the evidence – ${head.reference}`;
  }

  override marking({ head }: Loaded): string | undefined {
    return pageMarking([head.marking.text]);
  }

  present({ head, holds }: Loaded, visit: Visit): object {
    const form = FormView.of(visit, { act: 'place' });
    return {
      bar: workspaceBar(head, 'evidence'),
      holds: holds.map(({ placedBy, agency, placedAt, reason }) => ({ by: `${placedBy}, ${agency}, since ${dateTime(placedAt)}`, reason })),
      fields: {
        act: form.choices('act', { label: 'What is to be done?' }, choicesOf(holds, visit)),
        reason: form.textarea('reason', { label: 'Why?', rows: 4 }),
      },
      back: paths.evidence.to({ id: head.id }),
    };
  }

  override async answer(visit: Visit, { head, holds }: Loaded): Promise<Answer> {
    const act = visit.form.text('act');
    if (!choicesOf(holds, visit).some(({ value }) => value === act)) return { problems: [{ field: 'act', message: 'Select what is to be done' }] };
    const done = await this.perform(visit, head.id, act);
    if (done.__typename === 'Refused') return { problems: problemsOf(done) };
    return { go: paths.caseHolds.to({ id: head.id }), flash: act === 'place' ? 'hold-placed' : 'hold-lifted' };
  }

  private async perform({ context, form }: Visit, workspaceId: string, act: string) {
    const reason = form.prose('reason');
    if (act === 'place') return (await this.api.ask(placeHoldDocument, { input: { workspaceId, exhibitId: null, reason } }, context)).placeHold;
    return (await this.api.ask(liftHoldDocument, { input: { id: act.replace(/^lift:/, ''), reason } }, context)).liftHold;
  }
}

/** Whoever sees the case may place one; only those of one's own agency are lifted. */
function choicesOf(holds: Loaded['holds'], { me }: Visit): Choice[] {
  const own = holds.filter(({ agencyId }) => agencyId === me.agency.id);
  return [
    { value: 'place', text: 'Place a hold on all evidence of this investigation', hint: { text: 'What is still to come is held as well. Nobody disposes of any until your agency lifts the hold.' } },
    ...own.map(({ id, reason }) => ({ value: `lift:${id}`, text: 'Lift the hold of your agency', hint: { text: reason } })),
  ];
}
