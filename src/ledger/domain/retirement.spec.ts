import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type Json } from '../../../libs/kernel/index.js';
import { GoneLeaves } from './gone-leaves.js';
import { LeafDigest, monthBefore, readRetirement, retirementDetails } from './retirement.js';

const leafOf = (index: number): Uint8Array => createHash('sha256').update(String(index)).digest();
const digestOf = (...indexes: readonly number[]): string => {
  const digest = new LeafDigest();
  for (const index of indexes) digest.take(index, leafOf(index));
  return digest.value;
};
const MONTH = { month: '2020-01', entries: 3, kept: 1, digest: digestOf(4, 5, 7) };
const BODY = {
  id: 'b54adc00-67f9-11d9-9669-0800200c9a66', at: '2026-07-01T10:00:00.000Z', verb: 'ledger.retire', category: 'erasure', outcome: 'done', actor: null, system: 'cli',
  reason: 'Six years have passed', subject: { kind: 'months', id: '2020-02' }, details: retirementDetails('The data protection officer', ['AR-2020-0007'], [MONTH]),
};
const read = (change: Readonly<Record<string, Json>> = {}) => readRetirement(canonicalJson({ ...BODY, ...change }));

describe('the entry of a retirement', () => {
  it('says which months went, how much of each, when, on whose decision and why', () => {
    expect(read()).toEqual({ id: BODY.id, retiredAt: new Date(BODY.at), decidedBy: 'The data protection officer', reason: 'Six years have passed', months: [MONTH] });
  });

  it.each<[string, Readonly<Record<string, Json>>]>([
    ['of another act', { verb: 'ledger.erase' }],
    ['of a retirement that was refused', { outcome: 'refused' }],
    ['without the months', { details: { decidedBy: 'Somebody' } }],
    ['without a digest', { details: { decidedBy: 'Somebody', months: [{ month: '2020-01', entries: 3, kept: 1 }] } }],
  ])('is not one %s', (_, change) => {
    expect(read(change)).toBeUndefined();
  });

  it('is not what cannot be read', () => {
    expect(readRetirement('{')).toBeUndefined();
  });
});

describe('the digest of leaves', () => {
  it('is SHA-256 over index and hash of each, and another for any other leaves or places', () => {
    const place = (index: number): Buffer => Buffer.from(index.toString(16).padStart(16, '0'), 'hex');
    expect(digestOf(1, 600)).toBe(createHash('sha256').update(place(1)).update(leafOf(1)).update(place(600)).update(leafOf(600)).digest('base64'));
    expect(new Set([digestOf(), digestOf(1), digestOf(2), digestOf(1, 2), digestOf(2, 1)]).size).toBe(5);
    const moved = new LeafDigest();
    moved.take(2, leafOf(1));
    expect(moved.value).not.toBe(digestOf(1));
  });
});

describe('how far back a month lies', () => {
  it.each<[string, number, string]>([
    ['2026-11-28T23:59:59.999Z', 0, '2026-11'], ['2026-11-01T00:00:00.000Z', 11, '2025-12'], ['2026-01-31T00:00:00.000Z', 1, '2025-12'], ['2024-02-29T12:00:00.000Z', 72, '2018-02'],
  ])('of %s, %i months', (now, months, month) => {
    expect(monthBefore(new Date(now), months)).toBe(month);
  });
});

describe('what is gone', () => {
  const at = (month: string): Date => new Date(`${month}-09T12:00:00.000Z`);
  const retirement = read();
  const told = (gone: readonly number[], rows = [{ month: '2020-01', retirement }]): GoneLeaves => {
    const leaves = new GoneLeaves(rows);
    for (const index of gone) leaves.went(at('2020-01'), index, leafOf(index));
    leaves.stands(at('2020-01'));
    return leaves;
  };
  const codes = (leaves: GoneLeaves): readonly string[] => [...leaves.findings()].map(({ code }) => code);

  it('is what the record says, to the leaf', () => {
    const leaves = told([4, 5, 7]);
    expect({ count: leaves.count, codes: codes(leaves) }).toEqual({ count: 3, codes: [] });
    expect(leaves.found).toEqual([expect.objectContaining({ month: '2020-01', entries: 3, kept: 1, decidedBy: 'The data protection officer', entryId: BODY.id })]);
  });

  it.each<[string, readonly number[]]>([['more', [4, 5, 6, 7]], ['fewer', [4, 5]], ['others', [4, 5, 6]], ['nothing', []]])('is named where %s is gone', (_, gone) => {
    const [finding] = [...told(gone).findings()];
    expect(finding).toMatchObject({ code: 'retirement-differs', message: expect.stringContaining('Of 2020-01 3 entries were retired on record') });
  });

  it('is named where a month is said to be retired and no entry says so', () => {
    expect(codes(told([4, 5, 7], [{ month: '2020-01', retirement: undefined }]))).toEqual(['retirement-differs']);
    expect(codes(told([4, 5, 7], [{ month: '2019-12', retirement }]))).toEqual(['retirement-differs']);
  });

  it('is a month that is missing where nothing of it stands and nothing says why, and no month where something does', () => {
    const leaves = told([4, 5, 7]);
    for (const month of ['2021-03', '2021-03', '2021-04']) leaves.isMissing(at(month));
    leaves.stands(at('2021-04'));
    leaves.isMissing(null);
    expect([...leaves.findings()]).toEqual([{ code: 'month-missing', message: expect.stringContaining('Every entry of 2021-03 is gone, 2 of them without any record') }]);
  });
});
