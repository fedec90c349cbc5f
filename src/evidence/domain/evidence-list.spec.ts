import { describe, expect, it } from '@jest/globals';
import { listCsv, listReport, LISTS, listTitle, type EvidenceList } from './evidence-list.js';

const REVIEW = { class: 'sensitive-unused', result: 'withheld', ground: 'Names an informant', reason: 'See the report', reviewedBy: 'Amira Rahman', agencyName: 'Ashworth Council', reviewedAt: new Date('2026-06-02T09:00:00Z') };
const LIST: EvidenceList = {
  list: 'sensitive-unused', investigation: { reference: 'ASH-1', title: 'Kettle' }, marking: 'OFFICIAL-SENSITIVE', takenBy: 'Amira Rahman, Ashworth Council', takenAt: new Date('2026-06-03T09:00:00Z'),
  signed: { version: 2, by: 'Tom Bell', agency: 'Ashworth Council', at: new Date('2026-06-02T10:00:00Z'), statement: 'Whole' }, isCurrent: true,
  exhibits: [{
    reference: 'AR/1', title: '@SUM(A1)', description: '', form: 'file', fileName: 'a.mp4', sha256: 'ab'.repeat(32), producer: 'Amira Rahman', agency: 'Ashworth Council',
    recordedAt: new Date('2026-06-01T09:00:00Z'), disposedAt: null, marking: 'OFFICIAL', review: REVIEW,
  }],
};
const textOf = (list: EvidenceList): string => listReport(list).parts.flatMap(({ heading, sentences, rows }) => [heading, ...sentences, ...rows.map((row) => row.join(': '))]).join('\n');

describe('a list for a person', () => {
  it('says what it is, who signed off which version, and what was said of each exhibit', () => {
    expect(listReport(LIST)).toMatchObject({ title: 'Disclosure schedule: Unused, sensitive (MG6D): ASH-1 Kettle', marking: 'OFFICIAL-SENSITIVE' });
    expect(textOf(LIST)).toMatch(/Version 2, signed off by Tom Bell, Ashworth Council, on 2026-06-02 10:00 UTC: Whole[^]*nobody has held against their source yet: Criminal Procedure and Investigations Act 1996[^]*AR\/1\n[^]*Result: Withheld: [^]*Ground: Names an informant/);
    expect(textOf(LIST)).not.toContain('NOT CURRENT');
  });

  it('says that it is not current without a word of what has come, and that nobody has signed what nobody has', () => {
    expect(textOf({ ...LIST, isCurrent: false })).toContain('NOT CURRENT: exhibits were added, reviewed again or disposed of since.');
    expect(textOf({ ...LIST, signed: undefined })).toContain('Nobody has signed it off.');
    expect(textOf({ ...LIST, exhibits: [] })).toContain('It lists nothing.');
  });

  it('of every exhibit says nothing of disclosure', () => {
    const text = textOf({ ...LIST, list: 'exhibits' });
    expect(text).toContain('File a.mp4');
    expect(text).not.toMatch(/informant|Withheld|Version 2/);
  });

  it('goes by one name each', () => {
    expect(new Set(LISTS.map(listTitle)).size).toBe(LISTS.length);
  });
});

describe('a list for a spreadsheet', () => {
  it('carries the marking in each line, as many fields as columns, and nothing that would be run', () => {
    const [head = '', line = '', end] = listCsv(LIST).split('\r\n');
    expect(line).toContain(`"OFFICIAL-SENSITIVE","AR/1","'@SUM(A1)"`);
    expect([line.split('","').length, end]).toEqual([head.split('","').length, '']);
  });

  it('of every exhibit has no columns of the schedule', () => {
    expect(listCsv({ ...LIST, list: 'exhibits' })).not.toMatch(/ground|informant|withheld/);
  });
});
