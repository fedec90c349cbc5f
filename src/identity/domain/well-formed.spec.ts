import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWellFormed } from './well-formed.js';

describe('well-formedness of scanned text', () => {
  it.each(['<a/>', '<a></a>', ' <a b="1" c=\'2\'>x<b:c xmlns:b="urn:b">></b:c></a >\n', '<a b="x>y"/>'])('takes %s', (text) => {
    expect(isWellFormed(text)).toBe(true);
  });

  it.each(['', 'x', '<a>', '</a>', '<a><b></a></b>', '<a></a></a>', '<a/><b/>', '<a/>x', 'x<a/>', '<a b=1/>', '<a b/>', '<a b="<"/>', '<a></a b="1">', '<a', '<a:/>', '< a/>', '<a></a/>'])(
    'refuses %s',
    (text) => expect(isWellFormed(text)).toBe(false),
  );

  const tree: fc.Memo<string> = fc.memo((depth) => {
    const name = fc.constantFrom('a', 'b', 'ns:c');
    if (depth <= 1) return name.map((one) => `<${one}/>`);
    return fc.tuple(name, fc.array(fc.oneof(tree(depth - 1), fc.constantFrom('x', ' ', '&amp;')), { maxLength: 3 })).map(([one, inner]) => `<${one} d="1">${inner.join('')}</${one}>`);
  });

  it('takes every tree, and refuses it with any one end tag removed', () => {
    fc.assert(
      fc.property(tree(4), fc.nat(), (text, which) => {
        expect(isWellFormed(text)).toBe(true);
        const ends = [...text.matchAll(/<\/[^>]+>/g)];
        const end = ends[which % Math.max(1, ends.length)];
        if (end) expect(isWellFormed(text.slice(0, end.index) + text.slice(end.index + end[0].length))).toBe(false);
      }),
    );
  });
});
