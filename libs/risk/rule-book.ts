import type { BreachRule, RatingScheme, RuleBook } from './rules.js';

/** The Food Hygiene Rating Scheme, from the day it began; the Brand Standard's mapping of scores to ratings. */
const FOOD_HYGIENE_RATING: RatingScheme = {
  id: 'food-hygiene-rating',
  version: 1,
  effectiveFrom: new Date('2010-11-30T00:00:00Z'),
  bands: [
    { maxSum: 15, maxSingle: 5, rating: 5 },
    { maxSum: 20, maxSingle: 10, rating: 4 },
    { maxSum: 30, maxSingle: 10, rating: 3 },
    { maxSum: 40, maxSingle: 15, rating: 2 },
    { maxSum: 50, maxSingle: 20, rating: 1 },
  ],
  otherwise: 0,
  words: {
    5: 'Very good',
    4: 'Good',
    3: 'Generally satisfactory',
    2: 'Improvement necessary',
    1: 'Major improvement necessary',
    0: 'Urgent improvement necessary',
  },
};

const FROM_THE_START = new Date('2010-11-30T00:00:00Z');

/** In the order in which they are tried; among equally grave rules the first that applies is the one cited. */
const BREACHES: readonly BreachRule[] = [
  {
    id: 'imminent-risk-to-health',
    version: 1,
    effectiveFrom: FROM_THE_START,
    words: 'There is an imminent risk of injury to health.',
    when: { is: 'imminent-risk' },
    urgency: 'critical',
    tell: ['council', 'police', 'fire', 'health'],
    gateway: 'CDA115',
  },
  {
    id: 'no-confidence-in-management',
    version: 1,
    effectiveFrom: FROM_THE_START,
    words: 'There is no confidence in management and compliance is poor.',
    when: {
      is: 'all',
      of: [
        { is: 'score-at-least', element: 'confidence', score: 30 },
        {
          is: 'any',
          of: [
            { is: 'score-at-least', element: 'hygiene', score: 20 },
            { is: 'score-at-least', element: 'structure', score: 20 },
          ],
        },
      ],
    },
    urgency: 'high',
    tell: ['council', 'police', 'fire', 'health'],
    gateway: 'CDA115',
  },
  {
    id: 'urgent-improvement-necessary',
    version: 1,
    effectiveFrom: FROM_THE_START,
    words: 'The food hygiene rating is 0: urgent improvement is necessary.',
    when: { is: 'rating-at-most', rating: 0 },
    urgency: 'high',
    tell: ['council', 'police', 'fire', 'health'],
    gateway: 'CDA115',
  },
  {
    id: 'major-improvement-necessary',
    version: 1,
    effectiveFrom: FROM_THE_START,
    words: 'The food hygiene rating is 1: major improvement is necessary.',
    when: { is: 'rating-at-most', rating: 1 },
    urgency: 'normal',
    tell: ['council', 'health'],
    gateway: 'COPI',
  },
];

/** The rules the product ships with. A new version is added beside the old one, which goes on judging its own time. */
export const RULE_BOOK: RuleBook = { ratings: [FOOD_HYGIENE_RATING], breaches: BREACHES };
