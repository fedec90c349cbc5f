import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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

/** The fields of one line as RFC 4180 reads it, written apart from how it is written. */
function read(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (line[at] === '"') {
    let field = '';
    at += 1;
    for (;;) {
      if (line[at] === '"' && line[at + 1] === '"') {
        field += '"';
        at += 2;
      } else if (line[at] === '"') {
        break;
      } else {
        field += line[at] ?? '';
        at += 1;
      }
    }
    fields.push(field);
    at += line[at + 1] === ',' ? 2 : 1;
  }
  return fields;
}

describe('whatever is in it', () => {
  it('is read again as it was, but for the apostrophe of what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 }), (fields) => {
        const found = read(csvLine(fields));
        expect(found.map((field, place) => (field === fields[place] ? field : field.slice(1)))).toEqual(fields);
      }),
    );
  });

  it('is as many fields as were given, so that none moves into the column of another', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', ',', '\r\n', '=', 'a', '""', '","'), { minLength: 1, maxLength: 20 }), (fields) => {
        expect(read(csvLine(fields))).toHaveLength(fields.length);
      }),
    );
  });
});
