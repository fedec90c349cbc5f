import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { purposeDocument, type PurposeData } from '../documents/purpose.js';
import { statePurposeDocument } from '../documents/state-purpose.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';

type Investigation = NonNullable<PurposeData['workspace']>;

/** Where a reader says what she reads an investigation for: before the first item in a session, or in the place of what she said before. */
@Injectable()
export class PurposePage extends Page<Investigation> {
  readonly view = 'purpose';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Investigation | undefined> {
    const { workspace } = await this.api.ask(purposeDocument, { id: parameters['id'] ?? '' }, context);
    return workspace ?? undefined;
  }

  title({ reference }: Investigation): string {
    return `What is this for? – ${reference}`;
  }

  override marking({ marking }: Investigation): string | undefined {
    return pageMarking([marking.text]);
  }

  present(investigation: Investigation, visit: Visit): object {
    const { id, purposes, statedPurpose } = investigation;
    const form = FormView.of(visit, { purpose: statedPurpose ?? '' });
    return {
      bar: workspaceBar(investigation, 'overview'),
      isChange: statedPurpose !== null,
      field: form.choices('purpose', { label: 'I am reading this investigation for' }, purposes.map((text) => ({ value: text, text }))),
      back: backIn(visit, id),
      cancel: statedPurpose === null ? paths.investigations.to({}) : backIn(visit, id),
    };
  }

  override async answer(visit: Visit, { id }: Investigation): Promise<Answer> {
    const purpose = visit.form.text('purpose');
    if (purpose === '') return { problems: [{ field: 'purpose', message: 'Select what you are reading this investigation for' }] };
    const { statePurpose } = await this.api.ask(statePurposeDocument, { input: { workspaceId: id, purpose } }, visit.context);
    if (statePurpose.__typename === 'Refused') return { problems: problemsOf(statePurpose) };
    return { go: backIn(visit, id), flash: 'purpose-stated' };
  }
}

/** The page she was on her way to (attacker-controlled): only ever one of this investigation, and nothing a browser could take for an address elsewhere. */
function backIn({ form, query }: Visit, id: string): string {
  const asked = form.text('back') || query.text('back');
  const home = paths.overview.to({ id });
  const isWithin = asked === home || asked.startsWith(`${home}/`) || asked.startsWith(`${home}?`);
  return isWithin && !/[\\\s]|\/\.\.?(?:\/|$)/.test(asked) ? asked : home;
}
