import { createRequire } from 'node:module';
import { ok, type Result } from '../../../libs/kernel/index.js';
import { fault, type SamlFault } from './saml-fault.js';
import { isWellFormed } from './well-formed.js';

/** One attribute with its namespace resolved. */
export interface XmlAttribute {
  readonly ns: string;
  readonly name: string;
  readonly value: string;
}

/** One element, read only. What the parser gives is turned into this at once, so that no rule depends on a DOM's habits. */
export interface XmlElement {
  readonly ns: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text directly inside, without that of child elements. */
  readonly text: string;
}

/** The part of a DOM node that is read here. The package's own types would pull a browser's globals into the product. */
export interface DomNode {
  readonly nodeType: number;
  readonly namespaceURI: string | null;
  readonly localName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly attributes?: ArrayLike<DomNode>;
  readonly documentElement?: DomNode | null;
}

interface Xmldom {
  readonly DOMParser: new (options: object) => { parseFromString(text: string, type: string): DomNode };
}

const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as Xmldom;

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const ABSOLUTE = /^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/;
const ELEMENT = 1;
const TEXT = 3;
const DEEPEST = 24;
const MOST_ELEMENTS = 2_000;

class Refusal extends Error {
  constructor(readonly code: SamlFault) {
    super(code);
  }
}

/** The DOM of scanned XML text. Returns a refusal where the parser so much as warns. */
export function parseDom(text: string): Result<DomNode, SamlFault> {
  if (!isWellFormed(text)) return fault('not-well-formed');
  const complain = (): never => {
    throw new Refusal('not-well-formed');
  };
  try {
    const dom = new DOMParser({ locator: {}, errorHandler: { warning: complain, error: complain, fatalError: complain } });
    const root = dom.parseFromString(text, 'text/xml').documentElement;
    return root ? ok(root) : fault('not-well-formed');
  } catch {
    return fault('not-well-formed');
  }
}

/**
 * The element tree of scanned XML text (attacker-controlled). Returns a refusal when it is not well-formed, nested deeper
 * than any SAML message is, or declares a namespace that is not an absolute URI: canonical XML is undefined for those.
 */
export function parseXml(text: string): Result<XmlElement, SamlFault> {
  const root = parseDom(text);
  if (!root.ok) return root;
  const count = { elements: 0 };
  try {
    return ok(elementOf(root.value, 0, count));
  } catch (refused) {
    if (refused instanceof Refusal) return fault(refused.code);
    throw refused;
  }
}

function elementOf(node: DomNode, depth: number, count: { elements: number }): XmlElement {
  count.elements += 1;
  if (depth > DEEPEST || count.elements > MOST_ELEMENTS) throw new Refusal('too-deep');
  const nodes = Array.from(node.childNodes);
  if (nodes.some(({ nodeType }) => nodeType !== ELEMENT && nodeType !== TEXT)) throw new Refusal('forbidden-markup');
  return {
    ns: node.namespaceURI ?? '',
    name: node.localName,
    attributes: attributesOf(node),
    children: nodes.filter(({ nodeType }) => nodeType === ELEMENT).map((child) => elementOf(child, depth + 1, count)),
    text: nodes.map(({ nodeType, nodeValue }) => (nodeType === TEXT ? (nodeValue ?? '') : '')).join(''),
  };
}

function attributesOf(node: DomNode): XmlAttribute[] {
  return Array.from(node.attributes ?? []).flatMap(({ namespaceURI, localName, nodeValue }) => {
    const value = nodeValue ?? '';
    if (namespaceURI !== XMLNS) return [{ ns: namespaceURI ?? '', name: localName, value }];
    if (!ABSOLUTE.test(value)) throw new Refusal('forbidden-namespace');
    return [];
  });
}

/** The children of this qualified name. */
export function childrenOf(element: XmlElement, ns: string, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.ns === ns && child.name === name);
}

/** The child of this qualified name when there is exactly one. */
export function onlyChild(element: XmlElement | undefined, ns: string, name: string): XmlElement | undefined {
  const found = element ? childrenOf(element, ns, name) : [];
  return found.length === 1 ? found[0] : undefined;
}

/** The value of an attribute without a namespace, or undefined. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((one) => one.ns === '' && one.name === name)?.value;
}

/** The text of an element that has nothing but text in it, or undefined. */
export function textOf(element: XmlElement | undefined): string | undefined {
  return element?.children.length === 0 ? element.text : undefined;
}

/** The element and everything under it. */
export function descendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}
