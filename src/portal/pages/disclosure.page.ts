import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { disclosureDocument, type DisclosureData } from '../documents/disclosure.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { signScheduleDocument } from '../documents/sign-schedule.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from '../presenters/dates.js';
import { scheduleParts, standingWords } from '../presenters/disclosure.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly schedule: NonNullable<DisclosureData['disclosureSchedule']>;
}

/** The disclosure schedule of an investigation: how it stands, its versions, and signing it off. */
@Injectable()
export class DisclosurePage extends Page<Loaded> {
  readonly view = 'disclosure';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, query }: Visit): Promise<Loaded | undefined> {
    const asked = query.text('version');
    const version = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
    if (asked !== '' && version === null) return undefined;
    const { workspace, disclosureSchedule } = await this.api.ask(disclosureDocument, { id: parameters['id'] ?? '', version }, context);
    return workspace === null || disclosureSchedule === null ? undefined : { head: workspace, schedule: disclosureSchedule };
  }

  title({ head, schedule }: Loaded): string {
    return `Disclosure schedule${schedule.version === null ? '' : `, version ${schedule.version}`} – ${head.reference}`;
  }

  override marking({ head, schedule }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...schedule.lines.map(({ marking }) => marking)]);
  }

  present({ head, schedule }: Loaded, visit: Visit): object {
    const { id } = head;
    const form = FormView.of(visit);
    return {
      bar: workspaceBar(head, 'evidence'),
      version: schedule.version,
      standing: standingWords(schedule),
      parts: scheduleParts(schedule, id),
      isCut: schedule.cut,
      versions: schedule.versions.map(({ version, signedBy, agency, signedAt, statement }) => ({
        text: `Version ${version}`, href: paths.disclosure.to({ id }, { version: String(version) }), by: `${signedBy}, ${agency}`, at: dateTime(signedAt), iso: isoOf(signedAt), statement,
      })),
      now: schedule.version === null ? undefined : paths.disclosure.to({ id }),
      sign: schedule.canSign && schedule.version === null && schedule.lines.length > 0 && !schedule.current
        ? { state: schedule.state, statement: form.textarea('statement', { label: 'What do you say of it?', hint: 'For example, that you have looked at every item again in the light of what has come since.', rows: 3 }) }
        : undefined,
      back: paths.evidence.to({ id }),
    };
  }

  override async answer({ context, form }: Visit, { head, schedule }: Loaded): Promise<Answer> {
    if (!schedule.canSign) return { problems: [{ field: '', message: 'Only the agency that leads the investigation signs off its schedule.' }] };
    const input = { workspaceId: head.id, statement: form.prose('statement'), state: form.text('state') };
    const { signDisclosureSchedule: done } = await this.api.ask(signScheduleDocument, { input }, context);
    return done.__typename === 'Refused' ? { problems: problemsOf(done) } : { go: paths.disclosure.to({ id: head.id }), flash: 'schedule-signed' };
  }
}
