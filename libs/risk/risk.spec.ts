import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../kernel/index.js';
import { ALLOWED_SCORES, assess, checkScores, inForce, RULE_BOOK, URGENCIES, type Assessment, type BreachRule, type Findings, type RuleBook } from './index.js';

const TODAY = new Date('2026-11-21T09:00:00Z');

const findings = (hygiene: number, structure: number, confidence: number, imminentRisk = false): Findings => ({
  hygiene,
  structure,
  confidence,
  imminentRisk,
});

const assessed = (found: Findings, at = TODAY): Assessment => must(assess(found, RULE_BOOK, at));

const anyAllowed = fc.record({
  hygiene: fc.constantFrom(...ALLOWED_SCORES.hygiene),
  structure: fc.constantFrom(...ALLOWED_SCORES.structure),
  confidence: fc.constantFrom(...ALLOWED_SCORES.confidence),
  imminentRisk: fc.boolean(),
});

describe('the food hygiene rating', () => {
  it.each([
    [5, 5, 5, 5],
    [0, 0, 10, 4],
    [10, 5, 5, 4],
    [10, 10, 10, 3],
    [0, 15, 10, 2],
    [0, 0, 20, 1],
    [20, 20, 10, 1],
    [25, 0, 0, 0],
    [15, 15, 20, 1],
    [0, 0, 30, 0],
  ])('rates hygiene %i, structure %i, confidence %i as %i, as the published cases do', (hygiene, structure, confidence, rating) => {
    expect(assessed(findings(hygiene, structure, confidence)).rating).toBe(rating);
  });

  it('gives every allowed combination one rating from 0 to 5, in words', () => {
    const ratings = new Set<number>();
    for (const hygiene of ALLOWED_SCORES.hygiene) {
      for (const structure of ALLOWED_SCORES.structure) {
        for (const confidence of ALLOWED_SCORES.confidence) {
          const { rating, words } = assessed(findings(hygiene, structure, confidence));
          expect(words).toMatch(/^(Very good|Good|Generally satisfactory|(Major i|Urgent i|I)mprovement necessary)$/);
          ratings.add(rating);
        }
      }
    }
    expect([...ratings].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never gives worse scores a better rating', () => {
    fc.assert(
      fc.property(anyAllowed, anyAllowed, (one, other) => {
        const worse = {
          hygiene: Math.max(one.hygiene, other.hygiene),
          structure: Math.max(one.structure, other.structure),
          confidence: Math.max(one.confidence, other.confidence),
          imminentRisk: one.imminentRisk || other.imminentRisk,
        };
        expect(assessed(worse).rating).toBeLessThanOrEqual(assessed(one).rating);
      }),
    );
  });

  it('refuses every score the Code does not allow, naming the element and what is allowed', () => {
    const anyNumber = fc.oneof(fc.integer(), fc.double());
    fc.assert(
      fc.property(anyNumber, anyNumber, anyNumber, (hygiene, structure, confidence) => {
        const checked = checkScores(findings(hygiene, structure, confidence));
        const wrong = [
          ...(ALLOWED_SCORES.hygiene.includes(hygiene) ? [] : ['hygiene']),
          ...(ALLOWED_SCORES.structure.includes(structure) ? [] : ['structure']),
          ...(ALLOWED_SCORES.confidence.includes(confidence) ? [] : ['confidence']),
        ];
        expect(checked.ok ? [] : checked.error.faults.map(({ field }) => field)).toEqual(wrong);
      }),
    );
    expect(checkScores(findings(0, 0, 25))).toMatchObject({
      ok: false,
      error: { faults: [{ message: 'The score for confidence in management must be one of 0, 5, 10, 20, 30.' }] },
    });
    expect(assess(findings(7, 0, 0), RULE_BOOK, TODAY).ok).toBe(false);
  });

  it('refuses an inspection before there was any scheme', () => {
    const refused = assess(findings(0, 0, 0), RULE_BOOK, new Date('2010-11-29T23:59:59Z'));
    expect(refused).toMatchObject({ ok: false, error: { faults: [{ field: 'inspectedOn' }] } });
  });
});

describe('the breach rules', () => {
  it('call hygiene 25, structure 20, confidence 20 with imminent risk a critical breach for police, fire and health', () => {
    const assessment = assessed(findings(25, 20, 20, true));
    expect(assessment).toMatchObject({ rating: 0, breach: true, urgency: 'critical', rule: { id: 'imminent-risk-to-health', version: 1 } });
    expect(assessment.tell).toEqual(expect.arrayContaining(['police', 'fire', 'health']));
  });

  it.each([
    [findings(25, 20, 20), 'high', 'urgent-improvement-necessary'],
    [findings(20, 0, 30), 'high', 'no-confidence-in-management'],
    [findings(0, 20, 30), 'high', 'no-confidence-in-management'],
    [findings(15, 15, 30), 'high', 'urgent-improvement-necessary'],
    [findings(20, 20, 10), 'normal', 'major-improvement-necessary'],
    [findings(0, 0, 0, true), 'critical', 'imminent-risk-to-health'],
  ])('judge %j %s by the rule %s', (found, urgency, id) => {
    expect(assessed(found)).toMatchObject({ breach: true, urgency, rule: { id } });
  });

  it('leave a satisfactory business alone', () => {
    expect(assessed(findings(10, 10, 10))).toMatchObject({ breach: false, urgency: null, rule: null, tell: [] });
  });

  it('never make worse findings less urgent, nor tell fewer', () => {
    const gravity = ({ urgency }: Assessment): number => (urgency === null ? URGENCIES.length : URGENCIES.indexOf(urgency));
    fc.assert(
      fc.property(anyAllowed, anyAllowed, (one, other) => {
        const worse = assessed({
          hygiene: Math.max(one.hygiene, other.hygiene),
          structure: Math.max(one.structure, other.structure),
          confidence: Math.max(one.confidence, other.confidence),
          imminentRisk: one.imminentRisk || other.imminentRisk,
        });
        expect(gravity(worse)).toBeLessThanOrEqual(gravity(assessed(one)));
        expect(worse.tell).toEqual(expect.arrayContaining([...assessed(one).tell]));
      }),
    );
  });

  it('cite a rule exactly when there is a breach', () => {
    fc.assert(
      fc.property(anyAllowed, (found) => {
        const { breach, rule, urgency, tell } = assessed(found);
        expect([rule !== null, urgency !== null, tell.length > 0]).toEqual([breach, breach, breach]);
      }),
    );
  });
});

describe('versions of a rule', () => {
  const rule = (version: number, from: string, when: BreachRule['when']): BreachRule => ({
    id: 'a-rule',
    version,
    effectiveFrom: new Date(from),
    words: 'A rule.',
    when,
    urgency: 'normal',
    tell: ['health'],
    gateway: 'COPI',
  });
  const first = rule(1, '2020-01-01T00:00:00Z', { is: 'rating-at-most', rating: 2 });
  const second = rule(2, '2024-01-01T00:00:00Z', { is: 'rating-at-most', rating: 1 });
  const withdrawn = rule(3, '2026-01-01T00:00:00Z', { is: 'never' });
  const book: RuleBook = { ratings: RULE_BOOK.ratings, breaches: [withdrawn, first, second] };

  it.each([
    ['2019-12-31T23:59:59.999Z', []],
    ['2020-01-01T00:00:00Z', [first]],
    ['2023-12-31T23:59:59.999Z', [first]],
    ['2024-01-01T00:00:00Z', [second]],
    ['2026-06-01T00:00:00Z', [withdrawn]],
  ])('at %s only the version that began last is in force', (at, expected) => {
    expect(inForce(book.breaches, new Date(at))).toEqual(expected);
  });

  it('judges an inspection by the version of its own day', () => {
    const ratedTwo = findings(0, 15, 10);
    const at = (day: string): number | undefined => must(assess(ratedTwo, book, new Date(day))).rule?.version;
    expect([at('2021-05-05T00:00:00Z'), at('2025-05-05T00:00:00Z'), at('2026-05-05T00:00:00Z')]).toEqual([1, undefined, undefined]);
  });

  it('takes the higher number when two versions begin at the same moment', () => {
    const correction = { ...first, version: 2 };
    expect(inForce([correction, first], TODAY)).toEqual([correction]);
    expect(inForce([first, correction], TODAY)).toEqual([correction]);
  });
});
