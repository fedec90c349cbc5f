import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CustodyAct, nextEvent } from '../custody/index.js';
import { bagInfoText, manifestText } from './bag.js';
import { eventsText, parseChain, signaturesText } from './chain-file.js';
import { formatRecord, parseRecord, type BundleRecord } from './record.js';
import { exhibitPath, isSafePath } from './safe-name.js';
import { hasShape } from './shape.js';

const SHA = 'ab'.repeat(32);

describe('where an exhibit lies', () => {
  it.each([
    ['kitchen.mp4', 'AR-1_kitchen.mp4'], ['../../x', 'AR-1_x'], ['CON', 'AR-1_CON'], ['con.txt', 'AR-1_con.txt'], ['Küche, 2. Stock.MP4', 'AR-1_Kuche_2._Stock.MP4'],
    ['\u202egpj.exe', 'AR-1_gpj.exe'], ['محضر.pdf', 'AR-1.pdf'], ['....', 'AR-1'], ['a'.repeat(300), `AR-1_${'a'.repeat(60)}`], ['.htaccess', 'AR-1_htaccess'], ['a\n b', 'AR-1_a_b'],
    [`${'a'.repeat(59)}.final version of notes`, `AR-1_${'a'.repeat(59)}`],
  ])('of a file called %j is a name that is safe everywhere', (name, expected) => {
    expect(exhibitPath('AR/1', name)).toBe(`data/exhibits/AR-1/${expected}`);
  });

  it('is a safe path whatever the file was called, and under its own reference', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
      const path = exhibitPath('AR/1/A', name);
      expect([isSafePath(path), path.startsWith('data/exhibits/AR-1-A/AR-1-A')]).toEqual([true, true]);
    }));
  });

  it.each(['', '/a', 'a//b', 'a/../b', '.a', 'a/.', 'a ', 'a/con', 'LPT1.txt', 'a\\b', 'a:b', 'ä', 'a.', `a/${'b'.repeat(121)}`, Array.from({ length: 9 }, () => 'a').join('/')])('is never %j', (path) => {
    expect(isSafePath(path)).toBe(false);
  });
});

describe('the texts of a bag', () => {
  const files = [{ path: 'data/b', size: 2, sha256: 'bb', sha512: 'b5' }, { path: 'data/a', size: 3, sha256: 'aa', sha512: 'a5' }];

  it('list files in one order, with one hash each, and count octets and files', () => {
    expect(manifestText(files, 'sha256')).toBe('aa  data/a\nbb  data/b\n');
    expect(bagInfoText(files, [['Contact-Name', 'Amira\nRahman: x']])).toBe('Contact-Name: Amira Rahman: x\nPayload-Oxum: 5.2\n');
  });
});

describe('the files of a chain', () => {
  const first = nextEvent(undefined, { exhibit: 'x', act: CustodyAct.Deposited, at: new Date(0), by: { id: 'a', name: 'Zoë “Z” \u2028', agency: 'b', agencyName: 'B', roles: ['r'] }, sha256: SHA, signer: 'f' });
  const second = nextEvent(first, { exhibit: 'x', act: CustodyAct.Examined, at: new Date(9), happenedAt: new Date(3), by: first.by, doneBy: 'Dr Who', location: 'Lab 2', sealBefore: 'S1', sealAfter: 'S2', signer: 'f' });
  const chain = [{ ...first, signature: new Uint8Array([1, 2]) }, second];

  it('say every event to the octet as it was hashed, and are read back', () => {
    expect(parseChain(eventsText(chain), signaturesText(chain))).toEqual({ ok: true, value: [expect.objectContaining({ seq: 1, hash: first.hash, signature: new Uint8Array([1, 2]) }), expect.objectContaining({ seq: 2, hash: second.hash, happenedAt: new Date(3), doneBy: 'Dr Who' })] });
  });

  it.each<[string, string, string]>([
    ['a line without an end', eventsText(chain).trimEnd(), signaturesText(chain)],
    ['no JSON', 'x\n', signaturesText([first])],
    ['a list', '[]\n', signaturesText([first])],
    ['an unknown act', eventsText([first]).replace('deposited', 'burnt'), signaturesText([first])],
    ['another spelling', eventsText([first]).replace('{', '{ '), signaturesText([first])],
    ['a time that is none', eventsText([first]).replace('1970-01-01', '1970-13-01'), signaturesText([first])],
    ['one member more', eventsText([first]).replace('{', '{"a":1,'), signaturesText([first])],
    ['a signature less', eventsText(chain), signaturesText([first])],
    ['a signature more', eventsText([first]), signaturesText(chain)],
    ['the hash of another', eventsText([first]), signaturesText([second])],
  ])('are refused with %s', (_, events, signatures) => {
    expect(parseChain(events, signatures).ok).toBe(false);
  });
});

describe('the record', () => {
  const record: BundleRecord = {
    format: 'concordat-bundle@v2', id: 'i', madeAt: 't', madeBy: { name: 'n', agency: 'a' }, recipients: 'r', reason: 'w', purpose: 'p', clause: null,
    investigation: { reference: 'R', title: 'T' }, marking: 'OFFICIAL', ledger: 'l', exhibits: [], things: [], files: [{ path: 'a', size: 1, sha256: SHA }],
  };

  it('is read back, and refused in any other spelling or with other members', () => {
    const text = formatRecord(record);
    expect(parseRecord(text)).toEqual({ ok: true, value: record });
    for (const bad of ['', 'null\n', text.trimEnd(), ` ${text}`, text.replace('"size":1', '"size":-1'), text.replace('"size":1', '"size":1.5'), text.replace('@v2', '@v3'), text.replace('@v2', '@v1'), text.replace('"things":[]', '"things":[{}]'), text.replace(',"things":[]', ''), text.replace('"clause":null', '"clause":1'), text.replace('"clause":null,', ''), text.replace('"n"', '"\\ud800"')]) {
      expect({ bad, ok: parseRecord(bad).ok }).toEqual({ bad, ok: false });
    }
  });

  it('of the first format, which knew no physical exhibits, is read as it was written', () => {
    const first: BundleRecord = { ...record, format: 'concordat-bundle@v1' };
    const text = formatRecord(first);
    expect(text).not.toContain('things');
    expect(parseRecord(text)).toEqual({ ok: true, value: first });
    expect(parseRecord(text.replace('{"clause"', '{"clause"').replace('"recipients"', '"things":[],"recipients"')).ok).toBe(false);
  });

  it('has the shape it says, through lists and members, and no prototype passes for a member', () => {
    expect(hasShape({ a: ['x', 'y'] }, { members: { a: { list: 'text' } } })).toBe(true);
    expect(hasShape({ a: ['x', 1] }, { members: { a: { list: 'text' } } })).toBe(false);
    expect(hasShape([], { members: {} })).toBe(false);
    expect(hasShape({ b: 1 }, { members: { ['toString' as string]: { orNull: 'text' } } })).toBe(false);
  });
});
