import type { ExhibitSeen } from '../queries/exhibits-of-workspace.js';
import type { DisposalView, HoldView, RetentionView } from './keeping.views.js';

/** What is said of how long an exhibit is kept, and of its end. */
export function presentKeeping({ id, holds, disposal, retention }: ExhibitSeen): { holds: HoldView[]; disposal: DisposalView | null; retention: RetentionView | null } {
  return { holds: holds.map(presentHold), disposal: disposal ? presentDisposal(id, disposal) : null, retention: retention ? { ...retention } : null };
}

/** A hold as whoever sees what it holds sees it. */
export function presentHold({ id, itemId, reason, placedBy, agencyName, agencyId, placedAt }: ExhibitSeen['holds'][number]): HoldView {
  return { id, onAll: itemId === null, reason, placedBy, agency: agencyName, agencyId, placedAt };
}

function presentDisposal(exhibitId: string, { rule, reason, beforeReview, proposedBy, proposedAt, decidedBy, decidedAt, approved, decidedFor }: NonNullable<ExhibitSeen['disposal']>): DisposalView {
  const state = approved === null ? 'proposed' : approved ? 'approved' : 'rejected';
  return { state, rule, reason, beforeReview, proposedBy, proposedAt, decidedBy, decidedAt, decidedFor, certificatePath: approved ? `/evidence/${exhibitId}/certificate` : null };
}
