import { ok, type Result } from '../../../libs/kernel/index.js';
import { ALLOWED, NS } from './saml-names.js';
import { fault, type SamlFault } from './saml-fault.js';
import { attribute, childrenOf, descendants, onlyChild, textOf, type XmlElement } from './xml-tree.js';

const ID = /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/;
const ID_NAMES = ['id', 'assertionid', 'requestid', 'responseid'];

/** Whether no two elements claim one id in any spelling: a signature must not be able to mean another element. */
export function checkIds(root: XmlElement): Result<true, SamlFault> {
  const ids = descendants(root).flatMap((element) =>
    element.attributes.filter(({ name }) => ID_NAMES.includes(name.toLowerCase())).map(({ value }) => value),
  );
  return new Set(ids).size === ids.length ? ok(true) : fault('duplicate-id');
}

/**
 * Whether `element` carries exactly one signature as its own child, over itself as a whole, made with nothing but the
 * algorithms of the list. Says nothing about whether the signature is true.
 */
export function checkSignatureShape(element: XmlElement): Result<true, SamlFault> {
  const signatures = childrenOf(element, NS.signature, 'Signature');
  const [signature] = signatures;
  if (signature === undefined) return fault('unsigned');
  if (signatures.length !== 1) return fault('unexpected-structure');
  const info = onlyChild(signature, NS.signature, 'SignedInfo');
  const reference = onlyChild(info, NS.signature, 'Reference');
  const id = attribute(element, 'ID') ?? '';
  if (!info || !reference || !ID.test(id)) return fault('unexpected-structure');
  if (attribute(reference, 'URI') !== `#${id}`) return fault('unexpected-structure');
  if (!isPlain(signature)) return fault('unexpected-structure');
  return usesAllowed(info, reference) ? ok(true) : fault('forbidden-algorithm');
}

/** No Object, Manifest or anything else that could carry a second document inside the signature. */
function isPlain(signature: XmlElement): boolean {
  const names = signature.children.map(({ ns, name }) => (ns === NS.signature ? name : ''));
  const key = onlyChild(signature, NS.signature, 'KeyInfo');
  const keyNames = key ? descendants(key).map(({ name }) => name) : [];
  return (
    ['SignedInfo,SignatureValue', 'SignedInfo,SignatureValue,KeyInfo'].includes(names.join(',')) &&
    textOf(onlyChild(signature, NS.signature, 'SignatureValue')) !== undefined &&
    !keyNames.some((name) => name === 'RetrievalMethod' || name === 'Assertion' || name === 'Response')
  );
}

function usesAllowed(info: XmlElement, reference: XmlElement): boolean {
  const method = onlyChild(info, NS.signature, 'SignatureMethod');
  const digest = onlyChild(reference, NS.signature, 'DigestMethod');
  const canonicalisation = onlyChild(info, NS.signature, 'CanonicalizationMethod');
  const transforms = onlyChild(reference, NS.signature, 'Transforms')?.children ?? [];
  return (
    info.children.length === 3 &&
    reference.children.length === 3 &&
    isOneOf(ALLOWED.signature, attribute(method, 'Algorithm')) &&
    method?.children.length === 0 &&
    isOneOf(ALLOWED.digest, attribute(digest, 'Algorithm')) &&
    digest?.children.length === 0 &&
    attribute(canonicalisation, 'Algorithm') === ALLOWED.canonicalisation &&
    transforms.length === ALLOWED.transforms.length &&
    transforms.every((one, at) => one.name === 'Transform' && attribute(one, 'Algorithm') === ALLOWED.transforms[at])
  );
}

function isOneOf(allowed: readonly string[], value: string | undefined): boolean {
  return value !== undefined && allowed.includes(value);
}
