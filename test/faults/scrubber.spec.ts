import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import { deposit, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { signInAuditor } from '../builders/auditor.js';
import { startWorld, type World } from '../builders/world.js';

jest.setTimeout(120_000);

const PROOF = 'query ($id: ID!) { exhibit(id: $id) { proof { checkedAt outcome provenAt } } }';

interface Proof {
  readonly checkedAt: string;
  readonly outcome: string;
  readonly provenAt: string | null;
}

/** Reads what is due once a second, and each again a second after it was read. */
const EVERY_SECOND = { SCRUB_INTERVAL_SECONDS: '1', SCRUB_BYTES_PER_SECOND: '100000000' };

describe('the re-reading of sealed exhibits', () => {
  let world: World;
  let scene: Scene;

  beforeAll(async () => {
    world = await startWorld({ env: EVERY_SECOND });
    scene = await setTheScene(world);
  }, 120_000);
  afterAll(() => world.stop());

  async function proofOf(id: string, outcome: string): Promise<Proof> {
    return eventually(`${id} being found ${outcome}`, async () => {
      const { exhibit } = await scene.amira.ask<{ exhibit: { proof: Proof | null } }>(PROOF, { id });
      return exhibit.proof?.outcome === outcome ? exhibit.proof : undefined;
    });
  }

  async function bodyOf(id: string): Promise<string> {
    const { rows } = await world.superuser.query<{ key: string }>('SELECT blob_key AS key FROM exhibit WHERE item_id = $1', [id]);
    const key = rows[0]?.key ?? '';
    return join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', 'published', key.slice(0, 2), key);
  }

  async function entriesOf(id: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'exhibit.scrub' AND subject_id = $1 ORDER BY at`, [id]);
    return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  const output = (): string => world['children'].map((child) => child.output()).join('\n');

  it('says of each when it was last proven whole, again and again, and leaves no entry for it', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(700_000));
    const first = await proofOf(id, 'whole');
    expect(first.provenAt).toBe(first.checkedAt);
    await eventually('the next time', async () => ((await proofOf(id, 'whole')).checkedAt > first.checkedAt ? true : undefined));
    expect(await entriesOf(id)).toEqual([]);
  });

  it.each<[string, string, string, (path: string) => void]>([
    ['a bit turned over in the middle', 'altered', 'not-authentic', (path) => {
      const octets = readFileSync(path);
      octets[400_000] = (octets[400_000] ?? 0) ^ 1;
      writeFileSync(path, octets);
    }],
    ['the end cut off', 'altered', 'not-authentic', (path) => truncateSync(path, 300_000)],
    ['the file gone', 'missing', 'missing', (path) => rmSync(path)],
  ])('raises an alarm for %s: for the operator, in a figure, and for auditors', async (_, outcome, code, damage) => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(700_000));
    const whole = await proofOf(id, 'whole');
    damage(await bodyOf(id));
    const found = await proofOf(id, outcome);
    expect(Date.parse(found.provenAt ?? '')).toBeGreaterThanOrEqual(Date.parse(whole.provenAt ?? ''));
    expect(found.checkedAt > (found.provenAt ?? '')).toBe(true);
    const [entry] = await entriesOf(id);
    expect(entry).toMatchObject({ category: 'audit', outcome: 'done', system: 'worker', subject: { kind: 'exhibit', id }, details: { items: [id], found: outcome, code } });
    expect(entry).not.toHaveProperty('lacks');
    await eventually('the line in the log', () => Promise.resolve(output().split('\n').find((line) => line.includes('A stored exhibit is not what was deposited') && line.includes(id) && line.includes(code))));
    expect(await (await world.stranger().fetch('/metrics')).text()).toMatch(/^concordat_exhibits_not_whole [1-9]/m);
    const auditor = await signInAuditor(world);
    const { auditLog } = await auditor.ask<{ auditLog: { nodes: { subjectId: string }[] } }>('{ auditLog(filter: { verb: "exhibit.scrub" }) { nodes { subjectId } } }');
    expect(auditLog.nodes.map(({ subjectId }) => subjectId)).toContain(id);
  });

  it('finds what was put in its place whole by itself: the hash is that of the deposit', async () => {
    const [one, other] = [await deposit(scene.amira, scene.workspaceId, newFile(5_000)), await deposit(scene.amira, scene.workspaceId, newFile(5_000))];
    await proofOf(one, 'whole');
    writeFileSync(await bodyOf(one), readFileSync(await bodyOf(other)));
    expect(await proofOf(one, 'altered')).toMatchObject({ outcome: 'altered' });
  });

  it('is told to whoever sees the exhibit, and to nobody else', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10), { marking: { sensitive: true, descriptors: [], handling: [], releasableTo: [] } });
    await proofOf(id, 'whole');
    expect(await scene.priya.ask(PROOF, { id })).toEqual({ exhibit: null });
  });

  it('reads no faster than it may', async () => {
    const slow = await startWorld({ env: { SCRUB_INTERVAL_SECONDS: '1', SCRUB_BYTES_PER_SECOND: '400000' } });
    try {
      const there = await setTheScene(slow);
      const began = Date.now();
      const id = await deposit(there.amira, there.workspaceId, newFile(1_600_000));
      await eventually('it being proven', async () => (await there.amira.ask<{ exhibit: { proof: Proof | null } }>(PROOF, { id })).exhibit.proof ?? undefined);
      // Four seconds' worth, of which the last piece need not be waited out.
      expect(Date.now() - began).toBeGreaterThan(3_000);
    } finally {
      await slow.stop();
    }
  });
});
