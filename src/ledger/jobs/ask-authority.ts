import { createHash, randomBytes } from 'node:crypto';
import { makeTimestampRequest, positiveNonce, readTimestampResponse, verifyTimestamp, type Timestamp, type TimestampErrorCode, type TimestampTrust } from '../../../libs/timestamp/index.js';
import type { Clock } from '../../platform/index.js';
import { DoorFault, knock } from './door.js';

/** How asking the authority ended. Messages may change, codes may not. */
export type AuthorityAnswer =
  | { readonly is: 'dated'; readonly token: Uint8Array; readonly timestamp: Timestamp }
  | {
      readonly is: 'failed';
      readonly code: 'silent' | 'unreadable' | 'refused' | 'broken' | TimestampErrorCode;
      /** A whole sentence of our own, without its full stop. */
      readonly message: string;
    };

/** What asking needs of its surroundings. */
export interface AuthorityParts {
  readonly url: string;
  readonly trust: TimestampTrust;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
}

/** How far the authority's clock may be from ours. Both are meant to be synchronised; a token from yesterday is a replay. */
const TOLERANCE_MS = 60_000;
const NONCE_BYTES = 16;

/**
 * Has the authority date a checkpoint (RFC 3161 over HTTP, section 3.4). Everything it says is attacker-controlled.
 *
 * @param published - reads the checkpoint from where it is published; undefined when it is not the ledger's own. It is read again for the answer: what is kept dates
 *   the checkpoint that stands there, not what was once sent.
 */
export async function askAuthority({ url, trust, clock, stopped }: AuthorityParts, published: () => Promise<Buffer | undefined>): Promise<AuthorityAnswer> {
  const nonce = positiveNonce(randomBytes(NONCE_BYTES));
  const asked = clock.now().getTime();
  const sent = await published();
  if (sent === undefined) return BROKEN;
  const imprint = createHash('sha256').update(sent).digest();
  try {
    const body = Uint8Array.from(makeTimestampRequest({ imprint, nonce, policy: trust.policy }));
    const { status, type, bytes } = await knock(url, { body, type: 'application/timestamp-query' }, stopped);
    if (status !== 200) return failed('refused', `It answered ${status}, which is no answer to a time-stamp query`);
    if (!/^application\/timestamp-reply\b/i.test(type)) return failed('unreadable', 'Its answer is not declared as a time-stamp reply');
    const token = readTimestampResponse(bytes);
    if (!token.ok) return failed(token.error.code, token.error.message);
    const fresh = { nonce, notBefore: new Date(asked - TOLERANCE_MS), notAfter: new Date(clock.now().getTime() + TOLERANCE_MS) };
    const standing = await published();
    if (standing === undefined) return BROKEN;
    const verified = verifyTimestamp(token.value, standing, trust, fresh);
    return verified.ok ? { is: 'dated', token: token.value, timestamp: verified.value } : failed(verified.error.code, `Its timestamp is not believed. ${verified.error.message}`);
  } catch (fault) {
    if (fault instanceof DoorFault) return failed(fault.code, fault.message);
    throw fault;
  }
}

const BROKEN = failed('broken', 'The checkpoint that is to be dated is not one that the key of this ledger signed');

function failed(code: Extract<AuthorityAnswer, { is: 'failed' }>['code'], message: string): AuthorityAnswer {
  return { is: 'failed', code, message };
}
