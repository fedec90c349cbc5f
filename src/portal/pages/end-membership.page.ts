import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { endMembershipDocument } from '../documents/end-membership.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { membershipEndingDocument, type MembershipEndingData } from '../documents/membership-ending.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { pageMarking } from '../presenters/marking.js';
import { seenLine } from '../presenters/recalls.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly ending: NonNullable<MembershipEndingData['membershipEnding']>;
}

/** Ends an agency's part in an investigation, once it is said what that does and what it cannot do. */
@Injectable()
export class EndMembershipPage extends Page<Loaded> {
  readonly view = 'end-membership';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', agencyId = '' } = parameters;
    const { workspace, membershipEnding } = await this.api.ask(membershipEndingDocument, { id, agencyId }, context);
    return workspace === null || membershipEnding === null ? undefined : { head: workspace, ending: membershipEnding };
  }

  title({ head, ending }: Loaded): string {
    return `${questionOf(ending)} – ${head.reference}`;
  }

  override marking({ head, ending }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...ending.reached.map(({ marking }) => marking)]);
  }

  present({ head, ending }: Loaded, visit: Visit): object {
    const { agency, isOwn, reached, brought, unsettled } = ending;
    const form = FormView.of(visit);
    return {
      bar: workspaceBar(head, 'sharing'),
      heading: questionOf(ending),
      isOwn,
      agency: isOwn ? 'your agency' : agency.name,
      lead: head.leadAgency.name,
      brought: brought === 0 ? undefined : `${brought} item${brought === 1 ? '' : 's'}`,
      reached: reached.map(({ id, reference, title, seen }) => ({ href: paths.exhibit.to({ id: head.id, exhibitId: id }), text: `${reference} ${title}`, seen: seen.map(seenLine) })),
      unsettled: unsettled.map(({ reference, title, why }) => `${reference} ${title}: ${why === 'holds' ? 'held by the agency' : 'offered to the agency and not answered'}`),
      reason: form.textarea('reason', { label: 'Reason', hint: `People of ${isOwn ? head.leadAgency.name : agency.name}, of your own agency and the auditors read this.`, rows: 3 }),
      button: isOwn ? 'Leave the investigation' : `End the part of ${agency.name}`,
      cancel: paths.sharing.to({ id: head.id }),
    };
  }

  override async answer({ form, context }: Visit, { head, ending }: Loaded): Promise<Answer> {
    const input = { workspaceId: head.id, agencyId: ending.agency.id, reason: form.prose('reason') };
    const { endMembership } = await this.api.ask(endMembershipDocument, { input }, context);
    if (endMembership.__typename === 'Refused') return { problems: problemsOf(endMembership) };
    return ending.isOwn ? { go: paths.investigations.to({}), flash: 'membership-left' } : { go: paths.sharing.to({ id: head.id }), flash: 'membership-ended' };
  }
}

function questionOf({ agency, isOwn }: Loaded['ending']): string {
  return isOwn ? 'Leave this investigation?' : `End the part of ${agency.name}?`;
}
