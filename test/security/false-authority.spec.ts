import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readTrustAnchors, verifyTimestamp } from '../../libs/timestamp/index.js';
import { eventually } from '../api/alert-case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { FalseAuthority, type Deceit } from '../faults/false-authority.js';
import { datesShown, datingOf, keptTokens } from '../faults/timestamp-scene.js';

jest.setTimeout(120_000);

describe('a timestamp authority that lies', () => {
  let world: World;
  let auditor: Visitor;
  let liar: FalseAuthority;

  beforeAll(async () => {
    liar = await FalseAuthority.start();
    world = await startWorld({ worker: true, env: { TIMESTAMP_AUTHORITY_URL: liar.url, TIMESTAMP_TRUSTED_CERTIFICATES: liar.trusted, TIMESTAMP_INTERVAL_SECONDS: '1' } });
    auditor = await world.signIn('alex.ward');
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    await liar.end();
  });

  const answer = async (): Promise<string> => {
    const { rows } = await world.superuser.query<{ answer: string }>('SELECT answer FROM ledger_timestamp_state');
    return rows[0]?.answer ?? '';
  };

  const deceits: Readonly<Record<Exclude<Deceit, 'honest'>, readonly [string, RegExp]>> = {
    'another-checkpoint': ['other-data', /Its timestamp is not believed\. It dates something else\./],
    replayed: ['other-nonce', /answers another request than ours/],
    backdated: ['wrong-time', /too far from the time of this machine/],
    'server-certificate': ['bad-signer', /not one for timestamps alone/],
    stranger: ['untrusted', /No chain leads from the certificate/],
    expired: ['expired', /was not valid at the time the timestamp tells/],
    altered: ['bad-signature', /Its signature does not hold/],
    rejects: ['rejected', /refused to date the checkpoint \(status 2\)/],
    garbage: ['malformed', /not one of the time-stamp protocol/],
    page: ['unreadable', /not declared as a time-stamp reply/],
    endless: ['unreadable', /longer than 65536 bytes/],
    asleep: ['silent', /did not answer within 5 seconds/],
    drips: ['silent', /did not answer within 5 seconds/],
    redirects: ['refused', /answered 307/],
    breaks: ['refused', /answered 500/],
  };

  it.each(Object.entries(deceits) as [Deceit, readonly [string, RegExp]][])('%s: is named for it on the page, and nothing of it is kept', async (does, [code, words]) => {
    liar.does = 'honest';
    await eventually('its being believed', async () => (await datingOf(auditor)).standing === 'dated' && (await answer()) === 'dated', 40_000);
    const before = (await keptTokens(world)).length;
    liar.does = does;
    await eventually('its answer being seen through', async () => {
      await datingOf(auditor);
      return (await answer()) === code;
    }, 40_000);
    expect(await datingOf(auditor)).toMatchObject({ standing: 'debt', message: expect.stringMatching(words) });
    expect(await datesShown(auditor)).toMatch(words);
    // One answer may have been on its way when it was told to lie.
    expect((await keptTokens(world)).length).toBeLessThanOrEqual(before + 1);
  });

  it('has left no timestamp that does not hold for the checkpoint that stands there', async () => {
    const trust = { anchors: readTrustAnchors(liar.trusted) ?? [] };
    const kept = await keptTokens(world);
    expect(kept.length).toBeGreaterThan(0);
    for (const { token, note } of kept) expect(verifyTimestamp(token, Buffer.from(note), trust)).toMatchObject({ ok: true });
  });
});
