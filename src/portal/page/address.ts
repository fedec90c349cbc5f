import { Fields } from './fields.js';

/** Bytes that are no text; every rule for text refuses this in words. */
const NO_TEXT = '\uD800';

/**
 * The fields in the query string of an address (attacker-controlled). Escaped bytes that are no UTF-8 become half of a
 * surrogate pair, so that they are refused like one, and are not taken for percent signs that somebody typed.
 */
export function fieldsOfAddress(url: string): Fields {
  const at = url.indexOf('?');
  const pairs = at < 0 ? [] : url.slice(at + 1).split('&').filter((pair) => pair !== '');
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    values.set(decoded(name), [...(values.get(decoded(name)) ?? []), decoded(rest.join('='))]);
  }
  return new Fields(Object.fromEntries(values));
}

function decoded(part: string): string {
  const text = part.replaceAll('+', ' ');
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return NO_TEXT;
    }
  });
}
