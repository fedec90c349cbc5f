import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fields } from './fields.js';

describe('what a form or an address holds', () => {
  it('is read by name: the last of several, trimmed, or nothing', () => {
    const fields = new Fields({ title: ['first', ' second '], empty: '' });
    expect([fields.text('title'), fields.text('empty'), fields.text('absent')]).toEqual(['second', '', '']);
    expect(fields.list('title')).toEqual(['first', ' second ']);
    expect(fields.list('absent')).toEqual([]);
  });

  it('keeps what people write as they wrote it, but for the line ends a browser makes', () => {
    expect(new Fields({ body: '  one\r\ntwo\r\n\r\nthree ' }).prose('body')).toBe('  one\ntwo\n\nthree ');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('has no field %s that nobody sent', (name) => {
    const fields = new Fields({});
    expect([fields.text(name), fields.prose(name), fields.list(name)]).toEqual(['', '', []]);
    expect(fields.all()).toEqual([]);
  });

  it('never answers anything but text, whatever shape was sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.anything(), fc.string(), fc.array(fc.oneof(fc.string(), fc.anything())))), (raw) => {
        const fields = new Fields(raw);
        for (const name of Object.keys(raw)) {
          expect(typeof fields.text(name)).toBe('string');
          expect(typeof fields.prose(name)).toBe('string');
          for (const one of fields.list(name)) expect(typeof one).toBe('string');
        }
        for (const [, text] of fields.all()) expect(typeof text).toBe('string');
      }),
    );
  });

  it('tells a form that was not sent from one that was sent with nothing in it', () => {
    expect(new Fields().isEmpty).toBe(true);
    expect(new Fields({ title: '' }).isEmpty).toBe(false);
  });

  it('gives every name with its text, several values joined', () => {
    expect(new Fields({ a: '1', b: ['2', '3'], c: { d: '4' } }).all()).toEqual([['a', '1'], ['b', '2, 3'], ['c', '']]);
  });
});
