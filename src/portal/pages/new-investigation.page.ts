import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { openWorkspaceDocument } from '../documents/open-workspace.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';

const PURPOSES = [
  { value: 'Protecting the public from unsafe food premises', text: 'Protecting the public from unsafe food premises' },
  { value: 'Fire safety of premises', text: 'Fire safety of premises' },
  { value: 'Outbreak control', text: 'Outbreak control' },
];

/** The form that opens an investigation. */
@Injectable()
export class NewInvestigationPage extends Page<object> {
  readonly view = 'new-investigation';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ me }: Visit): Promise<object | undefined> {
    return Promise.resolve(me.can.openWorkspace ? {} : undefined);
  }

  title(): string {
    return 'Open an investigation';
  }

  present(_: object, visit: Visit): object {
    const form = FormView.of(visit, {});
    return {
      fields: {
        title: form.input('title', { label: 'Title', hint: 'A short name that people in other agencies will recognise.' }),
        name: form.input('business.name', { label: 'Name of the business', autocomplete: 'off' }),
        address: form.textarea('business.address', { label: 'Address', rows: 3 }),
        postcode: form.input('business.postcode', { label: 'Postcode', classes: 'govuk-input--width-10', autocomplete: 'off' }),
        fhrsId: form.input('business.fhrsId', { label: 'Food hygiene rating number (optional)', hint: 'The FHRS number of the establishment, if you know it.', classes: 'govuk-input--width-10', inputmode: 'numeric', autocomplete: 'off' }),
        summary: form.textarea('summary', { label: 'What is being investigated?', hint: 'What happened and why agencies may need to work together.' }),
        purpose: form.choices('purpose', { label: 'Purpose' }, PURPOSES),
      },
      marking: markingFields(form),
      agency: visit.me.agency.name,
      cancel: paths.investigations.to({}),
    };
  }

  override async answer({ context, form, me }: Visit): Promise<Answer> {
    const missing = markingProblems(form, false);
    if (form.text('purpose') === '') missing.unshift({ field: 'purpose', message: 'Select the purpose of the investigation' });
    const input = {
      title: form.text('title'),
      summary: form.prose('summary'),
      business: {
        name: form.text('business.name'),
        address: form.prose('business.address'),
        postcode: form.text('business.postcode'),
        fhrsId: form.text('business.fhrsId') || null,
      },
      purpose: form.text('purpose'),
      marking: markingOf(form, me),
    };
    for (const [field, value, message] of [
      ['business.name', input.business.name, 'Enter the name of the business'],
      ['title', input.title, 'Enter a title'],
    ] as const) {
      if (value === '') missing.unshift({ field, message });
    }
    if (missing.length > 0) return { problems: missing };
    const { openWorkspace } = await this.api.ask(openWorkspaceDocument, { input }, context);
    if (openWorkspace.__typename === 'Refused') return { problems: problemsOf(openWorkspace) };
    return { go: paths.overview.to({ id: openWorkspace.id }), flash: 'investigation-opened' };
  }
}
