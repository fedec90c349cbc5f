import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readTrustAnchors, verifyTimestamp } from '../../libs/timestamp/index.js';
import { freePort } from '../../scripts/postgres/free-port.js';
import { eventually } from '../api/alert-case.js';
import { runChild, startChild, type Child } from '../builders/child.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { datesShown, datingOf, keptTokens } from './timestamp-scene.js';

jest.setTimeout(180_000);

describe('a ledger dated by the authority of the sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-tsa-'));
  let port: number;
  let authority: Child;
  let world: World;
  let auditor: Visitor;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    port = await freePort();
    authority = await startAuthority();
    env = { TIMESTAMP_AUTHORITY_URL: `http://127.0.0.1:${port}/`, TIMESTAMP_TRUSTED_CERTIFICATES_FILE: join(folder, 'trusted.pem'), TIMESTAMP_POLICY: '2.999.3161', TIMESTAMP_INTERVAL_SECONDS: '1' };
    world = await startWorld({ worker: true, env });
    auditor = await world.signIn('alex.ward');
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    await authority.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const startAuthority = () => startChild('sandbox/tsa/main.js', { TSA_PORT: String(port), TSA_DATA: folder }, 'timestamp authority is ready');
  const command = (words: readonly string[], more: Readonly<Record<string, string>> = env) =>
    runChild('run/cli.js', { ...world.env, ...more, DATABASE_URL: world.database.ownerUrl, LOG_LEVEL: 'error' }, words);
  const queued = async () => Number((await world.superuser.query<{ n: string }>('SELECT count(*) AS n FROM ledger_timestamp_due')).rows[0]?.n);

  it('shows the newest timestamp with what it takes to verify it elsewhere', async () => {
    const { newest } = await eventually('a first timestamp', async () => {
      const dated = await datingOf(auditor);
      return dated.newest === null ? undefined : dated;
    });
    expect(newest).toMatchObject({ signer: 'CN=Sandbox timestamp authority' });
    const trust = { anchors: readTrustAnchors(readFileSync(join(folder, 'trusted.pem'), 'utf8')) ?? [] };
    expect(verifyTimestamp(Buffer.from(newest?.token ?? '', 'base64'), Buffer.from(newest?.checkpoint ?? ''), trust)).toMatchObject({ ok: true });
    const shown = await datesShown(auditor);
    expect(shown).toMatch(/An independent authority dates a checkpoint at most 1 second after new entries\. Entries dated [\d,]+ Existed by \d+ \w+ \d{4} at /);
    expect(shown).toContain('Download the timestamp Download the checkpoint it dates');
  });

  it('queues while the authority is away, says so everywhere, and works the queue off in its order', async () => {
    await authority.stop();
    const before = await queued();
    await eventually('three checkpoints being queued', async () => {
      await datingOf(auditor);
      return (await queued()) >= before + 3;
    });
    const owing = await eventually('the debt being told', async () => {
      const dated = await datingOf(auditor);
      return dated.standing === 'debt' && dated;
    });
    expect(owing).toMatchObject({ message: 'It could not be reached (ECONNREFUSED).' });
    expect(await datesShown(auditor)).toMatch(/\d+ checkpoints wait for a timestamp, since .* \(debt \d+ seconds?\)\. They are dated in their order .* could not be reached/);
    const metrics = await (await world.stranger().fetch('/metrics')).text();
    expect(Number(/^concordat_timestamps_waiting (.*)$/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(2);
    expect(Number(/^concordat_timestamp_debt_seconds (.*)$/m.exec(metrics)?.[1])).toBeGreaterThan(1);
    const waited = (await keptTokens(world)).length;
    authority = await startAuthority();
    // Whoever looks makes entries, and so new checkpoints: only what was queued till here is waited for.
    const due = await queued();
    await eventually('the queue being worked off', async () => (await keptTokens(world)).length >= due, 90_000);
    const order = (await keptTokens(world)).map(({ size }) => Number(size));
    expect(order.length).toBeGreaterThan(waited + 2);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('covers every entry by a checkpoint of the queue, and not each checkpoint by one of its own', async () => {
    const { rows } = await world.superuser.query<{ longest: number; checkpoints: string; due: string }>(`
      SELECT extract(epoch FROM max(gap))::float AS longest, (SELECT count(*) FROM ledger_checkpoint) AS checkpoints, (SELECT count(*) FROM ledger_timestamp_due) AS due
      FROM (SELECT (SELECT min(d.due_at) FROM ledger_timestamp_due d WHERE d.size >= c.size) - c.signed_at AS gap FROM ledger_checkpoint c) gaps`);
    expect(Number(rows[0]?.due)).toBeLessThan(Number(rows[0]?.checkpoints));
    // The interval of a second, a look each second, and what a busy machine adds.
    expect(rows[0]?.longest).toBeLessThan(10);
  });

  it('is checked with its timestamps, by the command line and by an auditor, and a false or missing one is named', async () => {
    await world.stopWorkers();
    const whole = await command(['ledger', 'check']);
    expect(whole).toMatchObject({ code: 0, output: expect.stringMatching(/The ledger is whole: .*\n\d+ timestamps hold\./) });
    const unchecked = await command(['ledger', 'check'], { ...env, TIMESTAMP_AUTHORITY_URL: '', TIMESTAMP_TRUSTED_CERTIFICATES_FILE: '', TIMESTAMP_POLICY: '' });
    expect(unchecked.output).toMatch(/timestamps were NOT checked: set TIMESTAMP_TRUSTED_CERTIFICATES\./);
    const tokens = await keptTokens(world);
    const [first, second, third] = tokens;
    const behind = async (...statements: readonly (readonly [string, readonly unknown[]])[]) => {
      await world.superuser.query(`SET session_replication_role = 'replica'`);
      for (const [text, values] of statements) await world.superuser.query(text, [...values]);
      await world.superuser.query(`SET session_replication_role = 'origin'`);
    };
    // The token of another checkpoint in its place; one taken out; one filed under another time.
    await behind(
      ['UPDATE ledger_timestamp SET token = $1 WHERE size = $2', [second?.token, first?.size]],
      ['DELETE FROM ledger_timestamp WHERE size = $1', [second?.size]],
      [`UPDATE ledger_timestamp SET dated = dated - interval '1 day' WHERE size = $1`, [third?.size]],
    );
    const broken = await command(['ledger', 'check']);
    expect(broken.code).toBe(1);
    expect(broken.output).toContain(`timestamp-bad: The timestamp of the checkpoint of ${first?.size ?? ''} entries does not hold. It dates something else.`);
    expect(broken.output).toContain(`timestamp-missing: The timestamp of the checkpoint of ${second?.size ?? ''} entries is missing, though a later one is there: it was removed.`);
    expect(broken.output).toContain(`timestamp-bad: The timestamp of the checkpoint of ${third?.size ?? ''} entries is filed under another time than it tells.`);
    const { checkLedger } = await auditor.ask<{ checkLedger: { whole: boolean; findings: { code: string }[] } }>('mutation { checkLedger { ... on LedgerCheck { whole findings { code } } } }');
    expect(checkLedger.findings.map(({ code }) => code).sort()).toEqual(['timestamp-bad', 'timestamp-bad', 'timestamp-missing']);
  });

  it('shows no newest timestamp that does not hold, and the doctor names the queue', async () => {
    const newest = (await keptTokens(world)).at(-1);
    await world.superuser.query(`SET session_replication_role = 'replica'`);
    await world.superuser.query(`UPDATE ledger_timestamp SET token = (SELECT token FROM ledger_timestamp ORDER BY size LIMIT 1) WHERE size = $1`, [newest?.size]);
    await world.superuser.query(`UPDATE ledger_timestamp_due SET due_at = due_at - interval '2 days' WHERE size NOT IN (SELECT size FROM ledger_timestamp)`);
    await world.superuser.query(`SET session_replication_role = 'origin'`);
    expect(await datingOf(auditor)).toMatchObject({ standing: 'broken', newest: null });
    expect(await datesShown(auditor)).toContain('The newest timestamp does not hold. It dates something else. Check the whole ledger');
    expect((await command(['doctor'])).output).toMatch(/bad +timestamps: \d+ checkpoints wait for a timestamp, the oldest for \d{4} minutes\./);
  });
});
