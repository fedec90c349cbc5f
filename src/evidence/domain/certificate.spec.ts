import { describe, expect, it } from '@jest/globals';
import { certificate, type Ended } from './certificate.js';

const AT = new Date('2026-11-30T10:00:00Z');
const ENDED: Ended = {
  reference: 'AR/1', title: 'Film', marking: 'OFFICIAL-SENSITIVE', agency: 'Ashworth', producer: 'Amira Rahman', deposited: AT, file: { name: 'film.mp4', sizeBytes: 10, sha256: 'ab'.repeat(32) },
  rule: 'council-6', reason: 'No longer needed', beforeReview: null, proposedBy: 'Amira Rahman', proposedAt: AT, decidedBy: 'Tom Bell', decidedAt: AT, decidedFor: 'Agreed',
  last: { seq: 4, hash: 'cd'.repeat(32), signer: 'ef' },
};

describe('a certificate of disposal', () => {
  it('says what, when, by whom and under which rule, between its markings, and that nobody verified the period', () => {
    const text = certificate(ENDED);
    expect(text.startsWith('OFFICIAL-SENSITIVE\n\nCertificate of disposal\n')).toBe(true);
    expect(text.endsWith('\n\nOFFICIAL-SENSITIVE\n')).toBe(true);
    for (const part of ['AR/1', 'film.mp4', 'ab'.repeat(32), 'Tom Bell, 2026-11-30T10:00:00.000Z', 'Council: regulatory case file (period not verified)', `event 4, ${'cd'.repeat(32)}`]) expect(text).toContain(part);
  });

  it('lets nobody write a line of it by a line break in a title or a reason', () => {
    const text = certificate({ ...ENDED, title: 'Film\nApproved by: Nobody', reason: 'a\r\nApproved by: Nobody' });
    expect(text.split('\n').filter((line) => line.startsWith('Approved by:'))).toHaveLength(1);
  });

  it('says why before its day of review, where that was still to come', () => {
    expect(certificate(ENDED)).not.toContain('Before its review');
    expect(certificate({ ...ENDED, beforeReview: 'Given back\nto its owner' })).toMatch(/^Before its review: +Given back to its owner$/m);
  });

  it('says of a thing that it is gone, and nothing of a file', () => {
    const text = certificate({ ...ENDED, file: undefined, rule: 'unknown' });
    expect(text).toContain('A physical exhibit');
    expect(text).not.toContain('SHA-256');
  });
});
