import type { AgencyId, AgreementId, PersonId, WorkspaceId } from '../kernel/index.js';
import type { Level, Marking } from './marking.js';

/** What kind of agency somebody acts for. */
export type AgencyKind = 'council' | 'police' | 'fire' | 'health' | 'audit' | 'other';

/** An information sharing agreement, as far as a decision needs it. */
export interface AgreementFacts {
  readonly id: AgreementId;
  /** As quoted, for example `ISA-2026-01`. */
  readonly reference: string;
  readonly status: 'draft' | 'live' | 'suspended' | 'ended';
  /** From this moment on. */
  readonly validFrom: Date;
  /** Up to, not including, this moment. */
  readonly validTo: Date;
  readonly parties: readonly AgencyId[];
  /** The highest marking that may pass under it. */
  readonly ceiling: Level;
}

/** One clause of an agreement: what for, and by which power. */
export interface ClauseFacts {
  readonly agreementId: AgreementId;
  readonly code: string;
  readonly purpose: string;
  readonly gateway: string;
}

/** An agency's place in a workspace that it does not lead. */
export interface MembershipFacts {
  readonly agencyId: AgencyId;
  readonly agreement: AgreementFacts;
  readonly clause: ClauseFacts;
  readonly validFrom: Date;
  /** Up to, not including; null is until the agreement ends. */
  readonly validTo: Date | null;
}

/** A workspace, as far as a decision needs it. */
export interface WorkspaceFacts {
  readonly id: WorkspaceId;
  readonly leadAgencyId: AgencyId;
  readonly level: Level;
  /** At least those of the agency asked about; others do not matter. */
  readonly memberships: readonly MembershipFacts[];
}

/** What is proposed when an agency is invited. */
export interface InvitationFacts {
  readonly agencyId: AgencyId;
  readonly agreement: AgreementFacts;
  readonly clause: ClauseFacts;
}

/** A read that wants an explanation, as far as a decision needs it. */
export interface UnusualUseFacts {
  /** The reader's agency, and that whose it was. */
  readonly agencies: readonly AgencyId[];
  readonly readerId: PersonId;
  /** Who answers for the actor's own agency. */
  readonly assigneeId: PersonId | null;
}

/** What another agency's thing restricts in what was made of it: its marking, as far as the actor sees it. */
export type Origin = Marking | 'out-of-sight';

/** Everything known about the thing an act is about. What is left out is not known, and what is not known is denied. */
export interface Facts {
  readonly at: Date;
  /** Of the actor's agency. */
  readonly agencyKind?: AgencyKind | undefined;
  readonly workspace?: WorkspaceFacts | undefined;
  /** The marking of the item asked about, as it is held. */
  readonly item?: Marking | undefined;
  /** The marking that the actor proposes to give. */
  readonly proposed?: Marking | undefined;
  /** The nearest thing of another agency that the item was made of, by one step or several; null is of none. */
  readonly origin?: Origin | null | undefined;
  readonly invitation?: InvitationFacts | undefined;
  /** The agency whose own affair this is: an alert's, a session's, a key's. */
  readonly ownerAgencyId?: AgencyId | undefined;
  /** Who proposed what is to be approved. */
  readonly proposedBy?: PersonId | undefined;
  readonly unusualUse?: UnusualUseFacts | undefined;
}
