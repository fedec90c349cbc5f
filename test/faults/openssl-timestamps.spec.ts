import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { readTrustAnchors, verifyTimestamp } from '../../libs/timestamp/index.js';
import { eventually } from '../api/alert-case.js';
import { startWorld, type World } from '../builders/world.js';
import { HAS_OPENSSL, OpensslAuthority } from './openssl-authority.js';
import { datingOf, keptTokens } from './timestamp-scene.js';

jest.setTimeout(180_000);

// Counted as skipped, in so many words, on a machine without the program: the sandbox's authority speaks the same protocol
// and is always tried.
const named = HAS_OPENSSL ? 'a ledger dated by openssl ts' : 'NOT RUN, because this machine has no openssl program: a ledger dated by openssl ts';

(HAS_OPENSSL ? describe : describe.skip)(named, () => {
  let authority: OpensslAuthority;
  let world: World;

  beforeAll(async () => {
    authority = await OpensslAuthority.start();
    world = await startWorld({ worker: true, env: { TIMESTAMP_AUTHORITY_URL: authority.url, TIMESTAMP_TRUSTED_CERTIFICATES: authority.trusted, TIMESTAMP_INTERVAL_SECONDS: '1' } });
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    await authority.end();
  });

  it('believes its timestamps by way of the authority in between, and openssl believes what is kept', async () => {
    const auditor = await world.signIn('alex.ward');
    const { newest } = await eventually('a timestamp', async () => {
      const dated = await datingOf(auditor);
      return dated.newest === null ? undefined : dated;
    });
    expect(newest?.signer).toBe('CN=openssl signer');
    const [kept] = await keptTokens(world);
    if (kept === undefined) throw new Error('No timestamp was kept');
    expect(await authority.verify(kept.token, kept.note)).toContain('Verification: OK');
    expect(await authority.verify(kept.token, `${kept.note}x`)).toContain('message imprint mismatch');
  });

  it('does not believe one of them with one bit of any seventh byte changed', async () => {
    // Of tokens of the sandbox's authority every byte is changed (sandbox/tsa); those of openssl hold certificates of three times the size.
    const [kept] = await keptTokens(world);
    if (kept === undefined) throw new Error('No timestamp was kept');
    const trust = { anchors: readTrustAnchors(authority.trusted) ?? [] };
    const data = Buffer.from(kept.note);
    must(verifyTimestamp(kept.token, data, trust));
    const believed = Array.from(kept.token.keys()).filter((at) => at % 7 === 0 && verifyTimestamp(Uint8Array.from(kept.token, (byte, index) => (index === at ? byte ^ (1 << (at * 3) % 8) : byte)), data, trust).ok);
    expect(believed).toEqual([]);
  });
});
