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
import { workspaceBar } from '../presenters/workspace.js';

/**
 * The form that asks leave to deposit an exhibit. With script the file goes up from this page, resumably, under a ticket
 * that knows its name and size; without, the next page takes it by a plain form.
 */
@Injectable()
export class NewExhibitPage extends Page<WorkspaceHead> {
  readonly view = 'new-exhibit';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<WorkspaceHead | undefined> {
    const { workspace } = await this.api.ask(workspaceDocument, { id: parameters['id'] ?? '' }, context);
    return workspace?.can.addExhibit === true ? workspace : undefined;
  }

  title(head: WorkspaceHead): string {
    return `Deposit an exhibit – ${head.reference}`;
  }

  override marking(head: WorkspaceHead): string {
    return head.marking.text;
  }

  present(head: WorkspaceHead, visit: Visit): object {
    const form = FormView.of(visit, markingDefaults(head.marking));
    return {
      bar: workspaceBar(head, 'evidence'),
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

  override async answer({ context, form, me }: Visit, head: WorkspaceHead): Promise<Answer> {
    const missing = markingProblems(form, true);
    if (form.text('title') === '') missing.unshift({ field: 'title', message: 'Enter a title' });
    if (missing.length > 0) return { problems: missing };
    const bytes = form.text('sizeBytes');
    const input = {
      workspaceId: head.id,
      title: form.text('title'),
      description: form.prose('description'),
      fileName: form.text('fileName') || null,
      sizeBytes: /^\d{1,16}$/.test(bytes) ? Number(bytes) : null,
      marking: markingOf(form, me),
    };
    const { requestUpload } = await this.api.ask(requestUploadDocument, { input }, context);
    if (requestUpload.__typename === 'Refused') return { problems: problemsOf(requestUpload) };
    return { go: paths.upload.to({ id: head.id, ticketId: requestUpload.id }) };
  }
}
