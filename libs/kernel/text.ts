import { isWellFormed } from './canonical-json.js';
import { err, ok, type Result } from './result.js';

/** Bidirectional embeddings, overrides and isolates (UAX #9): they make a reader see letters in another order than stored. */
const BIDI_CONTROL = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/;
const CONTROL_IN_LINE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;
const CONTROL_IN_TEXT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

/** What a free text may be. */
export interface TextRule {
  /** Least length in UTF-16 code units after trimming; 0 lets it be empty. */
  readonly min: number;
  /** Greatest length in UTF-16 code units. */
  readonly max: number;
  /** Whether line ends and tabs may stand in it. */
  readonly lines: boolean;
}

/**
 * A free text (attacker-controlled) made safe to store, sort, print and compare: Unicode NFC, line ends as \\n, trimmed.
 * Returns a sentence saying what is wrong when it cannot be stored as meant: characters PostgreSQL or JSON cannot carry, or
 * controls that would make it read as something else. Nothing is silently dropped from the middle of a text.
 */
export function cleanText(text: string, { min, max, lines }: TextRule): Result<string, string> {
  if (text.length > max * 2 + 1024) return err(`Enter at most ${max} characters.`);
  if (!isWellFormed(text)) return err('Remove the broken character: half of a surrogate pair cannot be stored.');
  if (BIDI_CONTROL.test(text)) return err('Remove the characters that change the writing direction.');
  const clean = text.replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
  if ((lines ? CONTROL_IN_TEXT : CONTROL_IN_LINE).test(clean)) {
    return err(lines ? 'Remove the control characters.' : 'Remove the control characters and line breaks.');
  }
  if (clean.length < min) return err(min === 1 ? 'Enter some text.' : `Enter at least ${min} characters.`);
  if (clean.length > max) return err(`Enter at most ${max} characters.`);
  return ok(clean);
}

/** How many characters may be typed where a page says so before what the page leads to does: for whom a bundle is, and why it is made. */
export const MOST_TYPED = { bundleFor: 200, bundleReason: 500 } as const;
