import { createRequire } from 'node:module';

export const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** The part of a DOM element that is read here; the package's own types would pull a browser's globals in. */
export interface DomElement {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  getElementsByTagNameNS(ns: string, name: string): ArrayLike<DomElement>;
}

interface Xmldom {
  readonly DOMParser: new (options: object) => { parseFromString(text: string, type: string): { readonly documentElement: DomElement | null } };
}

const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as Xmldom;
const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for XML and HTML, in elements and attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => SPECIAL[character] ?? '');
}

/** The root element of XML text (attacker-controlled), or undefined when it is not well-formed or declares anything. */
export function rootOf(xml: string): DomElement | undefined {
  if (/<!/.test(xml)) return undefined;
  const refuse = (message: string): never => {
    throw new Error(message);
  };
  try {
    return new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } }).parseFromString(xml, 'text/xml').documentElement ?? undefined;
  } catch {
    return undefined;
  }
}

/** The text of the one element of this name in `element`, or the empty string. */
export function childText(element: DomElement, ns: string, name: string): string {
  const found = element.getElementsByTagNameNS(ns, name);
  return found.length === 1 ? (found[0]?.textContent ?? '') : '';
}
