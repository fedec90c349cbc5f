import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { exhibitSharingDocument, type ExhibitSharingData } from '../documents/exhibit-sharing.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { recallExhibitDocument } from '../documents/recall-exhibit.js';
import { shareExhibitDocument } from '../documents/share-exhibit.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { malwareView } from '../presenters/malware.js';
import { pageMarking } from '../presenters/marking.js';
import { recallView, seenLine } from '../presenters/recalls.js';
import { workspaceBar } from '../presenters/workspace.js';

type Sharing = NonNullable<ExhibitSharingData['exhibitSharing']>;
interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibit: NonNullable<ExhibitSharingData['exhibit']>;
  readonly sharing: Sharing;
}

/** Who has an exhibit and who has seen it, for the agency it is from: sharing it with one more, taking it back from one. */
@Injectable()
export class ExhibitSharingPage extends Page<Loaded> {
  readonly view = 'exhibit-sharing';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', exhibitId = '' } = parameters;
    const { workspace, exhibit, exhibitSharing } = await this.api.ask(exhibitSharingDocument, { id, exhibitId }, context);
    if (workspace === null || exhibitSharing === null || exhibit?.workspaceId !== workspace.id) return undefined;
    return { head: workspace, exhibit, sharing: exhibitSharing };
  }

  title({ head, exhibit }: Loaded): string {
    return `Who has ${exhibit.reference} – ${head.reference}`;
  }

  override marking({ head, exhibit }: Loaded): string | undefined {
    return pageMarking([head.marking.text, exhibit.marking.text]);
  }

  present({ head, exhibit, sharing }: Loaded, visit: Visit): object {
    const form = FormView.of(visit);
    const isFile = exhibit.form === 'file';
    const others = sharing.agencies.filter(({ isOriginator }) => !isOriginator);
    const choose = (agencies: typeof others): { value: string; text: string }[] => [
      { value: '', text: 'Choose an agency' }, ...agencies.map(({ agency }) => ({ value: agency.id, text: agency.name })),
    ];
    const [shared, unshared] = [others.filter(({ sees }) => sees), others.filter(({ sees, opensSince }) => !sees || (isFile && opensSince === null))];
    const sent = visit.form.text('step');
    const blank = new FormView(visit.query, [], {});
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      malware: malwareView(exhibit.scan),
      back: paths.exhibit.to({ id: head.id, exhibitId: exhibit.id }),
      isFile,
      agencies: sharing.agencies.map((agency) => agencyView(agency, isFile)),
      share: unshared.length > 0 && { agencyId: (sent === 'recall' ? blank : form).select('agencyId', { label: 'Agency' }, choose(unshared)) },
      recall: shared.length > 0 && {
        agencyId: (sent === 'share' ? blank : form).select('recallFrom', { label: 'Agency' }, choose(shared)),
        reason: form.textarea('reason', { label: 'Reason', hint: 'The agency and the auditors read this.', rows: 3 }),
      },
      recalls: sharing.recalls.map(recallView),
    };
  }

  override async answer({ form, context }: Visit, { head, exhibit }: Loaded): Promise<Answer> {
    const here = paths.exhibitSharing.to({ id: head.id, exhibitId: exhibit.id });
    if (form.text('step') === 'share') {
      const { shareExhibit } = await this.api.ask(shareExhibitDocument, { input: { exhibitId: exhibit.id, agencyId: form.text('agencyId') } }, context);
      return shareExhibit.__typename === 'Refused' ? { problems: problemsOf(shareExhibit) } : { go: here, flash: 'exhibit-shared' };
    }
    const input = { exhibitId: exhibit.id, agencyId: form.text('recallFrom'), reason: form.prose('reason') };
    const { recallExhibit } = await this.api.ask(recallExhibitDocument, { input }, context);
    if (recallExhibit.__typename !== 'Refused') return { go: here, flash: 'exhibit-recalled' };
    return { problems: problemsOf(recallExhibit).map((problem) => (problem.field === 'agencyId' ? { ...problem, field: 'recallFrom' } : problem)) };
  }
}

function agencyView({ agency, isOriginator, sees, opensSince, agreement, clause, seen }: Sharing['agencies'][number], isFile: boolean): object {
  const basis = agreement === null || clause === null ? undefined : `${agreement}, clause ${clause}`;
  const since = opensSince === null ? 'May see it; is given its key when it first opens it' : `Can open it since ${dateTime(opensSince)}`;
  return {
    name: agency.name,
    state: isOriginator ? 'Brought it' : sees ? (isFile ? since : 'Sees what is recorded of it') : isFile ? 'Does not have it' : 'Does not see it',
    basis,
    seen: seen.map(seenLine),
  };
}
