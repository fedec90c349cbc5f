/** A value that JSON can carry without loss. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** ASCII in which nothing is escaped: most texts there are. */
const PLAIN = /^[ !#-[\]-~]*$/;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * The one JSON text of a value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white
 * space, numbers as ECMAScript prints them. Members that are `undefined` are left out. Every act waits for it once, so it
 * puts texts together rather than lists.
 *
 * @throws TypeError for what I-JSON cannot carry: NaN, infinities, and strings with a lone surrogate (section 3.2.2.2).
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('Canonical JSON has no NaN or infinity');
    return JSON.stringify(value);
  }
  return Array.isArray(value) ? canonicalList(value as readonly Json[]) : canonicalObject(value as { readonly [key: string]: Json | undefined });
}

/** Whether `text` has no lone surrogate, so that it is text at all and can be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!isWellFormed(text)) throw new TypeError('Canonical JSON has no lone surrogates');
  return JSON.stringify(text);
}

function canonicalList(list: readonly Json[]): string {
  let text = '[';
  for (const [at, member] of list.entries()) text += at === 0 ? canonicalJson(member) : `,${canonicalJson(member)}`;
  return `${text}]`;
}

function canonicalObject(object: { readonly [key: string]: Json | undefined }): string {
  let text = '{';
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) text += `${text === '{' ? '' : ','}${canonicalString(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}
