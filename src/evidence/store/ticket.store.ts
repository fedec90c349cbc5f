import type { ItemId, PersonId, TicketId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Ticket, TicketState } from '../domain/ticket.js';

/** What a new ticket is made of. */
export type NewTicket = Omit<Ticket, 'state' | 'why' | 'itemId' | 'wrappedKey'> & { readonly wrappedKey: Buffer };

const COLUMNS = `id, workspace_id AS "workspaceId", person_id AS "personId", state, why, reference, title, description, marking,
  file_name AS "fileName", size_bytes::float8 AS "sizeBytes", sha256, wrapped_key AS "wrappedKey", derived_from AS "derivedFrom", relation, item_id AS "itemId",
  expires_at AS "expiresAt"`;

/** The next number of this person's exhibits. Once taken it is never given again, whatever becomes of the upload. */
export async function takeExhibitNumber(work: Work, person: PersonId): Promise<number> {
  const [row] = await work.sql<{ last: number }>(
    `INSERT INTO exhibit_number (person_id, last) VALUES ($1, 1)
     ON CONFLICT (person_id) DO UPDATE SET last = exhibit_number.last + 1 RETURNING last`,
    [person],
  );
  if (!row) throw new Error('The database gave no exhibit number.');
  return row.last;
}

export async function exhibitInitials(work: Work, person: PersonId): Promise<string> {
  const [row] = await work.sql<{ initials: string }>('SELECT exhibit_initials AS initials FROM person WHERE id = $1', [person]);
  if (!row) throw new Error('A signed-in person has no row.');
  return row.initials;
}

export async function insertTicket(work: Work, ticket: NewTicket): Promise<void> {
  await work.sql(
    `INSERT INTO upload_ticket (id, workspace_id, person_id, reference, title, description, marking, file_name, size_bytes,
       sha256, wrapped_key, created_at, expires_at, derived_from, relation)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ticket.id,
      ticket.workspaceId,
      ticket.personId,
      ticket.reference,
      ticket.title,
      ticket.description,
      JSON.stringify(ticket.marking),
      ticket.fileName,
      ticket.sizeBytes,
      ticket.sha256,
      ticket.wrappedKey,
      work.at,
      ticket.expiresAt,
      ticket.derivedFrom,
      ticket.relation,
    ],
  );
}

/** The ticket, if it is this person's own; another person's is as absent as none. */
export async function findTicket(work: Work, id: TicketId, person: PersonId): Promise<Ticket | undefined> {
  const [row] = await work.sql<Ticket>(`SELECT ${COLUMNS} FROM upload_ticket WHERE id = $1 AND person_id = $2`, [id, person]);
  return row;
}

/** The same, held until the transaction ends, so that a file is deposited once. */
export async function lockTicket(work: Work, id: TicketId, person: PersonId): Promise<Ticket | undefined> {
  const [row] = await work.sql<Ticket>(`SELECT ${COLUMNS} FROM upload_ticket WHERE id = $1 AND person_id = $2 FOR UPDATE`, [id, person]);
  return row;
}

/**
 * The same, as the last act on it left it. One that is still under way is waited for, also one whose connection was lost
 * while it was being committed, for a few seconds.
 *
 * @throws when it has not ended by then.
 */
export async function settledTicket(work: Work, id: TicketId, person: PersonId): Promise<Ticket | undefined> {
  await work.sql(`SET LOCAL lock_timeout = '5s'`);
  return lockTicket(work, id, person);
}

/** Ends a ticket. Its session key is forgotten: from now on only the recipients' packets open the file. */
export async function endTicket(work: Work, id: TicketId, end: { readonly state: 'done'; readonly itemId: ItemId } | { readonly state: 'failed'; readonly why: string }): Promise<void> {
  await work.sql('UPDATE upload_ticket SET state = $2, why = $3, item_id = $4, wrapped_key = NULL WHERE id = $1', [
    id,
    end.state,
    end.state === 'failed' ? end.why : null,
    end.state === 'done' ? end.itemId : null,
  ]);
}

/** What the sweeper asks of a ticket. */
export interface TicketSeen {
  readonly id: string;
  readonly state: TicketState;
  readonly expiresAt: Date;
}

/** What is known of tickets by the names their files bear; for the sweeper alone. */
export async function ticketStates(work: Work, ids: readonly string[]): Promise<TicketSeen[]> {
  return work.sql('SELECT id, state, expires_at AS "expiresAt" FROM upload_ticket WHERE id = ANY ($1::uuid[])', [ids]);
}
