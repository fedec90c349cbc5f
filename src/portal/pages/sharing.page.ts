import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { workspaceDocument } from '../documents/workspace.js';
import { Page, type Visit } from '../page/page.js';
import { date } from '../presenters/dates.js';
import { workspaceBar } from '../presenters/workspace.js';

/** Which agencies are in an investigation, under which clause and until when. */
@Injectable()
export class SharingPage extends Page<WorkspaceHead> {
  readonly view = 'sharing';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<WorkspaceHead | undefined> {
    const { workspace } = await this.api.ask(workspaceDocument, { id: parameters['id'] ?? '' }, context);
    return workspace ?? undefined;
  }

  title(head: WorkspaceHead): string {
    return `Sharing – ${head.reference} ${head.title}`;
  }

  override marking(head: WorkspaceHead): string {
    return head.marking.text;
  }

  present(head: WorkspaceHead): object {
    return {
      bar: workspaceBar(head, 'sharing'),
      members: head.members.map((member) => ({
        name: member.agency.name,
        lead: member.lead,
        ground: member.lead ? 'Opened the investigation' : [member.agreement, member.clause === null ? '' : `clause ${member.clause}`].filter((part) => part !== null && part !== '').join(', '),
        purpose: member.purpose ?? (member.lead ? 'As lead agency' : 'None given'),
        since: date(member.since),
        until: member.until === null ? (member.lead ? 'No end' : 'The agreement ends') : date(member.until),
      })),
    };
  }
}
