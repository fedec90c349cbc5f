import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { addNoteDocument } from '../documents/add-note.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { workspaceDocument } from '../documents/workspace.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { workspaceBar } from '../presenters/workspace.js';

/** The form that adds a note, and says who gains sight of it. */
@Injectable()
export class NewNotePage extends Page<WorkspaceHead> {
  readonly view = 'new-note';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<WorkspaceHead | undefined> {
    const { workspace } = await this.api.ask(workspaceDocument, { id: parameters['id'] ?? '' }, context);
    return workspace?.can.addNote === true ? workspace : undefined;
  }

  title(head: WorkspaceHead): string {
    return `Add a note – ${head.reference}`;
  }

  override marking(head: WorkspaceHead): string {
    return head.marking.text;
  }

  present(head: WorkspaceHead, visit: Visit): object {
    const form = FormView.of(visit, markingDefaults(head.marking));
    return {
      bar: workspaceBar(head, 'record'),
      fields: {
        title: form.input('title', { label: 'Title' }),
        body: form.textarea('body', { label: 'Note', rows: 10 }),
      },
      marking: markingFields(form),
      audience: audienceFields(form, head, visit.me, 'note'),
      cancel: paths.record.to({ id: head.id }),
    };
  }

  override async answer({ context, form, me }: Visit, head: WorkspaceHead): Promise<Answer> {
    const missing = markingProblems(form, true);
    if (form.prose('body').trim() === '') missing.unshift({ field: 'body', message: 'Enter the note' });
    if (form.text('title') === '') missing.unshift({ field: 'title', message: 'Enter a title' });
    if (missing.length > 0) return { problems: missing };
    const input = { workspaceId: head.id, title: form.text('title'), body: form.prose('body'), marking: markingOf(form, me) };
    const { addNote } = await this.api.ask(addNoteDocument, { input }, context);
    if (addNote.__typename === 'Refused') return { problems: problemsOf(addNote) };
    return { go: `${paths.record.to({ id: head.id })}#item-${addNote.id}`, flash: 'note-added' };
  }
}
