import type { LockedKeyPair } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** The locked key that signs for the acting agency; the database gives it only for an exhibit that the agency sees. */
export async function signingKeyOf(work: Work, exhibit: ItemId): Promise<{ readonly fingerprint: string; readonly lockedKey: Buffer } | undefined> {
  const [row] = await work.sql<{ fingerprint: string; lockedKey: Buffer }>('SELECT fingerprint, locked_key AS "lockedKey" FROM signing_key_of_exhibit($1)', [exhibit]);
  return row;
}

/** Two acts at once may both find none; the second takes the first one's. */
export async function insertPortalKey(work: Work, { fingerprint, publicKey, lockedKey }: LockedKeyPair): Promise<void> {
  await work.sql('INSERT INTO portal_key (fingerprint, public_key, locked_key, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    fingerprint, Buffer.from(publicKey), Buffer.from(lockedKey), work.at,
  ]);
}
