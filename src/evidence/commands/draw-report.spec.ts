import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../../libs/bundle/index.js';
import { DrawReport } from './draw-report.js';

const reportOf = (rows: number): Report => ({ title: 'List', marking: 'OFFICIAL', parts: [{ heading: 'Exhibits', sentences: [], rows: Array.from({ length: rows }, (_, at) => [`Label ${at}`, 'Value'] as const) }] });

describe('drawing reports', () => {
  it('is done one after the other, in the order in which they came', async () => {
    const [drawing, done]: [DrawReport, string[]] = [new DrawReport(), []];
    await Promise.all([drawing.execute(reportOf(400)).then(() => done.push('long')), drawing.execute(reportOf(1)).then(() => done.push('short'))]);
    expect(done).toEqual(['long', 'short']);
  });

  it('goes on after one that could not be drawn', async () => {
    const drawing = new DrawReport();
    const [broken, next] = await Promise.allSettled([drawing.execute({ ...reportOf(1), title: undefined as unknown as string }), drawing.execute(reportOf(1))]);
    expect([broken.status, next.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('has ten places, each free again however what was done in it ended', async () => {
    const drawing = new DrawReport();
    const held: boolean[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const first = Array.from({ length: 10 }, () => drawing.holding(async (isHeld) => {
      held.push(isHeld);
      await released;
      throw new Error('It ended badly');
    }));
    expect(await drawing.holding((isHeld) => Promise.resolve(isHeld))).toBe(false);
    release();
    await Promise.allSettled(first);
    expect([held, await drawing.holding((isHeld) => Promise.resolve(isHeld))]).toEqual([Array.from({ length: 10 }, () => true), true]);
  });
});
