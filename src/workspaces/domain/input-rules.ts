import type { TextRule } from '../../../libs/kernel/index.js';

/** What may be entered, each limit stated once. Lengths are in UTF-16 code units. */
export const INPUT_RULES = {
  title: { min: 1, max: 200, lines: false },
  summary: { min: 1, max: 4_000, lines: true },
  purpose: { min: 1, max: 500, lines: false },
  businessName: { min: 1, max: 200, lines: false },
  address: { min: 1, max: 500, lines: true },
  postcode: { min: 1, max: 10, lines: false },
  body: { min: 1, max: 20_000, lines: true },
  reason: { min: 1, max: 2_000, lines: true },
  searchText: { min: 1, max: 200, lines: false },
} as const satisfies Readonly<Record<string, TextRule>>;

/** An establishment's number in the Food Hygiene Rating Scheme. */
export const FHRS_ID = /^[1-9]\d{0,9}$/;
