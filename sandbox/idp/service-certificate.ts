import { RequestFault } from './authn-request.js';

const CERTIFICATE = /<(?:[A-Za-z]+:)?X509Certificate[^>]*>([A-Za-z0-9+/=\s]+)</;
const known = new Map<string, string>();

/** The certificate a trusted service provider signs with, out of its published metadata. The caller has checked that it is trusted. */
export async function serviceCertificate(issuer: string): Promise<string> {
  const remembered = known.get(issuer);
  if (remembered !== undefined) return remembered;
  const answer = await fetch(`${issuer}/metadata`, { redirect: 'error', signal: AbortSignal.timeout(5000) });
  const body = CERTIFICATE.exec(await answer.text())?.[1]?.replace(/\s/g, '');
  if (!answer.ok || body === undefined) throw new RequestFault('The portal does not say with which key it signs.');
  const pem = `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  known.set(issuer, pem);
  return pem;
}
