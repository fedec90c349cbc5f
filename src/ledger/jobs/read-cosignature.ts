import { cosignatureTime, formatNote, openNote } from '../../../libs/note/index.js';
import type { ListedWitness } from '../../../libs/witness/index.js';

/** A cosignature that holds. */
export interface Cosignature {
  /** The one line, as it follows the checkpoint. */
  readonly line: string;
  /** When the witness says it signed; it is the witness's clock that says so. */
  readonly at: Date;
}

/** What is wrong with an answer. Messages may change, codes may not. */
export interface AnswerFault {
  readonly code: 'unreadable' | 'false-signature';
  readonly message: string;
}

const LATEST_SECONDS = 253_402_300_799;

/**
 * The witness's cosignature of the checkpoint `note` in its answer (attacker-controlled), or why there is none. Whoever
 * answers may be anybody who sits at that address: only what verifies with the witness's configured key, over this very
 * checkpoint, is kept. Lines by other keys are dropped.
 */
export function readCosignature(note: string, answer: string, { key }: ListedWitness): Cosignature | AnswerFault {
  const opened = openNote(note + answer, [key]);
  if (!opened.ok) return opened.error.code === 'malformed-note' ? NOT_LINES : FALSE[opened.error.code === 'unknown-key' ? 'other' : 'own'];
  const dated = opened.value.verified.map((signature) => ({ signature, seconds: cosignatureTime(signature.signature) ?? Infinity }));
  const [latest] = dated.filter(({ seconds }) => seconds <= LATEST_SECONDS).sort((one, other) => other.seconds - one.seconds);
  if (latest === undefined) return FALSE.time;
  const line = formatNote({ text: '\n', signatures: [latest.signature] }).slice(2);
  return { line, at: new Date(latest.seconds * 1000) };
}

const NOT_LINES: AnswerFault = { code: 'unreadable', message: 'Its answer is not the signature lines of a checkpoint' };
const FALSE: Readonly<Record<'own' | 'other' | 'time', AnswerFault>> = {
  own: { code: 'false-signature', message: 'It answered with a signature that does not hold for this checkpoint: of something else, or of an earlier one' },
  other: { code: 'false-signature', message: 'It answered without a signature by its own key' },
  time: { code: 'false-signature', message: 'It answered with a signature of an impossible time' },
};
