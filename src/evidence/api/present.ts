import type { CustodyEvent } from '../../../libs/custody/index.js';
import { presentMarking } from '../../workspaces/index.js';
import type { ExhibitSeen } from '../queries/exhibits-of-workspace.js';
import type { TicketProgress } from '../queries/ticket-of-person.js';
import { PreviewKind, previewKind, TEXT_PREVIEW_BYTES } from '../domain/preview.js';
import type { CustodyEventView, ExhibitPreviewView, ExhibitView, UploadTicketView } from './views.js';

export function presentExhibit(seen: ExhibitSeen): ExhibitView {
  const { id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt } = seen;
  return {
    id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt,
    marking: presentMarking(seen),
    producedBy: seen.producerName,
    agency: seen.originator,
    contentPath: `/evidence/${id}/content`,
    sealedPath: `/evidence/${id}/sealed`,
    opensHere: seen.opensHere,
    preview: presentPreview(seen),
    custody: seen.custody.map(presentCustody),
  };
}

export function presentTicket({ ticket, isExpired, offset, limitBytes, exhibitId }: TicketProgress): UploadTicketView {
  const { id, reference, sizeBytes, expiresAt } = ticket;
  const state = isExpired ? 'expired' : ticket.state;
  const [uploadPath, formPath] = [`/evidence/uploads/${id}`, `/evidence/forms/${id}`];
  return { id, state, reference, uploadPath, formPath, offset, sizeBytes, limitBytes, expiresAt, exhibitId };
}

function presentCustody(event: CustodyEvent): CustodyEventView {
  const { seq, act, at, by, from = null, to = null, reason = null, hash, previousHash } = event;
  return { seq, act, at, by: by.name, agency: by.agencyName, from, to, reason, hash, previousHash };
}

function presentPreview({ id, mediaType, sizeBytes }: ExhibitSeen): ExhibitPreviewView | null {
  const kind = previewKind(mediaType);
  if (kind === undefined) return null;
  return { kind, path: `/evidence/${id}/preview`, shownBytes: kind === PreviewKind.Text ? Math.min(sizeBytes, TEXT_PREVIEW_BYTES) : sizeBytes };
}
