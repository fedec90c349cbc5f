const TAG = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const BLANK = /^\s*$/;

/**
 * Whether scanned text (elements, attributes and text only) is one element with every tag closed in its turn. The DOM parser
 * forgives a missing or crossed end tag, and what it makes of such a text is anybody's guess.
 */
export function isWellFormed(text: string): boolean {
  const open: string[] = [];
  let at = 0;
  let roots = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const between = text.slice(at, next < 0 ? text.length : next);
    if (open.length === 0 && !BLANK.test(between)) return false;
    if (next < 0) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(text);
    if (!tag) return false;
    const [whole, isEnd, name = '', attributes, isEmpty] = tag;
    if (isEnd !== '' && (attributes !== '' || isEmpty !== '' || open.pop() !== name)) return false;
    if (isEnd === '' && open.length === 0) roots += 1;
    if (isEnd === '' && isEmpty === '') open.push(name);
    at = next + whole.length;
  }
  return open.length === 0 && roots === 1;
}
