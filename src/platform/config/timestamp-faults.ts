import { readTrustAnchors } from '../../../libs/timestamp/index.js';
import type { Config, ConfigFault } from './config.js';

/** What is wrong with how the ledger is dated: an authority that nobody could believe, or certificates that are none. */
export function timestampFaults({ timestamps: { authorityUrl, trustedCertificates } }: Config): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (authorityUrl !== undefined && !isPlain(authorityUrl)) {
    faults.push({ option: 'TIMESTAMP_AUTHORITY_URL', message: 'Give an http or https address without user name or fragment.' });
  }
  if (authorityUrl !== undefined && trustedCertificates === undefined) {
    faults.push({ option: 'TIMESTAMP_TRUSTED_CERTIFICATES', message: 'Required with TIMESTAMP_AUTHORITY_URL: without them no timestamp could be believed.' });
  }
  if (trustedCertificates !== undefined && readTrustAnchors(trustedCertificates) === undefined) {
    faults.push({ option: 'TIMESTAMP_TRUSTED_CERTIFICATES', message: 'Use certificates in PEM and nothing else: the root of the authority, or its own certificate.' });
  }
  return faults;
}

function isPlain(url: string): boolean {
  const { username, password, hash } = new URL(url);
  return [username, password, hash].every((part) => part === '');
}
