import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLOCK_SKEW_MS, hasCome, instantOf, isAhead, isRecent, MESSAGE_AGE_MS } from './instants.js';

const NOW = new Date('2026-06-16T12:00:00.000Z');
const later = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();

describe('an instant', () => {
  it.each([
    ['2026-06-16T12:00:00Z', 0],
    ['2026-06-16T12:00:00.5Z', 500],
    ['2026-06-16T12:00:00.123456789Z', 123],
  ])('%s is read to the millisecond', (text, ms) => {
    expect(instantOf(text)).toBe(NOW.getTime() + ms);
  });

  it.each([
    undefined, '', 'now', '2026-06-16', '2026-06-16T12:00:00', '2026-06-16T12:00:00+00:00', '2026-06-16T12:00:00z', ' 2026-06-16T12:00:00Z',
    '2026-13-01T00:00:00Z', '2026-06-16T25:00:00Z', '2026-06-16T12:00:00.Z', '2026-06-16T12:00:00.1234567890Z', '02026-06-16T12:00:00Z', '2026-06-16T12:00:00Z\n',
  ])('is not what %j is', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });

  it('is what any moment prints as', () => {
    fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (at) => instantOf(at.toISOString()) === at.getTime()));
  });
});

describe('a message is judged by its time', () => {
  it.each([
    [0, true],
    [CLOCK_SKEW_MS, true],
    [CLOCK_SKEW_MS + 1, false],
    [-MESSAGE_AGE_MS - CLOCK_SKEW_MS + 1, true],
    [-MESSAGE_AGE_MS - CLOCK_SKEW_MS, false],
  ])('issued %d ms from now: recent %s', (ms, recent) => {
    expect(isRecent(later(ms), NOW)).toBe(recent);
  });

  it.each([[-CLOCK_SKEW_MS, false], [-CLOCK_SKEW_MS + 1, true], [1, true]])('ending %d ms from now: still ahead %s', (ms, ahead) => {
    expect(isAhead(later(ms), NOW)).toBe(ahead);
  });

  it.each([[CLOCK_SKEW_MS, true], [CLOCK_SKEW_MS + 1, false], [-1, true]])('beginning %d ms from now: has come %s', (ms, come) => {
    expect(hasCome(later(ms), NOW)).toBe(come);
  });

  it('is never in time when it does not say when', () => {
    fc.assert(
      fc.property(fc.option(fc.string().filter((text) => instantOf(text) === undefined), { nil: undefined }), (text) => {
        expect([isRecent(text, NOW), isAhead(text, NOW), hasCome(text, NOW)]).toEqual([false, false, false]);
      }),
    );
  });
});
