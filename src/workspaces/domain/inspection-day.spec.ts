import { describe, expect, it } from '@jest/globals';
import { inspectionDay } from './inspection-day.js';

const NOW = new Date('2026-06-16T23:30:00Z');

describe('the day of an inspection', () => {
  it.each(['2026-06-16', '2024-02-29', '1999-12-31'])('may be %s', (text) => {
    expect(inspectionDay(text, NOW)?.toISOString()).toBe(`${text}T00:00:00.000Z`);
  });

  it('may be today as London counts it, an hour before the world does', () => {
    expect(inspectionDay('2026-06-17', NOW)).toBeDefined();
    expect(inspectionDay('2026-01-17', new Date('2026-01-16T23:30:00Z'))).toBeUndefined();
  });

  it.each(['2026-06-18', '2026-02-29', '2026-13-01', '2026-6-1', 'yesterday', '', '2026-06-16T00:00:00Z', '２０２６-06-16'])(
    'may not be %j',
    (text) => {
      expect(inspectionDay(text, NOW)).toBeUndefined();
    },
  );
});
