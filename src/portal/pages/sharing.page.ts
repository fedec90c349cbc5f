import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { sharingDocument, type SharingData } from '../documents/sharing.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { date, dateTime } from '../presenters/dates.js';
import { recallView } from '../presenters/recalls.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly former: SharingData['formerMembers'];
}

/** Which agencies are in an investigation, under which clause and until when. */
@Injectable()
export class SharingPage extends Page<Loaded> {
  readonly view = 'sharing';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { workspace, formerMembers } = await this.api.ask(sharingDocument, { id: parameters['id'] ?? '' }, context);
    return workspace === null ? undefined : { head: workspace, former: formerMembers };
  }

  title({ head }: Loaded): string {
    return `Sharing – ${head.reference} ${head.title}`;
  }

  override marking({ head }: Loaded): string {
    return head.marking.text;
  }

  present({ head, former }: Loaded, { me }: Visit): object {
    return {
      bar: workspaceBar(head, 'sharing'),
      members: head.members.map((member) => ({
        name: member.agency.name,
        lead: member.lead,
        ground: member.lead ? 'Opened the investigation' : [member.agreement, member.clause === null ? '' : `clause ${member.clause}`].filter((part) => part !== null && part !== '').join(', '),
        purpose: member.purpose ?? (member.lead ? 'As lead agency' : 'None given'),
        since: date(member.since),
        until: member.until === null ? (member.lead ? 'No end' : 'The agreement ends') : date(member.until),
        end: endOf(head, member, me),
      })),
      former: former.map(({ agency, since, until, endedBy, endedByAgency, reason, asked }) => ({
        agency, reason, span: `${date(since)} to ${dateTime(until)}`, who: `${endedBy}, ${endedByAgency}`, asked: asked.map(recallView),
      })),
    };
  }
}

/** Where a membership is ended: by people of the agency that leads, who may also invite, and one's own by its people. */
function endOf({ id, can }: WorkspaceHead, { agency, lead }: WorkspaceHead['members'][number], me: Visit['me']): object | undefined {
  const isOwn = agency.id === me.agency.id;
  if (lead || !(can.invite || isOwn)) return undefined;
  return { text: isOwn ? 'Leave' : 'End', what: isOwn ? ' the investigation' : ` the part of ${agency.name}`, href: paths.endMembership.to({ id, agencyId: agency.id }) };
}
