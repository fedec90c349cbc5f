import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { uploadDocument, type UploadData } from '../documents/upload.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { size } from '../presenters/sizes.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly ticket: NonNullable<UploadData['uploadTicket']>;
}

const TITLES: Readonly<Record<string, string>> = {
  waiting: 'Upload the file of',
  done: 'Deposited:',
  failed: 'The upload failed:',
  expired: 'The upload has expired:',
};

/** Where a file goes up under its ticket: resumed from where it stopped, or by a plain form; and afterwards, what became of it. */
@Injectable()
export class UploadPage extends Page<Loaded> {
  readonly view = 'upload';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', ticketId = '' } = parameters;
    const { workspace, uploadTicket } = await this.api.ask(uploadDocument, { id, ticketId }, context);
    return workspace === null || uploadTicket === null ? undefined : { head: workspace, ticket: uploadTicket };
  }

  title({ head, ticket: { state, reference } }: Loaded): string {
    return `${TITLES[state] ?? TITLES['waiting']} ${reference} – ${head.reference}`;
  }

  override marking({ head }: Loaded): string {
    return head.marking.text;
  }

  present({ head, ticket }: Loaded): object {
    const { id } = head;
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: ticket.reference,
      exhibit: ticket.exhibitId === null ? undefined : paths.exhibit.to({ id, exhibitId: ticket.exhibitId }),
      state: ticket.state,
      isResumable: ticket.sizeBytes !== null,
      uploadPath: ticket.uploadPath,
      formPath: ticket.formPath,
      sizeBytes: ticket.sizeBytes,
      received: ticket.offset > 0 ? size(ticket.offset) : undefined,
      whole: ticket.sizeBytes === null ? undefined : size(ticket.sizeBytes),
      limit: size(ticket.limitBytes),
      expires: dateTime(ticket.expiresAt),
      again: paths.newExhibit.to({ id }),
      evidence: paths.evidence.to({ id }),
      here: paths.upload.to({ id, ticketId: ticket.id }),
    };
  }
}
