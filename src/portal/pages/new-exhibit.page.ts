import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { requestUploadDocument } from '../documents/request-upload.js';
import { workspaceDocument } from '../documents/workspace.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { pageMarking } from '../presenters/marking.js';
import { relationWords } from '../presenters/words.js';
import { workspaceBar } from '../presenters/workspace.js';
import { exhibitInCase, type Exhibit } from './exhibit-part.js';

interface Loaded {
  readonly head: WorkspaceHead;
  /** What the file is made of, where the address names that. */
  readonly origin: Exhibit | undefined;
}

/**
 * The form that asks leave to deposit an exhibit. With script the file goes up from this page, resumably, under a ticket
 * that knows its name and size; without, the next page takes it by a plain form.
 */
@Injectable()
export class NewExhibitPage extends Page<Loaded> {
  readonly view = 'new-exhibit';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const of = visit.query.text('of');
    const within = of === '' ? undefined : await exhibitInCase(this.api, visit, of);
    if (of !== '' && within === undefined) return undefined;
    const head = within?.head ?? (await this.api.ask(workspaceDocument, { id: visit.parameters['id'] ?? '' }, visit.context)).workspace;
    return head?.can.addExhibit === true ? { head, origin: within?.exhibit } : undefined;
  }

  title({ head, origin }: Loaded): string {
    return `${origin === undefined ? 'Deposit an exhibit' : `Deposit what was made of ${origin.reference}`} – ${head.reference}`;
  }

  override marking({ head, origin }: Loaded): string | undefined {
    return pageMarking([head.marking.text, origin?.marking.text]);
  }

  present({ head, origin }: Loaded, visit: Visit): object {
    const { releasableTo } = origin?.marking ?? { releasableTo: null };
    const form = FormView.of(visit, { relation: 'photograph', ...markingDefaults((origin ?? head).marking, releasableTo && releasableTo.map(({ id }) => id)) });
    return {
      bar: workspaceBar(head, 'evidence'),
      origin: origin && originFields(form, origin),
      fields: {
        title: form.input('title', { label: 'Title', hint: 'For example, Video of the kitchen at the time of the inspection.' }),
        description: form.textarea('description', { label: 'Description', hint: 'Where it comes from and how it was made.', rows: 4 }),
      },
      marking: markingFields(form),
      audience: audienceFields(form, head, visit.me, 'exhibit'),
      initials: visit.me.initials,
      cancel: paths.evidence.to({ id: head.id }),
    };
  }

  override async answer({ context, form, me }: Visit, { head, origin }: Loaded): Promise<Answer> {
    const missing = markingProblems(form, true);
    if (form.text('title') === '') missing.unshift({ field: 'title', message: 'Enter a title' });
    if (origin !== undefined && form.text('relation') === '') missing.unshift({ field: 'relation', message: 'Select what this file is of the exhibit' });
    if (missing.length > 0) return { problems: missing };
    const bytes = form.text('sizeBytes');
    const input = {
      workspaceId: head.id,
      title: form.text('title'),
      description: form.prose('description'),
      fileName: form.text('fileName') || null,
      sizeBytes: /^\d{1,16}$/.test(bytes) ? Number(bytes) : null,
      marking: markingOf(form, me),
      ...(origin && { derivedFrom: origin.id, relation: form.text('relation') }),
    };
    const { requestUpload } = await this.api.ask(requestUploadDocument, { input }, context);
    if (requestUpload.__typename === 'Refused') return { problems: problemsOf(requestUpload) };
    return { go: paths.upload.to({ id: head.id, ticketId: requestUpload.id }) };
  }
}

/** What a file can be of the exhibit it is made of. */
function originFields(form: FormView, { reference, title, form: kind }: Exhibit): object {
  const relations = kind === 'physical' ? ['photograph'] : ['working-copy', 'redacted'];
  return {
    reference,
    title,
    relation: form.choices('relation', { label: `What is this file of ${reference}?` }, relations.map((value) => ({ value, text: relationWords(value) }))),
  };
}
