import { SignedXml } from 'xml-crypto';
import { ok, type Result } from '../../../libs/kernel/index.js';
import { fault, type SamlFault } from './saml-fault.js';
import { NS } from './saml-names.js';
import { parseDom, type DomNode } from './xml-tree.js';

/**
 * The canonical bytes that the signature of the document's root covers, verified with one of `certificates` (PEM, from
 * imported metadata; never from the message). Everything believed about a message is read from what this returns.
 *
 * The caller has checked the signature's shape. Returns a refusal when no certificate verifies it.
 */
export function signedRoot(text: string, certificates: readonly string[]): Result<string, SamlFault> {
  const root = parseDom(text);
  if (!root.ok) return root;
  const signature = Array.from(root.value.childNodes).find(isSignature);
  if (!signature) return fault('unsigned');
  for (const certificate of certificates) {
    const signed = verifiedBy(certificate, signature, text);
    if (signed !== undefined) return ok(signed);
  }
  return fault('bad-signature');
}

function isSignature({ namespaceURI, localName }: DomNode): boolean {
  return namespaceURI === NS.signature && localName === 'Signature';
}

/** xml-crypto throws for some false signatures and answers false for others; to us they are the same. */
function verifiedBy(certificate: string, signature: DomNode, text: string): string | undefined {
  const check = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  try {
    check.loadSignature(signature);
    if (!check.checkSignature(text)) return undefined;
    const signed = check.getSignedReferences();
    return signed.length === 1 ? signed[0] : undefined;
  } catch {
    return undefined;
  }
}
