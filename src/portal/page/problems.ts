import type { RefusedParts } from '../documents/fragments.js';

/** One thing wrong with what was sent; `field` is the name of the form field, empty when no field is to blame. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** What the API refused, as problems of the form whose fields are named as the API names its input. */
export function problemsOf({ message, faults }: Pick<RefusedParts, 'message' | 'faults'>): Problem[] {
  if (faults.length === 0) return [{ field: '', message }];
  return faults.map((fault) => ({ field: fault.field.replace(/^input\./, ''), message: fault.message }));
}

/** The element id of a field. */
export function idOfField(field: string): string {
  return field.replaceAll('.', '-');
}

/** What the error summary lists. */
export function summaryOf(problems: readonly Problem[]): readonly { readonly text: string; readonly href?: string }[] {
  return problems.map(({ field, message }) => ({ text: message, ...(field === '' ? {} : { href: `#${idOfField(field)}` }) }));
}
