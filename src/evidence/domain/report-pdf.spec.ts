import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../../libs/bundle/index.js';
import { reportPdf } from './report-pdf.js';

const ROWS = Array.from({ length: 120 }, (_, at): readonly [string, string] => [`Label ${at}`, `Value ${at} `.repeat(at % 7 === 0 ? 60 : 3)]);
const REPORT: Report = { title: 'Court bundle: Żółć, Ελλάδα, Дело \u202e', marking: 'OFFICIAL-SENSITIVE', parts: [{ heading: 'This bundle', sentences: ['One.\nTwo.'], rows: ROWS }, { heading: 'Empty', sentences: [], rows: [] }] };

/** What is drawn on each page, and the heights at which lines of text stand. */
function pagesOf(pdf: Buffer): readonly (readonly number[])[] {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/\/Filter \/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g)].flatMap(([, octets = '']) => {
    try {
      return [inflateSync(Buffer.from(octets, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
  return streams.filter((stream) => stream.includes(' Tm\n')).map((stream) => [...stream.matchAll(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g)].map(([, height]) => Number(height)));
}

describe('the printed report', () => {
  it('bears its marking at the head and the foot of every page, and nothing is written over it', async () => {
    const pdf = Buffer.from(await reportPdf(REPORT));
    const pages = pagesOf(pdf);
    expect(pages.length).toBe(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length);
    expect(pages.length).toBeGreaterThan(4);
    for (const heights of pages) {
      const [foot, head] = [Math.min(...heights), Math.max(...heights)];
      expect({ foot: foot < 60, head: head > 780 }).toEqual({ foot: true, head: true });
      const between = heights.filter((height) => height !== foot && height !== head);
      expect({ lowest: Math.min(...between) > 70, highest: Math.max(...between) < 775 }).toEqual({ lowest: true, highest: true });
    }
  });

  it('lets others have their turn while it is drawn: every so many rows, and while its pages are marked', async () => {
    const turns = async (report: Report): Promise<number> => {
      let [count, isDone] = [0, false];
      const others = (async () => {
        for (; !isDone; count += 1) await setImmediate();
      })();
      await reportPdf(report);
      isDone = true;
      await others;
      return count;
    };
    expect(await turns({ ...REPORT, parts: [] })).toBeLessThan(4);
    expect(await turns(REPORT)).toBeGreaterThanOrEqual(6);
  });

  it('embeds its fonts, so that it prints the same elsewhere and in every script they have', async () => {
    const text = Buffer.from(await reportPdf(REPORT)).toString('latin1');
    expect(text.match(/\/FontFile2/g)?.length).toBe(2);
    expect(text).not.toContain('/BaseFont /Helvetica');
  });
});
