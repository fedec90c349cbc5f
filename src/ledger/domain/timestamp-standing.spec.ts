import { describe, expect, it } from '@jest/globals';
import { timestampStanding, type NewestTimestamp, type TimestampFacts } from './timestamp-standing.js';

const NOW = new Date('2026-06-03T10:00:00Z');
const NEWEST: NewestTimestamp = {
  size: 40,
  at: new Date('2026-06-03T09:30:00Z'),
  serial: '41',
  policy: '2.999.3161',
  signer: 'CN=Authority',
  signerPrint: '00',
  note: 'ledger.example\n40\n',
  token: new Uint8Array([1]),
};
const FACTS: TimestampFacts = { authority: 'https://time.example/', intervalSeconds: 3600, newest: NEWEST, waiting: 0, oldestDueAt: undefined, state: { message: 'Dated', failingSince: null }, now: NOW };

const standing = (facts: Partial<TimestampFacts>) => timestampStanding({ ...FACTS, ...facts });
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

describe('how the ledger stands with its authority', () => {
  it('is dated while nothing waits, or only for moments', () => {
    expect(standing({})).toMatchObject({ code: 'dated', newest: NEWEST, debtSeconds: 0, message: undefined });
    expect(standing({ waiting: 1, oldestDueAt: ago(30) })).toMatchObject({ code: 'dated', debtSeconds: 30, waitsSince: ago(30) });
    expect(standing({ newest: undefined })).toMatchObject({ code: 'dated', newest: undefined });
  });

  it('is a debt once a checkpoint has waited longer, whether or not the authority ever answered', () => {
    expect(standing({ waiting: 2, oldestDueAt: ago(31) })).toMatchObject({ code: 'debt', waiting: 2, message: undefined });
    expect(standing({ waiting: 2, oldestDueAt: ago(31), state: undefined })).toMatchObject({ code: 'debt', message: undefined });
  });

  it('is a debt at once when the authority fails, with what is wrong as a sentence', () => {
    const state = { message: 'It could not be reached (ECONNREFUSED)', failingSince: ago(1) };
    expect(standing({ waiting: 1, oldestDueAt: ago(1), state })).toMatchObject({ code: 'debt', failingSince: ago(1), message: 'It could not be reached (ECONNREFUSED).' });
  });

  it('owes nothing before it was due, when the clock was set back', () => {
    expect(standing({ waiting: 1, oldestDueAt: ago(-600) })).toMatchObject({ code: 'dated', debtSeconds: 0 });
  });

  it('is none when nobody is asked, with what was dated before', () => {
    expect(standing({ authority: undefined, state: undefined })).toMatchObject({ code: 'none', newest: NEWEST });
  });

  it('is broken when the newest does not hold, which is then not shown', () => {
    const broken = standing({ newest: { fault: 'The newest timestamp does not hold.' }, waiting: 1, oldestDueAt: ago(600) });
    expect(broken).toMatchObject({ code: 'broken', newest: undefined, message: 'The newest timestamp does not hold.' });
  });
});
