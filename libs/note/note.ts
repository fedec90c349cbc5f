import { ok, type Result } from '../kernel/index.js';
import { fromBase64, toBase64 } from './text-numbers.js';
import { NoteErrorCode, refuse, type NoteError } from './errors.js';
import { isKeyName, type NoteSigner, type NoteVerifier } from './note-keys.js';

/** One signature line of a note, verified or not. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note as parsed: nothing in it is believed yet. `text` ends in a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note with at least one signature that holds. */
export interface OpenedNote {
  readonly text: string;
  /** The keys that signed, each once however many lines it has. */
  readonly signers: readonly NoteVerifier[];
  /** The lines by those keys, all of which hold, in the note's order. */
  readonly verified: readonly NoteSignature[];
  /** Lines by keys nobody here knows: carried along, never believed. */
  readonly unknown: readonly NoteSignature[];
}

/** Notes longer than this are refused before they are read. */
export const MAX_NOTE_LENGTH = 1_048_576;
/** Notes with more signature lines than this are refused. */
export const MAX_NOTE_SIGNATURES = 100;

const DASH = '\u2014';
// Every ASCII control character but newline, and lone surrogates, which UTF-8 cannot carry.
const NOT_IN_NOTE =
  /[\u0000-\u0009\u000b-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Parses a C2SP signed note (attacker-controlled). Refused with `malformed-note` unless the note is exactly what
 * `formatNote` prints for what was read: there is one spelling of every note, so equal notes are equal texts.
 */
export function parseNote(note: string): Result<Note, NoteError> {
  if (note.length > MAX_NOTE_LENGTH) return malformed('The note is too long');
  if (NOT_IN_NOTE.test(note)) return malformed('The note has a character that no note may have');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return malformed('The note has no blank line before its signatures');
  const lines = note.slice(split + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) return malformed('The note does not end in a signature line');
  if (lines.length > MAX_NOTE_SIGNATURES) return malformed('The note has too many signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) return malformed('A signature line is not a dash, a key name and base64');
    signatures.push(signature);
  }
  const parsed = { text: note.slice(0, split + 1), signatures };
  return formatNote(parsed) === note ? ok(parsed) : malformed('The note is not in its one canonical spelling');
}

/** The text of a note: its body, a blank line, its signature lines. */
export function formatNote(note: Note): string {
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`;
}

/**
 * Signs a text. Refused with `malformed-note` when the text cannot be a note's: it must end in a newline and hold no
 * other control character, so that what was signed is what will be read.
 */
export function signNote(text: string, signers: readonly NoteSigner[]): Result<string, NoteError> {
  const bytes = Buffer.from(text, 'utf8');
  const signatures = signers.map((signer) => ({
    name: signer.name,
    keyId: signer.keyId,
    signature: signer.sign(bytes),
  }));
  const note = formatNote({ text, signatures });
  const read = parseNote(note);
  if (!read.ok) return read;
  return read.value.text === text ? ok(note) : malformed('The text would not be read back as it was signed');
}

/**
 * Opens a note (attacker-controlled) with the keys that are trusted; which keys those are is for the caller alone.
 *
 * Every line that claims a trusted key must hold, or the whole note is refused with `bad-signature`. Lines by other
 * keys are ignored. Without any line by a trusted key it is refused with `unknown-key`; two trusted keys with one
 * name and id are refused with `ambiguous-key`.
 */
export function openNote(note: string, trusted: readonly NoteVerifier[]): Result<OpenedNote, NoteError> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const text = Buffer.from(parsed.value.text, 'utf8');
  const signers = new Set<NoteVerifier>();
  const verified: NoteSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const line of parsed.value.signatures) {
    const [verifier, second] = trusted.filter((key) => key.name === line.name && key.keyId === line.keyId);
    if (second !== undefined) return refuse(NoteErrorCode.AmbiguousKey, `Two trusted keys are called ${line.name}`);
    if (verifier === undefined) unknown.push(line);
    else if (!verifier.verify(text, line.signature)) {
      return refuse(NoteErrorCode.BadSignature, `The signature by ${line.name} does not hold`);
    } else {
      signers.add(verifier);
      verified.push(line);
    }
  }
  if (signers.size === 0) return refuse(NoteErrorCode.UnknownKey, 'No trusted key signed this note');
  return ok({ text: parsed.value.text, signers: [...signers], verified, unknown });
}

function malformed(message: string): Result<never, NoteError> {
  return refuse(NoteErrorCode.MalformedNote, message);
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const bytes = fromBase64(encoded);
  if (dash !== DASH || rest.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  const keyId = Buffer.from(bytes).readUInt32BE(0);
  return { name, keyId, signature: bytes.subarray(4) };
}

function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `${DASH} ${name} ${toBase64(Buffer.concat([id, signature]))}\n`;
}
