declare const brand: unique symbol;

/** A UUID that only one kind of thing carries; the brand keeps an agency's id out of a workspace's place. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type AgencyId = Id<'agency'>;
export type PersonId = Id<'person'>;
export type SessionId = Id<'session'>;
export type WorkspaceId = Id<'workspace'>;
export type ItemId = Id<'item'>;
export type AgreementId = Id<'agreement'>;
export type EventId = Id<'event'>;
export type EntryId = Id<'entry'>;
export type TicketId = Id<'ticket'>;
export type AlertId = Id<'alert'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether `text` (attacker-controlled) is a lower-case RFC 9562 UUID. Anything else must be treated as absent. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** `text` as a branded id, or undefined when it is no UUID: an id that cannot exist is simply not found. */
export function idOf<Name extends string>(text: string): Id<Name> | undefined {
  return isUuid(text) ? (text as Id<Name>) : undefined;
}
