import { readTrustAnchors, type TimestampTrust } from '../../../libs/timestamp/index.js';
import type { Config } from '../../platform/index.js';

/** Who dates the ledger's checkpoints. */
export interface LedgerAuthority {
  /** Where it is asked; undefined when nobody is asked any more and only what it dated is still believed. */
  readonly url: string | undefined;
  readonly trust: TimestampTrust;
  /** How long entries may go before a checkpoint with them is to be dated. */
  readonly intervalSeconds: number;
}

/**
 * Who dates the ledger, or undefined when nobody does.
 *
 * @throws when the configuration let certificates through that cannot be read
 */
export function ledgerAuthority({ authorityUrl: url, trustedCertificates, policy, intervalSeconds }: Config['timestamps']): LedgerAuthority | undefined {
  if (trustedCertificates === undefined) return undefined;
  const anchors = readTrustAnchors(trustedCertificates);
  if (anchors === undefined) throw new Error('TIMESTAMP_TRUSTED_CERTIFICATES was not checked before it was used');
  return { url, trust: { anchors, policy }, intervalSeconds };
}
