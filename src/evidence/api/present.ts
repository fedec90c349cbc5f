import type { CustodyEvent, Holder } from '../../../libs/custody/index.js';
import { presentMarking } from '../../workspaces/index.js';
import type { ExhibitSeen } from '../queries/exhibits-of-workspace.js';
import type { TicketProgress } from '../queries/ticket-of-person.js';
import { PreviewKind, previewKind, TEXT_PREVIEW_BYTES } from '../domain/preview.js';
import { presentKeeping } from './present-keeping.js';
import type { BodyProofView, CustodyEventView, ExhibitPreviewView, ExhibitView, HolderView, MalwareScanView, UploadTicketView } from './views.js';

export function presentExhibit(seen: ExhibitSeen): ExhibitView {
  const { id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt } = seen;
  return {
    id, workspaceId, reference, title, description, fileName, mediaType, sizeBytes, sha256, depositedAt,
    marking: presentMarking(seen),
    producedBy: seen.producerName,
    agency: seen.originator,
    sealedPath: isToBeHad(seen) ? `/evidence/${id}/sealed` : null,
    opensHere: seen.opensHere,
    proof: presentProof(seen.proof),
    preview: isToBeHad(seen) ? presentPreview(seen) : null,
    scan: presentScan(seen),
    form: seen.form,
    relation: seen.relation,
    derivedFrom: seen.originId && seen.originReference ? { id: seen.originId, reference: seen.originReference } : null,
    derived: seen.derived.map((one) => ({ ...one })),
    contentPath: isToBeHad(seen) ? `/evidence/${id}/content` : null,
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

/** Whether anybody who sees it may have it. */
function isToBeHad(seen: ExhibitSeen): boolean {
  return isThere(seen) && seen.keptSealed === undefined;
}

function presentScan(seen: ExhibitSeen): MalwareScanView | null {
  const { id, scan, keptSealed, isScannedHere } = seen;
  if (!isThere(seen) || (!scan && !isScannedHere)) return null;
  const found = scan ? { state: scan.state, code: scan.code, at: new Date(scan.at) } : { state: 'waiting', code: null, at: null };
  return { ...found, sealed: keptSealed ?? null, reviewPath: keptSealed !== undefined && seen.powers.review ? `/evidence/${id}/review` : null };
}

function presentState({ state, powers }: ExhibitSeen): Pick<ExhibitView, 'holder' | 'seal' | 'location' | 'offer' | 'can'> {
  const { holder, seal = null, location = null, offer } = state;
  const named = ({ name, agencyName }: Holder): HolderView => ({ name, agency: agencyName });
  return {
    holder: holder ? named(holder) : null,
    seal,
    location,
    offer: offer ? { at: offer.at, by: named(offer.by), to: offer.to } : null,
    can: presentPowers(powers),
  };
}

function presentPowers({ acts, offer, answer, withdraw, dispose, decide }: ExhibitSeen['powers']): ExhibitView['can'] {
  return { acts: [...acts], offer, answer, withdraw, dispose, decide };
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
