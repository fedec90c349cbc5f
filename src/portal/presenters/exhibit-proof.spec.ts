import { describe, expect, it } from '@jest/globals';
import type { ExhibitProofData } from '../documents/exhibit-proof.js';
import { proofView } from './exhibit-proof.js';

type Proof = NonNullable<ExhibitProofData['exhibitProof']>;

const AT = '2026-06-02T09:00:00.000Z';
const proof = (more: Partial<Proof> = {}): Proof => ({
  sizeBytes: 1_000,
  checkedAt: null,
  found: null,
  provenAt: null,
  askedBy: null,
  askedAt: null,
  readBytes: null,
  endedAt: null,
  outcome: null,
  ...more,
});
const asked = { askedBy: 'Alex Ward', askedAt: AT };

describe('whether an exhibit is whole, in words', () => {
  it('is said of none that was not read yet', () => {
    expect(proofView(proof())).toMatchObject({
      isUnderWay: false,
      isAlarm: false,
      progress: undefined,
      last: undefined,
      rows: [{ value: { text: expect.stringContaining('1') } }, { value: { text: 'Not yet' } }, { value: { text: 'Not yet' } }],
    });
  });

  it('is a share while it is read, and never all of it before the end', () => {
    expect(proofView(proof({ ...asked, readBytes: 420 }))).toMatchObject({ isUnderWay: true, progress: { share: 42 } });
    expect(proofView(proof({ ...asked, readBytes: 1_000 }))).toMatchObject({ isUnderWay: true, progress: { share: 99 } });
    expect(proofView(proof({ ...asked, sizeBytes: 0, readBytes: 0 }))).toMatchObject({ progress: { share: 99 } });
  });

  it.each([
    ['whole', false, /^Whole: /],
    ['altered', true, /^NOT WHOLE: /],
    ['missing', true, /^MISSING: /],
    ['disposed', false, /^It was disposed of before the reading ended/],
    ['locked', false, /^It is there\. The portal has no key at hand that opens it/],
  ])('is, once read, %s', (outcome, isAlarm, words) => {
    expect(proofView(proof({ ...asked, readBytes: 1_000, endedAt: AT, outcome }))).toMatchObject({ isUnderWay: false, isAlarm, last: expect.stringMatching(words) });
  });
});
