export { Role, isRole, type ActorRef } from './actor.js';
export { canonicalJson, isWellFormed, type Json } from './canonical-json.js';
export { csvLine } from './csv-line.js';
export type { Clock } from './clock.js';
export { idOf, isUuid } from './ids.js';
export type {
  AgencyId,
  AgreementId,
  AlertId,
  EntryId,
  EventId,
  Id,
  ItemId,
  PersonId,
  SessionId,
  TicketId,
  WorkspaceId,
} from './ids.js';
export { NOT_FOUND, RefusalCode, invalid, refusal, type FieldFault, type Refusal } from './refusal.js';
export { cleanText, MOST_TYPED, type TextRule } from './text.js';
export { spokenCode } from './spoken-code.js';
export { err, must, ok, type Err, type Ok, type Result } from './result.js';
