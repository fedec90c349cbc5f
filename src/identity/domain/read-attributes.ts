import { ok, type Result } from '../../../libs/kernel/index.js';
import { fault, type SamlFault } from './saml-fault.js';
import { NS } from './saml-names.js';
import { attribute, textOf, type XmlElement } from './xml-tree.js';

/** Attribute values by attribute name, as the identity provider signed them. A map, so that no name can shadow another fact. */
export type Attributes = ReadonlyMap<string, readonly string[]>;

const MOST_ATTRIBUTES = 100;
const MOST_VALUES = 100;

/**
 * The attributes of an assertion. Returns a refusal when a name comes twice (two readers could choose differently), or a
 * value is anything but text.
 */
export function readAttributes(statements: readonly XmlElement[]): Result<Attributes, SamlFault> {
  const attributes = new Map<string, readonly string[]>();
  const elements = statements.flatMap(({ children }) => children);
  if (statements.length > 1 || elements.length > MOST_ATTRIBUTES) return fault('bad-attributes');
  for (const element of elements) {
    const name = attribute(element, 'Name') ?? '';
    const values = element.children.map(textOf);
    const isAttribute = element.ns === NS.assertion && element.name === 'Attribute' && name !== '' && !attributes.has(name);
    const arePlain = element.children.every(({ ns, name: child }) => ns === NS.assertion && child === 'AttributeValue');
    if (!isAttribute || !arePlain || values.length > MOST_VALUES || !values.every(isText)) return fault('bad-attributes');
    attributes.set(name, values);
  }
  return ok(attributes);
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
