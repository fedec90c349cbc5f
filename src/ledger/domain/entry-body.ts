import { canonicalJson, type ActorRef, type EntryId, type Json } from '../../../libs/kernel/index.js';
import { POLICY_VERSION, categoryOf } from '../../../libs/policy/index.js';
import { hashLeaf } from '../../../libs/tlog/index.js';
import type { EntryDraft } from './entry-draft.js';
import { lackingParts } from './recording.js';

/** The circumstances of the act. */
export interface EntryContext {
  readonly id: EntryId;
  readonly at: Date;
  readonly actor: ActorRef | undefined;
  readonly system?: string | undefined;
  readonly correlationId: string;
}

/** Bytes of salt before each body: without it, a guessable body could be confirmed from its public leaf hash. */
export const SALT_BYTES = 16;

/** The canonical JSON of an entry. */
export function entryBody(draft: EntryDraft, { id, at, actor, system, correlationId }: EntryContext): string {
  const { workspaceId, workspaceReference, ...said } = draft;
  const lacks = lackingParts(draft);
  const body = {
    ...said,
    v: 1,
    id,
    at: at.toISOString(),
    category: categoryOf(draft.verb),
    actor: actor === undefined ? null : actorOf(actor),
    system,
    workspace: workspaceId === undefined ? undefined : { id: workspaceId, reference: workspaceReference },
    correlation: correlationId,
    policyVersion: POLICY_VERSION,
    lacks: lacks.length === 0 ? undefined : lacks,
  };
  return canonicalJson(recordable(body));
}

/**
 * The leaf hash of an entry: RFC 6962's over the 16 bytes of salt followed by the UTF-8 of the body. The salt has one
 * length, so no other split of the same bytes exists.
 */
export function entryLeafHash(salt: Uint8Array, body: string): Uint8Array {
  return hashLeaf(salt, Buffer.from(body, 'utf8'));
}

function actorOf(actor: ActorRef): Json {
  return {
    person: actor.personId,
    name: actor.displayName,
    agency: actor.agencyCode,
    agencyId: actor.agencyId,
    agencyName: actor.agencyName,
    roles: actor.roles,
    session: actor.sessionId,
    idp: actor.idp,
  };
}

const LONGEST_TEXT = 4_000;

/**
 * The value with every text such as JSON and the database can carry. An attacker may put anything into a name or a
 * reference; what he sends must not be able to keep his act from being recorded.
 */
function recordable(value: Json | undefined): Json {
  if (typeof value === 'string') return recordableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? null;
  if (isList(value)) return value.map(recordable);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[recordableText(key), recordable(member)]],
    ),
  );
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function recordableText(text: string): string {
  const whole = Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\u2400');
  return whole.length <= LONGEST_TEXT ? whole : `${Buffer.from(whole.slice(0, LONGEST_TEXT - 1)).toString('utf8')}\u2026`;
}
