/** Longest initials that make a readable reference; longer names are shortened by whoever registers the person. */
const REFERENCE = /^([A-Z][A-Z0-9]{0,7})\/([1-9][0-9]{0,8})$/;

/** `AR/1`: the initials of the person who produces the exhibit, and her own running number, never used again. */
export interface ExhibitReference {
  readonly initials: string;
  readonly number: number;
}

/** The printed form, for example `AR/1`. */
export function printReference({ initials, number }: ExhibitReference): string {
  return `${initials}/${number}`;
}

/** Reads exactly what {@link printReference} prints; undefined for any other text. */
export function parseReference(text: string): ExhibitReference | undefined {
  const match = REFERENCE.exec(text);
  const [, initials, number] = match ?? [];
  return initials !== undefined && number !== undefined ? { initials, number: Number(number) } : undefined;
}
