import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { recordPhysicalDocument } from '../documents/record-physical.js';
import { workspaceDocument } from '../documents/workspace.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import type { Fields } from '../page/fields.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf, type Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { HAPPENED_MISSING, happenedFields, happenedIn } from '../presenters/happened-form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, type Exhibit } from './exhibit-part.js';

interface Loaded {
  readonly head: WorkspaceHead;
  /** What it was taken out of, where the address names that. */
  readonly origin: Exhibit | undefined;
}

/** The form that records a physical exhibit: a thing that was seized or received, or was taken out of one. */
@Injectable()
export class NewThingPage extends Page<Loaded> {
  readonly view = 'new-thing';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const of = visit.query.text('of');
    const within = of === '' ? undefined : await exhibitInCase(this.api, visit, of);
    if (of !== '' && within?.exhibit.form !== 'physical') return undefined;
    const head = within?.head ?? (await this.api.ask(workspaceDocument, { id: visit.parameters['id'] ?? '' }, visit.context)).workspace;
    return head?.can.addExhibit === true ? { head, origin: within?.exhibit } : undefined;
  }

  title({ head }: Loaded): string {
    return `Record a physical exhibit – ${head.reference}`;
  }

  override marking({ head, origin }: Loaded): string | undefined {
    return pageMarking([head.marking.text, origin?.marking.text]);
  }

  present({ head, origin }: Loaded, visit: Visit): object {
    const { releasableTo } = origin?.marking ?? { releasableTo: null };
    const form = FormView.of(visit, { act: 'seized', ...markingDefaults((origin ?? head).marking, releasableTo && releasableTo.map(({ id }) => id)) });
    return {
      bar: workspaceBar(head, 'evidence'),
      origin: origin && `${origin.reference} ${origin.title}`,
      initials: visit.me.initials,
      fields: {
        title: form.input('title', { label: 'Title', hint: 'For example, Kitchen knife with black handle.' }),
        description: form.textarea('description', { label: 'Description', hint: 'What it looks like, its marks and numbers.', rows: 4 }),
        act: form.choices('act', { label: 'How did it come to you?', classes: 'govuk-radios--inline' }, [{ value: 'seized', text: 'It was seized' }, { value: 'received', text: 'It was received' }]),
        from: form.input('from', { label: 'From whom?', hint: 'Needed when it was received.' }),
        doneBy: form.input('doneBy', { label: 'Who took it?', hint: 'Name, and rank or title. Leave it empty if you did.' }),
        happened: happenedFields(form, 'For example, 28 11 2026.'),
        location: form.input('location', { label: 'Where?', hint: 'Where it was found, or where it was handed over.' }),
        seal: form.input('seal', { label: 'Seal number', hint: 'Leave it empty if it is not sealed.', classes: 'govuk-input--width-20', autocomplete: 'off', spellcheck: false }),
        reason: form.textarea('reason', { label: 'Why, and under which power?', rows: 3 }),
      },
      marking: markingFields(form),
      audience: audienceFields(form, head, visit.me, 'exhibit'),
      cancel: paths.evidence.to({ id: head.id }),
    };
  }

  override async answer({ context, form, me }: Visit, { head, origin }: Loaded): Promise<Answer> {
    const happened = happenedIn(form);
    const missing = missingFrom(form, happened);
    if (missing.length > 0 || happened.at === undefined) return { problems: missing };
    const input = {
      workspaceId: head.id, title: form.text('title'), description: form.prose('description'), marking: markingOf(form, me), derivedFrom: origin?.id ?? null,
      act: form.text('act'), happenedAt: happened.at, doneBy: form.text('doneBy'), from: form.text('from'), location: form.text('location'),
      seal: form.text('seal'), reason: form.prose('reason'),
    };
    const { recordPhysicalExhibit } = await this.api.ask(recordPhysicalDocument, { input }, context);
    if (recordPhysicalExhibit.__typename === 'Refused') return { problems: problemsOf(recordPhysicalExhibit) };
    return { go: paths.exhibit.to({ id: head.id, exhibitId: recordPhysicalExhibit.id }), flash: 'physical-recorded' };
  }
}

function missingFrom(form: Fields, happened: ReturnType<typeof happenedIn>): Problem[] {
  const problems: Problem[] = [];
  if (form.text('title') === '') problems.push({ field: 'title', message: 'Enter a title' });
  if (form.text('act') === '') problems.push({ field: 'act', message: 'Select how it came to you' });
  if (happened.at === undefined) problems.push(...(happened.problems.length > 0 ? happened.problems : [HAPPENED_MISSING]));
  return [...problems, ...markingProblems(form, true)];
}
