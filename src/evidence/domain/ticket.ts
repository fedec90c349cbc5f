import { refusal, RefusalCode, type ItemId, type PersonId, type TicketId, type WorkspaceId } from '../../../libs/kernel/index.js';
import type { Marking } from '../../../libs/policy/index.js';
import type { Relation } from './relation.js';

/** How long an upload may take, from asking to the last octet. */
export const TICKET_LIFE_MS = 24 * 60 * 60 * 1000;

export type TicketState = 'waiting' | 'done' | 'failed';

/** Leave to deposit one file in one workspace, under the marking that was allowed when it was asked for. */
export interface Ticket {
  readonly id: TicketId;
  readonly workspaceId: WorkspaceId;
  readonly personId: PersonId;
  readonly state: TicketState;
  /** Why it failed, a sentence for the person. */
  readonly why: string | null;
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly marking: Marking;
  /** Null: the plain form, where name and size are known on arrival. */
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  /** What the sender says the file hashes to, lower-case hexadecimal. */
  readonly sha256: string | null;
  /** The session key, locked to this product and this ticket; gone when the ticket is done or failed. */
  readonly wrappedKey: Buffer | null;
  /** The exhibit the file is made of, and how. */
  readonly derivedFrom: ItemId | null;
  readonly relation: Relation | null;
  readonly itemId: ItemId | null;
  readonly expiresAt: Date;
}

/** One delivery at a time: another is being served, here or by another process. */
export const UNDER_WAY = refusal(RefusalCode.Unavailable, 'Another part of this file is being received. Wait a moment, ask how far it is, and go on from there.');

/** The session ended while the file was on its way. Said as it is said to whoever comes without one. */
export const SIGNED_OUT = refusal(RefusalCode.SignInAgain, 'Sign in with your agency to go on.');

/** The ticket ended between the reading of it and the taking up of its upload. */
export const ENDED = refusal(RefusalCode.Stale, 'This upload has just ended. Ask how far it is.');
