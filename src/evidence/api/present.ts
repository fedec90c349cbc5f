import type { CustodyEvent, Holder } from '../../../libs/custody/index.js';
import { presentMarking } from '../../workspaces/index.js';
import type { ExhibitSeen } from '../queries/exhibits-of-workspace.js';
import type { TicketProgress } from '../queries/ticket-of-person.js';
import { PreviewKind, previewKind, TEXT_PREVIEW_BYTES } from '../domain/preview.js';
import { presentKeeping } from './present-keeping.js';
import type { BodyProofView, CustodyEventView, ExhibitPreviewView, ExhibitView, HolderView, UploadTicketView } from './views.js';

export function presentExhibit(seen: ExhibitSeen): ExhibitView {
  const { id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt } = seen;
  return {
    id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt,
    marking: presentMarking(seen),
    producedBy: seen.producerName,
    agency: seen.originator,
    sealedPath: isThere(seen) ? `/evidence/${id}/sealed` : null,
    opensHere: seen.opensHere,
    proof: presentProof(seen.proof),
    preview: presentPreview(seen),
    form: seen.form,
    relation: seen.relation,
    derivedFrom: seen.originId && seen.originReference ? { id: seen.originId, reference: seen.originReference } : null,
    derived: seen.derived.map((one) => ({ ...one })),
    contentPath: isThere(seen) ? `/evidence/${id}/content` : null,
    custody: seen.custody.map(presentCustody),
    ...presentState(seen),
    ...presentKeeping(seen),
  };
}

export function presentTicket({ ticket, isExpired, offset, limitBytes, exhibitId }: TicketProgress): UploadTicketView {
  const { id, reference, sizeBytes, expiresAt } = ticket;
  const state = isExpired ? 'expired' : ticket.state;
  const [uploadPath, formPath] = [`/evidence/uploads/${id}`, `/evidence/forms/${id}`];
  return { id, state, reference, uploadPath, formPath, offset, sizeBytes, limitBytes, expiresAt, exhibitId };
}

/** Whether there is a file to be had. */
function isThere({ form, state }: ExhibitSeen): boolean {
  return form === 'file' && !state.disposed;
}

function presentState({ state, powers }: ExhibitSeen): Pick<ExhibitView, 'holder' | 'seal' | 'location' | 'offer' | 'can'> {
  const { holder, seal = null, location = null, offer } = state;
  const named = ({ name, agencyName }: Holder): HolderView => ({ name, agency: agencyName });
  return {
    holder: holder ? named(holder) : null,
    seal,
    location,
    offer: offer ? { at: offer.at, by: named(offer.by), to: offer.to } : null,
    can: { ...powers, acts: [...powers.acts] },
  };
}

function presentCustody(event: CustodyEvent): CustodyEventView {
  const { seq, act, at, by, from = null, to = null, reason = null, hash, previousHash } = event;
  const { happenedAt = null, doneBy = null, location = null, sealBefore = null, sealAfter = null, about = null, signer = null } = event;
  const roles = [...(by.roles ?? [])];
  return { seq, act, at, happenedAt, by: by.name, agency: by.agencyName, roles, doneBy, from, to, location, reason, sealBefore, sealAfter, about, signer, hash, previousHash };
}

function presentProof(proof: ExhibitSeen['proof']): BodyProofView | null {
  return proof && { checkedAt: new Date(proof.checkedAt), outcome: proof.outcome, provenAt: proof.provenAt === null ? null : new Date(proof.provenAt) };
}

function presentPreview({ id, mediaType, sizeBytes, state }: ExhibitSeen): ExhibitPreviewView | null {
  if (mediaType === null || sizeBytes === null || state.disposed) return null;
  const kind = previewKind(mediaType);
  if (kind === undefined) return null;
  return { kind, path: `/evidence/${id}/preview`, shownBytes: kind === PreviewKind.Text ? Math.min(sizeBytes, TEXT_PREVIEW_BYTES) : sizeBytes };
}
