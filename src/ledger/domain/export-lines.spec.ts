import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EntryView } from '../queries/present-entry.js';
import { EXPORT_FORMATS, exportHead, exportLine } from './export-lines.js';

const MARKING = 'OFFICIAL-SENSITIVE';
const entry = (more: Partial<EntryView> = {}): EntryView => ({
  id: 'e-1', index: 7, at: new Date('2026-11-28T09:30:00.123Z'), verb: 'note.add', category: 'collection', outcome: 'done', personId: 'p-1', person: 'Amira Rahman',
  agency: 'Ashworth Borough Council', roles: ['environmental-health-officer', 'duty-officer'], idp: 'https://idp.example', workspaceReference: 'AR-2026-0001',
  subjectKind: 'note', subjectId: 'n-1', subjectTitle: 'A note', subjectMarking: 'OFFICIAL', agreement: 'ISA-1', clause: '4.1', purpose: 'Food safety', reason: 'member',
  recipients: ['Police', 'Fire'], cases: [{ reference: 'AR-2026-0001', agreement: 'ISA-1', clause: '4.1' }, { reference: 'AR-2026-0002' }] as EntryView['cases'],
  details: '{"secret":1}', correlation: 'c-1', leafHash: 'AAAA', proof: null, erased: null, ...more,
});
/** What somebody may call herself or her note: anything, and above all what a format gives a meaning to. */
const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', ';', '|', '\\', ' ', 'a', 'n', '\u2028') }));

/** RFC 4180, read letter by letter. */
function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let [line, field, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted && letter === '"' && text.charAt(at + 1) === '"') field += text.charAt(at++);
    else if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) field += letter;
    else if (letter === ',') [line, field] = [[...line, field], ''];
    else if (letter === '\n') {
      lines.push([...line, field]);
      [line, field] = [[], ''];
    } else if (letter !== '\r') throw new Error(`Outside quotes: ${letter}`);
  }
  if (isQuoted || field !== '') throw new Error('The last line has no end');
  return lines;
}
function csvOf(more: Partial<EntryView>, marking = MARKING): Readonly<Record<string, string>> {
  const [names = [], values = [], ...rest] = readCsv(exportHead('csv', marking) + exportLine('csv', entry(more), marking));
  expect([values.length, rest.length]).toEqual([names.length, 0]);
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
}

/** Seven header fields, then names and values; a letter after a backslash means itself, but `n` is a line end. */
function readCef(line: string): { readonly header: readonly string[]; readonly extension: Readonly<Record<string, string>> } {
  const fields = line.match(/(?:\\.|[^\\|])*(?:\||$)/gsu) ?? [];
  const header = fields.slice(0, 7).map((field) => field.slice(0, -1).replaceAll(/\\(.)/gsu, '$1'));
  const rest = line.slice(fields.slice(0, 7).join('').length);
  const starts = [...rest.matchAll(/\\.|(?:^| )(?<name>\w+)=/gsu)].filter(({ groups }) => groups?.['name'] !== undefined);
  const pairs = starts.map((start, at) => {
    const value = rest.slice(start.index + start[0].length, starts[at + 1]?.index ?? rest.length);
    return [start.groups?.['name'] ?? '', value.replaceAll(/\\(.)/gsu, (_, letter: string) => (letter === 'n' ? '\n' : letter))];
  });
  return { header, extension: Object.fromEntries(pairs) as Record<string, string> };
}
const cefOf = (more: Partial<EntryView>) => readCef(exportLine('cef', entry(more), MARKING).slice(0, -1));

describe('an entry as CSV', () => {
  it('gives every field its column, lists joined and what is not known empty', () => {
    expect(csvOf({ index: null, clause: null })).toMatchObject({
      file_marking: MARKING, at: '2026-11-28T09:30:00.123Z', index: '', clause: '', roles: 'environmental-health-officer duty-officer', recipients: 'Police Fire',
      cases: 'AR-2026-0001 ISA-1 4.1; AR-2026-0002', person: 'Amira Rahman', leaf_hash: 'AAAA',
    });
    expect(Object.keys(csvOf({}))).not.toContain('details');
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'])('makes text of what a spreadsheet would run after %j', (lead) => {
    for (const tail of ['', 'cmd|\'/c calc\'!A1', 'HYPERLINK("https://evil.example")', `${lead}1`, '\n=1', '",=1']) {
      expect(csvOf({ subjectTitle: lead + tail })['subject_title']).toBe(`'${lead}${tail}`);
      expect(csvOf({}, lead + tail)['file_marking']).toBe(`'${lead}${tail}`);
    }
  });

  it.each(['"=1+1"', '","=1+1', '"\r\n=1+1', 'a\n=1+1', 'a,=1+1', '\'=1+1', '""'])('keeps %j within its own field', (title) => {
    expect(exportLine('csv', entry({ subjectTitle: title }), MARKING)).toContain(`,"${title.replaceAll('"', '""')}",`);
    expect(csvOf({ subjectTitle: title })).toMatchObject({ subject_title: title, subject_marking: 'OFFICIAL' });
  });

  it('is read back as it was, whatever is in it, and no field begins with a formula', () => {
    fc.assert(fc.property(hostile, hostile, fc.array(hostile), (person, subjectTitle, recipients) => {
      const row = csvOf({ person, subjectTitle, recipients });
      for (const [name, value] of [['person', person], ['subject_title', subjectTitle], ['recipients', recipients.join(' ')]] as const) {
        expect([value, `'${value}`]).toContain(row[name]);
      }
      for (const value of Object.values(row)) expect('=+-@\t\r\n＝＋－＠').not.toContain(value === '' ? 'nothing' : value.charAt(0));
    }));
  });
});

describe('an entry as a line of JSON', () => {
  it('is one line that is read back as it was, whatever is in it', () => {
    fc.assert(fc.property(hostile, hostile, (person, reason) => {
      const line = exportLine('ndjson', entry({ person, reason }), MARKING);
      expect(line.split(/[\r\n]/)).toEqual([line.slice(0, -1), '']);
      expect(JSON.parse(line)).toMatchObject({ person, reason, file_marking: MARKING, index: 7, roles: 'environmental-health-officer duty-officer' });
      expect(line).not.toContain('secret');
    }));
  });
});

describe('an entry as CEF', () => {
  it('is a header of seven fields and an extension without what is not known', () => {
    expect(exportLine('cef', entry({ roles: [], reason: null, clause: null, purpose: null, subjectKind: null, subjectId: null }), MARKING)).toBe(
      `CEF:0|Concordat|Concordat|1|note.add|collection done|3|rt=${Date.UTC(2026, 10, 28, 9, 30, 0, 123)} externalId=e-1 act=note.add outcome=done cat=collection suid=p-1 suser=Amira Rahman ` +
      'cs1Label=agency cs1=Ashworth Borough Council cs2Label=investigation cs2=AR-2026-0001 cs3Label=subject cs3=A note cs6Label=fileMarking cs6=OFFICIAL-SENSITIVE\n',
    );
    expect(cefOf({ outcome: 'refused' }).header).toEqual(['CEF:0', 'Concordat', 'Concordat', '1', 'note.add', 'collection refused', '6']);
  });

  it('escapes what its header and its extension each give a meaning to, and nothing else', () => {
    const line = exportLine('cef', entry({ verb: 'a|b\\c=d\r\n\ne', person: 'a|b\\c=d\r\ne\rf\ng' }), MARKING);
    expect(line).toContain('|a\\|b\\\\c=d e|');
    expect(line).toContain(' suser=a|b\\\\c\\=d\\ne\\nf\\ng ');
    expect(line).toContain(' act=a|b\\\\c\\=d\\n\\ne ');
  });

  it('is read back as it was, in one line, and a name cannot write another field', () => {
    expect(cefOf({ person: 'x suid=root outcome=refused\nCEF:0|' }).extension).toMatchObject({ suid: 'p-1', outcome: 'done', suser: 'x suid=root outcome=refused\nCEF:0|' });
    fc.assert(fc.property(hostile, hostile, hostile, (verb, person, subjectTitle) => {
      const line = exportLine('cef', entry({ verb, person, subjectTitle }), MARKING);
      expect(line.split(/[\r\n]/)).toEqual([line.slice(0, -1), '']);
      const { header, extension } = cefOf({ verb, person, subjectTitle });
      expect(header).toEqual(['CEF:0', 'Concordat', 'Concordat', '1', verb.replaceAll(/[\r\n]+/g, ' '), 'collection done', '3']);
      const lines = (text: string): string | undefined => (text === '' ? undefined : text.replaceAll(/\r\n?/g, '\n'));
      expect([extension['act'], extension['suser'], extension['cs3'], extension['suid']]).toEqual([lines(verb), lines(person), lines(subjectTitle), 'p-1']);
    }));
  });
});

it('names its columns in CSV alone', () => {
  expect(EXPORT_FORMATS.filter((format) => exportHead(format, MARKING) !== '')).toEqual(['csv']);
  expect(exportHead('csv', '=1')).toMatch(/^"file_marking","at","id",.*"leaf_hash"\r\n$/);
});
