import type { Fields } from '../page/fields.js';
import type { Problem } from '../page/problems.js';
import { dayFrom, minuteFrom, momentFrom } from './dates.js';
import type { FormView } from './form.js';

const FIELD = 'happenedAt';
const WRONG: Problem = { field: FIELD, message: 'Enter a day, month and year, and a time as hours and minutes, for example 28 11 2026 and 14:05' };

/** The fields that ask when something happened. */
export function happenedFields(form: FormView, hint: string): object {
  return {
    day: form.date(FIELD, { label: 'When did it happen?', hint }),
    time: form.input(`${FIELD}.time`, { label: 'Time', hint: '24 hours, for example 14:05.', classes: 'govuk-input--width-5', inputmode: 'text', autocomplete: 'off' }),
  };
}

/** The moment in a sent form; undefined where none was entered. */
export function happenedIn(form: Fields): { readonly at?: string; readonly problems: readonly Problem[] } {
  const parts = ['day', 'month', 'year', 'time'].map((part) => form.text(`${FIELD}.${part}`));
  if (parts.every((part) => part === '')) return { problems: [] };
  const [day = '', month = '', year = '', time = ''] = parts;
  const [date, minute] = [dayFrom(day, month, year), minuteFrom(time)];
  return date === undefined || minute === undefined ? { problems: [WRONG] } : { at: momentFrom(date, minute), problems: [] };
}

/** Where a moment must be entered. */
export const HAPPENED_MISSING: Problem = { field: FIELD, message: 'Enter when it happened, as a day, month, year and time, for example 28 11 2026 and 14:05' };
