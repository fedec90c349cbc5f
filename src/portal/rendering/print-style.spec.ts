import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printStyle } from './print-style.js';

describe('the margin boxes of a printed page', () => {
  it('carry marking, reader and time', () => {
    const css = printStyle('OFFICIAL-SENSITIVE', 'Amira Rahman, Ashworth Borough Council', '16 June 2026 at 8:06am');
    expect(css).toContain('@top-center { content: "OFFICIAL-SENSITIVE"');
    expect(css).toContain('@bottom-left { content: "Printed by Amira Rahman, Ashworth Borough Council, 16 June 2026 at 8:06am"');
  });

  it('cannot be broken out of by anything in the address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (marking) => {
        const [, content = ''] = /@top-center \{ content: "(.*?)"; font/s.exec(printStyle(marking, 'R', 'T')) ?? [];
        expect(content).not.toMatch(/["\n{};<]/);
      }),
    );
  });
});
