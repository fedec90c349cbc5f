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
  const { workspaceId, workspaceReference } = draft;
  const lacks = lackingParts(draft);
  const facts = {
    v: 1,
    id,
    at: at.toISOString(),
    category: categoryOf(draft.verb),
    actor: actor === undefined ? null : actorOf(actor),
    system,
    workspace: workspaceId === undefined ? undefined : { id: workspaceId, reference: workspaceReference },
    workspaceId: undefined,
    workspaceReference: undefined,
    correlation: correlationId,
    policyVersion: POLICY_VERSION,
    lacks: lacks.length === 0 ? undefined : lacks,
  };
  // What the ledger itself says comes last, so that no draft overrides it. Spreading this many members into one object takes
  // three times as long as all the rest of an entry; `assign` does not.
  const body: Record<string, Json | undefined> = {};
  return canonicalJson(recordable(Object.assign(body, draft, facts)));
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
  if (value !== undefined && isRecordable(value)) return value;
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

/** Whether it can be recorded as it is, which all but an attacker's can: then nothing is copied. */
function isRecordable(value: Json): boolean {
  if (typeof value === 'string') return isRecordableText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'boolean') return true;
  // A list must not lack members: an absent one is recorded as null.
  if (isList(value)) return value.every((member) => (member as Json | undefined) !== undefined && isRecordable(member));
  for (const key in value) {
    const member = value[key];
    if (!isRecordableText(key) || (member !== undefined && !isRecordable(member))) return false;
  }
  return true;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** U+0000, which the database cannot carry, and halves of characters, of which one may stand alone. */
const DOUBTFUL = /[\0\uD800-\uDFFF]/;

function isRecordableText(text: string): boolean {
  return text.length <= LONGEST_TEXT && !DOUBTFUL.test(text);
}

function recordableText(text: string): string {
  const whole = Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\u2400');
  return whole.length <= LONGEST_TEXT ? whole : `${Buffer.from(whole.slice(0, LONGEST_TEXT - 1)).toString('utf8')}\u2026`;
}
