import { canonicalJson, err, isWellFormed, ok, type Result } from '../kernel/index.js';
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
const ERASED_FORMAT = 'concordat-erased@v1';
/** How each of the two begins in its one spelling, so that no file is parsed twice. */
const ERASED_START = `{"format":"${ERASED_FORMAT}"`;
/** What stands before, between and after the body and the salt of an entry. */
const [START, MIDDLE, END] = ['{"body":"', `","format":"${FORMAT}","salt":"`, '"}\n'];
/** An escape that JSON lets somebody choose, or what looks like one. */
const CHOSEN_ESCAPE = /\\[u/]/;
const SALT_BYTES = 16;
const SALT_LETTERS = 24;
/** Letters of an entry file at most; a longer one is no entry's. */
export const LONGEST_ENTRY_FILE = 1_048_576;

/**
 * The text of an entry file: one line of canonical JSON with the members `body` (the entry's canonical JSON, as a string),
 * `format` (`concordat-entry@v1`) and `salt` (16 bytes in base64).
 */
export function formatEntryFile({ salt, body }: EntryFile): string {
  return `${canonicalJson({ format: FORMAT, salt: toBase64(salt), body })}\n`;
}

/** Parses an entry file (attacker-controlled). Refused unless it is exactly what `formatEntryFile` prints for what was read. */
export function parseEntryFile(text: string): Result<EntryFile, EntryFileFault> {
  const plain = plainlySpelt(text);
  return plain === undefined ? spelledAgain(text) : ok(plain);
}

/**
 * The entry of a text that needs no spelling again, which is half of the time it takes to read a ledger: what stands around the
 * body is letter for letter what `formatEntryFile` prints, and in the body neither of the two escapes occurs that JSON lets somebody
 * choose (for a solidus, and by number for anything). Every other letter of a string that parses has one spelling. Undefined says
 * only that the text has to be spelled again.
 */
function plainlySpelt(text: string): EntryFile | undefined {
  const saltAt = text.length - END.length - SALT_LETTERS;
  const bodyEnd = saltAt - MIDDLE.length;
  if (text.length > LONGEST_ENTRY_FILE || !text.startsWith(START) || !text.startsWith(MIDDLE, bodyEnd) || !text.endsWith(END)) return undefined;
  if (CHOSEN_ESCAPE.test(text) || !isWellFormed(text)) return undefined;
  const body = parsed(text.slice(START.length - 1, bodyEnd + 1));
  const salt = fromBase64(text.slice(saltAt, saltAt + SALT_LETTERS));
  return typeof body === 'string' && salt?.length === SALT_BYTES ? { salt, body } : undefined;
}

function spelledAgain(text: string): Result<EntryFile, EntryFileFault> {
  const { salt: saltText, body } = membersOf(text);
  const salt = typeof saltText === 'string' ? fromBase64(saltText) : undefined;
  if (salt?.length !== SALT_BYTES || typeof body !== 'string') return malformed('An entry file is one JSON object with format, salt and body');
  if (!isWellFormed(body)) return malformed('The body of the entry has half a letter in it (a lone surrogate), which no text has');
  return formatEntryFile({ salt, body }) === text ? ok({ salt, body }) : malformed('The entry file is not in its one canonical spelling');
}

/** The line that stands for an entry that was erased: its leaf is all that is left of it. */
export function formatErasedEntry(leafHash: Uint8Array): string {
  return `${canonicalJson({ format: ERASED_FORMAT, leaf: toBase64(leafHash) })}\n`;
}

/** The leaf hash in the line of an erased entry (attacker-controlled); undefined when it is not such a line in its one spelling. */
export function parseErasedEntry(text: string): Uint8Array | undefined {
  const { leaf } = text.startsWith(ERASED_START) ? membersOf(text) : {};
  const leafHash = typeof leaf === 'string' ? fromBase64(leaf) : undefined;
  return leafHash !== undefined && formatErasedEntry(leafHash) === text ? leafHash : undefined;
}

/** The leaf hash of an entry: RFC 6962's over the salt and the UTF-8 of the body. */
export function leafHashOf({ salt, body }: EntryFile): Uint8Array {
  return hashLeaf(salt, Buffer.from(body, 'utf8'));
}

function membersOf(text: string): { readonly salt?: unknown; readonly body?: unknown; readonly leaf?: unknown } {
  const value = text.length > LONGEST_ENTRY_FILE ? undefined : parsed(text);
  return typeof value === 'object' && value !== null ? value : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function malformed(message: string): Result<never, EntryFileFault> {
  return err({ code: 'malformed-entry', message });
}
