import { canonicalJson, err, ok, type Result } from '../kernel/index.js';
import { fromBase64, toBase64 } from '../note/index.js';
import { hashLeaf } from '../tlog/index.js';

/** One entry of a ledger as it is handed to somebody outside: all that its leaf hash is made of. */
export interface EntryFile {
  /** 16 bytes, without which a guess at the body could be confirmed from the leaf hash. */
  readonly salt: Uint8Array;
  /** The canonical JSON (RFC 8785) of the entry, as a text. */
  readonly body: string;
}

/** Why a file is no entry's. */
export interface EntryFileFault {
  readonly code: 'malformed-entry';
  readonly message: string;
}

const FORMAT = 'concordat-entry@v1';
const SALT_BYTES = 16;
const LONGEST = 1_048_576;

/**
 * The text of an entry file: one line of canonical JSON with the members `body` (the entry's canonical JSON, as a string),
 * `format` (`concordat-entry@v1`) and `salt` (16 bytes in base64).
 */
export function formatEntryFile({ salt, body }: EntryFile): string {
  return `${canonicalJson({ format: FORMAT, salt: toBase64(salt), body })}\n`;
}

/** Parses an entry file (attacker-controlled). Refused unless it is exactly what `formatEntryFile` prints for what was read. */
export function parseEntryFile(text: string): Result<EntryFile, EntryFileFault> {
  const { salt: saltText, body } = membersOf(text);
  const salt = typeof saltText === 'string' ? fromBase64(saltText) : undefined;
  if (salt?.length !== SALT_BYTES || typeof body !== 'string') return malformed('An entry file is one JSON object with format, salt and body');
  return formatEntryFile({ salt, body }) === text ? ok({ salt, body }) : malformed('The entry file is not in its one canonical spelling');
}

/** The leaf hash of an entry: RFC 6962's over the salt and the UTF-8 of the body. */
export function leafHashOf({ salt, body }: EntryFile): Uint8Array {
  return hashLeaf(salt, Buffer.from(body, 'utf8'));
}

function membersOf(text: string): { readonly salt?: unknown; readonly body?: unknown } {
  try {
    const value: unknown = text.length > LONGEST ? undefined : JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function malformed(message: string): Result<never, EntryFileFault> {
  return err({ code: 'malformed-entry', message });
}
