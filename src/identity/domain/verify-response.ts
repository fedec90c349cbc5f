import type { Result } from '../../../libs/kernel/index.js';
import type { AgencyIdp, ServiceProvider } from './idp.js';
import { judgeResponse, type Statement } from './judge-response.js';
import type { SamlFault } from './saml-fault.js';
import { scanResponse } from './scan-response.js';
import { readPostedMessage } from './read-message.js';
import { signedRoot } from './signed-bytes.js';
import { parseXml } from './xml-tree.js';

/** The library's opinion of a posted message: undefined when it believes it. */
export type LibraryCheck = (posted: string) => Promise<SamlFault | undefined>;

/** What a response is judged against. */
export interface ResponseCircumstances {
  readonly idp: AgencyIdp;
  readonly provider: ServiceProvider;
  readonly now: Date;
  readonly library: LibraryCheck;
}

/**
 * What a posted SAMLResponse (attacker-controlled) states, if everything about it is right. The order matters: the form of
 * the text, the shape of the document, the algorithms, the library, and then the facts out of the signed bytes alone.
 */
export async function verifyResponse(posted: unknown, { idp, provider, now, library }: ResponseCircumstances): Promise<Result<Statement, SamlFault>> {
  const text = readPostedMessage(posted);
  if (!text.ok) return text;
  const document = parseXml(text.value);
  if (!document.ok) return document;
  const shape = scanResponse(document.value);
  if (!shape.ok) return shape;
  const opinion = await library(Buffer.from(text.value, 'utf8').toString('base64'));
  if (opinion !== undefined) return { ok: false, error: opinion };
  const signed = signedRoot(text.value, idp.certificates);
  if (!signed.ok) return signed;
  const response = parseXml(signed.value);
  if (!response.ok) return response;
  return judgeResponse(response.value, {
    idpEntityId: idp.entityId,
    spEntityId: provider.entityId,
    acsUrl: provider.acsUrl,
    authnContexts: idp.authnContexts,
    now,
  });
}
