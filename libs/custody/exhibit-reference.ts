/** Longest initials that make a readable reference; longer names are shortened by whoever registers the person. */
const REFERENCE = /^([A-Z][A-Z0-9]{0,7})\/([1-9][0-9]{0,8})((?:\/[1-9][0-9]{0,8}){0,3})$/;

/** How many times something can be made of what was made of an exhibit; a reference longer than that is misread aloud. */
export const MOST_PARTS = 3;

/**
 * `AR/1`: the initials of the person who produces the exhibit, and her own running number, never used again. What is made of it or
 * taken out of it keeps its root and gets a number of its own, `AR/1/1`, whoever makes it.
 */
export interface ExhibitReference {
  readonly initials: string;
  readonly number: number;
  /** Numbers below the root; absent for the root itself. */
  readonly parts?: readonly number[];
}

/** The printed form, for example `AR/1`. */
export function printReference({ initials, number, parts = [] }: ExhibitReference): string {
  return [initials, number, ...parts].join('/');
}

/** Reads exactly what {@link printReference} prints; undefined for any other text. */
export function parseReference(text: string): ExhibitReference | undefined {
  const [, initials, number, parts = ''] = REFERENCE.exec(text) ?? [];
  if (initials === undefined || number === undefined) return undefined;
  const below = parts.split('/').slice(1).map(Number);
  return { initials, number: Number(number), ...(below.length === 0 ? {} : { parts: below }) };
}

/** The reference of the `part`th thing made of an exhibit, or undefined where it would be too long. */
export function referenceOfPart(reference: string, part: number): string | undefined {
  const root = parseReference(reference);
  if (!root || (root.parts ?? []).length >= MOST_PARTS) return undefined;
  return printReference({ ...root, parts: [...(root.parts ?? []), part] });
}
