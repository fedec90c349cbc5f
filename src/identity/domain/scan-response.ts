import { ok, type Result } from '../../../libs/kernel/index.js';
import { fault, type SamlFault } from './saml-fault.js';
import { NS } from './saml-names.js';
import { checkIds, checkSignatureShape } from './scan-signatures.js';
import { descendants, onlyChild, type XmlElement } from './xml-tree.js';

const ENCRYPTED = ['EncryptedAssertion', 'EncryptedID', 'EncryptedAttribute', 'EncryptedData', 'EncryptedKey', 'NewEncryptedID'];
const RESPONSE_CHILDREN = ['Issuer', 'Signature', 'Status', 'Assertion'];

/**
 * Whether a document has the one shape in which our identity providers answer: a Response with one Assertion directly in it,
 * each with its own signature and no other signature, response or assertion anywhere. Every known signature wrapping needs a
 * second copy of something, so it ends here, before any cryptography.
 */
export function scanResponse(root: XmlElement): Result<XmlElement, SamlFault> {
  if (root.ns !== NS.protocol || root.name !== 'Response') return fault('unexpected-structure');
  const everything = descendants(root);
  if (everything.some(({ name }) => ENCRYPTED.includes(name))) return fault('encrypted');
  const count = (name: string): number => everything.filter((element) => element.name === name).length;
  const assertion = onlyChild(root, NS.assertion, 'Assertion');
  if (!assertion || count('Assertion') !== 1 || count('Response') !== 1) return fault('unexpected-structure');
  if (!root.children.every(({ name }) => RESPONSE_CHILDREN.includes(name))) return fault('unexpected-structure');
  const ids = checkIds(root);
  if (!ids.ok) return ids;
  for (const signed of [root, assertion]) {
    const shape = checkSignatureShape(signed);
    if (!shape.ok) return shape;
  }
  return count('Signature') === 2 ? ok(assertion) : fault('unexpected-structure');
}
