import type { ItemId, PersonId, TicketId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Marking } from '../../../libs/policy/index.js';

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
  readonly itemId: ItemId | null;
  readonly expiresAt: Date;
}
