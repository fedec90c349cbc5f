import type { NewestTimestamp, TimestampStanding } from '../domain/timestamp-standing.js';
import { LedgerTimestamp, LedgerTimestamping } from './timestamp.views.js';

/** The standing as the schema has it. */
export function presentTimestamping({ code, newest, debtSeconds, ...rest }: TimestampStanding): LedgerTimestamping {
  const { authority = null, waitsSince = null, failingSince = null, message = null, intervalSeconds, waiting } = rest;
  return Object.assign(new LedgerTimestamping(), {
    standing: code,
    authority,
    intervalSeconds,
    newest: newest === undefined ? null : presentTimestamp(newest),
    waiting,
    waitsSince,
    debtSeconds: Math.floor(debtSeconds),
    failingSince,
    message,
  });
}

function presentTimestamp({ size, at, signer, serial, policy, note: checkpoint, token }: NewestTimestamp): LedgerTimestamp {
  return Object.assign(new LedgerTimestamp(), { size, at, signer, serial, policy, checkpoint, token: Buffer.from(token).toString('base64') });
}
