import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { RecordParts, WorkspaceHead } from '../documents/fragments.js';
import { recordDocument, type RecordData } from '../documents/record.js';
import { saveRecordDocument, type SaveRecordData } from '../documents/save-record.js';
import { workspaceDocument } from '../documents/workspace.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf, type Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { paragraphs, workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  /** Undefined while a new record is written. */
  readonly record: NonNullable<RecordData['record']> | undefined;
}

type Stale = Extract<SaveRecordData['saveRecord'], { __typename: 'StaleRecord' }>;

/** The form that writes a record or a further version of one. Two people saving at once both keep their words. */
@Injectable()
export class EditRecordPage extends Page<Loaded> {
  readonly view = 'edit-record';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', recordId } = parameters;
    if (recordId === undefined) {
      const { workspace } = await this.api.ask(workspaceDocument, { id }, context);
      return workspace?.can.saveRecord === true ? { head: workspace, record: undefined } : undefined;
    }
    const { workspace, record } = await this.api.ask(recordDocument, { id, recordId }, context);
    if (workspace?.can.saveRecord !== true || record?.workspaceId !== workspace.id) return undefined;
    return { head: workspace, record };
  }

  title({ head, record }: Loaded): string {
    return `${record ? 'Edit the record' : 'Add a record'} – ${head.reference}`;
  }

  override marking({ head, record }: Loaded): string {
    return record?.marking.text ?? head.marking.text;
  }

  present(loaded: Loaded, visit: Visit): object {
    const { head, record } = loaded;
    return {
      ...this.form(loaded, visit),
      isNew: record === undefined,
      version: visit.form.text('version') || String(record?.version ?? ''),
      versions: (record?.versions ?? []).filter(({ version }) => version !== record?.version).reverse().map((version) => ({
        title: `Version ${version.version}, saved ${dateTime(version.savedAt)} by ${version.savedBy}`,
        heading: version.title,
        paragraphs: paragraphs(version.body),
      })),
      cancel: paths.record.to({ id: head.id }),
    };
  }

  override async answer(visit: Visit, loaded: Loaded): Promise<Answer> {
    const { context, form, me } = visit;
    const { head, record } = loaded;
    const missing = missingFrom(visit);
    if (missing.length > 0) return { problems: missing };
    const input = {
      id: record?.id ?? null,
      workspaceId: head.id,
      // A form that does not say which version was read is taken to have read the first: it can only be found stale.
      version: record ? Number(form.text('version')) || 1 : null,
      title: form.text('title'),
      body: form.prose('body'),
      marking: markingOf(form, me),
      reason: form.prose('reason').trim() === '' ? null : form.prose('reason'),
    };
    const { saveRecord } = await this.api.ask(saveRecordDocument, { input }, context);
    if (saveRecord.__typename === 'Refused') return { problems: problemsOf(saveRecord) };
    if (saveRecord.__typename === 'StaleRecord') return this.stale(saveRecord, loaded, visit);
    return { go: `${paths.record.to({ id: head.id })}#item-${saveRecord.id}`, flash: 'record-saved' };
  }

  private form({ head, record }: Loaded, visit: Visit): object {
    const defaults = record
      ? { title: record.title, body: record.body, ...markingDefaults(record.marking, record.marking.releasableTo?.map(({ id }) => id) ?? null) }
      : markingDefaults(head.marking);
    const form = FormView.of(visit, defaults);
    return {
      bar: workspaceBar(head, 'record'),
      fields: {
        title: form.input('title', { label: 'Title' }),
        body: form.textarea('body', { label: 'What is known', rows: 14 }),
      },
      marking: markingFields(form),
      reason: record && form.textarea('reason', { label: 'Reason for lowering the marking', hint: 'Only where you take a restriction away, or let more agencies see it. Auditors read it.', rows: 2 }),
      audience: audienceFields(form, head, visit.me, 'record'),
    };
  }

  private stale({ message, theirs, yours }: Stale, loaded: Loaded, visit: Visit): Answer {
    return {
      show: 'stale-record',
      status: 409,
      title: 'Somebody saved this record before you',
      marking: theirs.marking.text,
      model: {
        ...this.form(loaded, visit),
        message,
        theirs: versionView(theirs),
        yours: { title: yours.title, body: yours.body },
        version: String(theirs.version),
        discard: paths.editRecord.to({ id: loaded.head.id, recordId: theirs.id }),
      },
    };
  }
}

function versionView({ version, savedBy, savedAt, title, body }: RecordParts): object {
  return { version, by: savedBy, at: dateTime(savedAt), title, body };
}

function missingFrom({ form }: Visit): Problem[] {
  const problems = markingProblems(form, true);
  if (form.prose('body').trim() === '') problems.unshift({ field: 'body', message: 'Enter what is known' });
  if (form.text('title') === '') problems.unshift({ field: 'title', message: 'Enter a title' });
  return problems;
}
