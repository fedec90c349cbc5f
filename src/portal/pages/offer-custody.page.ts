import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { offerCustodyDocument } from '../documents/offer-custody.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView, type Choice } from '../presenters/form.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, markingOfBoth, type ExhibitInCase } from './exhibit-part.js';

/** The form that offers an exhibit to an agency. */
@Injectable()
export class OfferCustodyPage extends Page<ExhibitInCase> {
  readonly view = 'offer-custody';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<ExhibitInCase | undefined> {
    const loaded = await exhibitInCase(this.api, visit);
    return loaded?.exhibit.can.offer === true ? loaded : undefined;
  }

  title({ head, exhibit }: ExhibitInCase): string {
    return `Offer ${exhibit.reference} to an agency – ${head.reference}`;
  }

  override marking(loaded: ExhibitInCase): string | undefined {
    return markingOfBoth(loaded);
  }

  present(loaded: ExhibitInCase, visit: Visit): object {
    const { head, exhibit } = loaded;
    const form = FormView.of(visit);
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      fields: {
        agencyId: form.choices('agencyId', { label: 'To which agency?', hint: 'Only agencies that may see this exhibit can take it.' }, takersOf(loaded, visit)),
        person: form.input('person', { label: 'To whom there?', hint: 'Name, and rank or title, if you know. Anybody of that agency in this investigation may accept.' }),
        location: form.input('location', { label: 'Where is it handed over?' }),
        reason: form.textarea('reason', { label: 'Why?', rows: 3 }),
      },
      cancel: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
    };
  }

  override async answer({ context, form }: Visit, { head, exhibit }: ExhibitInCase): Promise<Answer> {
    const agencyId = form.text('agencyId');
    if (agencyId === '') return { problems: [{ field: 'agencyId', message: 'Select an agency' }] };
    const input = { exhibitId: exhibit.id, agencyId, person: form.text('person'), location: form.text('location'), reason: form.prose('reason') };
    const { offerCustody } = await this.api.ask(offerCustodyDocument, { input }, context);
    if (offerCustody.__typename === 'Refused') return { problems: problemsOf(offerCustody) };
    return { go: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }), flash: 'custody-offered' };
  }
}

/** The members that the marking does not leave out; whether their clause reaches it is for the policy to say. */
function takersOf({ head, exhibit }: ExhibitInCase, { me }: Visit): Choice[] {
  const { releasableTo, originator } = exhibit.marking;
  const named = releasableTo && new Set([originator.id, ...releasableTo.map(({ id }) => id)]);
  return head.members
    .filter(({ agency }) => named === null || named.has(agency.id))
    .map(({ agency }) => ({ value: agency.id, text: agency.name, ...(agency.id === me.agency.id && { hint: { text: 'Your own agency: a colleague must accept it.' } }) }));
}
