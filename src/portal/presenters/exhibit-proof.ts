import type { ExhibitProofData } from '../documents/exhibit-proof.js';
import { dateTime } from './dates.js';
import { size } from './sizes.js';

type Proof = NonNullable<ExhibitProofData['exhibitProof']>;

/** What reading a sealed body found, in words. */
const FOUND: Readonly<Record<string, string>> = {
  whole: 'Whole: every octet is what was deposited.',
  altered: 'NOT WHOLE: what is stored is not what was deposited.',
  missing: 'MISSING: nothing is stored any more.',
  disposed: 'It was disposed of before the reading ended, and there is nothing left to read. Its certificate of disposal says who decided that.',
  locked: 'It is there. The portal has no key at hand that opens it, so it cannot prove that it is whole.',
};

/** How an exhibit was last found, and how far a reading is. */
export function proofView({ sizeBytes, checkedAt, found, provenAt, askedBy, askedAt, readBytes, endedAt, outcome }: Proof): object {
  const isUnderWay = askedAt !== null && endedAt === null;
  const share = sizeBytes === 0 ? 100 : Math.floor(((readBytes ?? 0) / sizeBytes) * 100);
  return {
    isUnderWay,
    rows: [
      ['Size', size(sizeBytes)],
      ['Last read to its end', checkedAt === null ? 'Not yet' : `${dateTime(checkedAt)}. ${FOUND[found ?? ''] ?? ''}`.trim()],
      ['Last proven whole', provenAt === null ? 'Not yet' : dateTime(provenAt)],
    ].map(([key = '', text = '']) => ({ key: { text: key }, value: { text } })),
    // The percentage is of what was read, and 100 is said only when it has ended.
    progress: isUnderWay ? { share: Math.min(share, 99), words: `${size(readBytes ?? 0)} of ${size(sizeBytes)} read (${Math.min(share, 99)}%). Asked for by ${askedBy ?? ''} on ${dateTime(askedAt)}.` } : undefined,
    last: endedAt === null ? undefined : `${FOUND[outcome ?? ''] ?? ''} Asked for by ${askedBy ?? ''}, read to its end on ${dateTime(endedAt)}.`,
    isAlarm: outcome === 'altered' || outcome === 'missing',
  };
}
