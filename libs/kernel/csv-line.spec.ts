import { describe, expect, it } from '@jest/globals';
import { csvLine } from './csv-line.js';

describe('a line of CSV', () => {
  it('puts every field in quotes and doubles those within, and writes nothing for what is absent', () => {
    expect(csvLine(['a,b', 'she said "no"', 3, null, 'two\nlines'])).toBe('"a,b","she said ""no""","3","","two\nlines"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])('makes text of %j, which a spreadsheet would run', (field) => {
    expect(csvLine([field])).toBe(`"'${field}"\r\n`);
  });

  it('leaves alone what only has such a sign within', () => {
    expect(csvLine(['a=b', ' =1', 'AR/1-2'])).toBe('"a=b"," =1","AR/1-2"\r\n');
  });
});
