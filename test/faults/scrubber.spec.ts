import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import { act, thing } from '../api/custody-scene.js';
import { deposit, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { keep } from '../api/keeping-scene.js';
import { signInAuditor } from '../builders/auditor.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

jest.setTimeout(120_000);

const FOLLOW = 'query ($id: ID!) { exhibitProof(id: $id) { sizeBytes found askedBy readBytes endedAt outcome } }';

/** How far a reading is, as an auditor follows it. */
interface Followed {
  readonly sizeBytes: number;
  readonly found: string | null;
  readonly askedBy: string | null;
  readonly readBytes: number | null;
  readonly endedAt: string | null;
  readonly outcome: string | null;
}

interface Asked {
  readonly id?: string;
  readonly code?: string;
}

async function follow(who: Visitor, id: string): Promise<Followed> {
  return (await who.ask<{ exhibitProof: Followed }>(FOLLOW, { id })).exhibitProof;
}

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

  it('goes past one that cannot be read, says so once, and reads it when it can be', async () => {
    const ids = await Promise.all([1, 2].map(() => deposit(scene.amira, scene.workspaceId, newFile(10))));
    for (const id of ids) await proofOf(id, 'whole');
    const path = await bodyOf(ids[0] ?? '');
    const body = readFileSync(path);
    rmSync(path);
    // A disk that fails: there is something, and reading it is an error.
    mkdirSync(path);
    const told = (): string[] => output().split('\n').filter((line) => line.includes('could not be read again') && line.includes(ids[0] ?? ''));
    await eventually('the line in the log', () => Promise.resolve(told().length > 0));
    const since = new Date().toISOString();
    for (const id of ids.slice(1)) await eventually('the other being read', async () => (await proofOf(id, 'whole')).checkedAt > since);
    await eventually('it being read again', async () => (await proofOf(ids[1] ?? '', 'whole')).checkedAt > new Date(Date.parse(since) + 3_000).toISOString());
    expect(told()).toHaveLength(1);
    rmdirSync(path);
    writeFileSync(path, body);
    await eventually('it being read', async () => (await proofOf(ids[0] ?? '', 'whole')).checkedAt > since);
  });

  it('is told to whoever sees the exhibit, and to nobody else', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10), { marking: { sensitive: true, descriptors: [], handling: [], releasableTo: [] } });
    await proofOf(id, 'whole');
    expect(await scene.priya.ask(PROOF, { id })).toEqual({ exhibit: null });
  });

  describe('asked for by an auditor', () => {
    const asking = async (who: Visitor, id: string): Promise<Asked> =>
      (await who.ask<{ proveExhibit: Asked }>('mutation ($id: ID!) { proveExhibit(id: $id) { __typename ... on Kept { id } ... on Refused { code message } } }', { id })).proveExhibit;
    const ended = (who: Visitor, id: string): Promise<Followed> => eventually('its end', async () => {
      const seen = await follow(who, id);
      return seen.endedAt === null ? undefined : seen;
    });

    it('is recorded with her reason and with what was found, whatever it was, and looking at how far it is leaves nothing', async () => {
      const auditor = await signInAuditor(world);
      const id = await deposit(scene.amira, scene.workspaceId, newFile(700_000));
      expect(await follow(auditor, id)).toMatchObject({ sizeBytes: 700_000, askedBy: null, endedAt: null });
      expect(await asking(auditor, id)).toEqual({ __typename: 'Kept', id });
      expect(await ended(auditor, id)).toMatchObject({ outcome: 'whole', askedBy: 'Alex Ward', found: 'whole' });
      const { rows } = await world.superuser.query<{ verb: string; body: string }>(`SELECT verb, body FROM ledger_entry WHERE subject_id = $1 AND verb IN ('exhibit.prove', 'exhibit.scrub', 'proof.follow') ORDER BY at`, [id]);
      const [asked, found] = rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
      expect(rows.map(({ verb }) => verb)).toEqual(['exhibit.prove', 'exhibit.scrub']);
      expect(asked).toMatchObject({ outcome: 'done', actor: { name: 'Alex Ward' }, reason: 'A check of the tests' });
      expect(found).toMatchObject({ system: 'worker', details: { found: 'whole', asked: expect.any(String) } });
    });

    it('raises the alarm for what is not whole', async () => {
      const auditor = await signInAuditor(world);
      const id = await deposit(scene.amira, scene.workspaceId, newFile(5_000));
      truncateSync(await bodyOf(id), 2_000);
      await asking(auditor, id);
      expect(await ended(auditor, id)).toMatchObject({ outcome: 'altered', found: 'altered' });
    });

    it('is of a sealed file that is there: not of a thing, not of what was disposed of, not of what does not exist', async () => {
      const auditor = await signInAuditor(world);
      const { id: shelf } = await act(scene.amira, 'recordPhysicalExhibit', thing(scene.workspaceId));
      const gone = await deposit(scene.amira, scene.workspaceId, newFile(10));
      await keep(scene.amira, 'proposeDisposal', { exhibitId: gone, rule: 'council-6', reason: 'Over' });
      await keep(await world.signIn('tom.bell'), 'decideDisposal', { exhibitId: gone, approve: true, reason: 'Agreed' });
      for (const id of [shelf, gone, randomUUID(), 'x']) expect(await asking(auditor, id)).toMatchObject({ code: 'not-found' });
    });

    it('is for auditors alone: neither whoever sees the exhibit nor whoever administers may ask or follow', async () => {
      const id = await deposit(scene.amira, scene.workspaceId, newFile(10));
      for (const name of ['amira.rahman', 'dan.cole', 'sam.stone']) {
        const who = await world.signIn(name);
        expect(await asking(who, id)).toMatchObject({ code: 'not-found' });
        expect((await who.graphql(FOLLOW, { id })).data).toEqual({ exhibitProof: null });
      }
      const { rows } = await world.superuser.query('SELECT FROM body_proof_request WHERE item_id = $1', [id]);
      expect(rows).toEqual([]);
    });

    /** A reading that somebody asked for, as a process leaves it that said something at this moment. */
    const left = (id: string, touched: string): Promise<unknown> => world.superuser.query(
      `INSERT INTO body_proof_request (id, item_id, asked_by, asked_by_name, asked_at, touched_at) SELECT gen_random_uuid(), $1, id, display_name, now(), ${touched} FROM person WHERE display_name = 'Alex Ward'`, [id]);
    /** What so many processes take that ask at the very same moment. */
    const take = async (times: number): Promise<(string | undefined)[]> => {
      await world.superuser.query(`BEGIN; SET LOCAL concordat.system = 'worker'`);
      const taken: (string | undefined)[] = [];
      for (let time = 0; time < times; time += 1) taken.push((await world.superuser.query<{ item_id: string }>(`SELECT * FROM take_asked_proof(now(), now() - interval '60 s')`)).rows[0]?.item_id);
      await world.superuser.query('ROLLBACK');
      return taken;
    };

    it('is taken over where the process that read it has ended, and by nobody while it says that it reads', async () => {
      const auditor = await signInAuditor(world);
      const id = await deposit(scene.amira, scene.workspaceId, newFile(10));
      await asking(auditor, id);
      await ended(auditor, id);
      await left(id, `now() - interval '10 s'`);
      expect([await take(1), await asking(auditor, id)]).toEqual([[undefined], expect.objectContaining({ code: 'conflict' })]);
      const other = await deposit(scene.amira, scene.workspaceId, newFile(10));
      await left(other, `now() - interval '10 s'`);
      // In one transaction, so that no process of this world takes one meanwhile.
      await world.superuser.query('BEGIN');
      await world.superuser.query(`UPDATE body_proof_request SET touched_at = now() - interval '2 min' WHERE ended_at IS NULL`);
      expect(await take(3)).toEqual([id, other, undefined]);
      await world.superuser.query('DELETE FROM body_proof_request WHERE ended_at IS NULL');
    });

    it('is for five exhibits of one auditor at a time', async () => {
      const auditor = await signInAuditor(world);
      const [last = '', ...five] = await Promise.all(Array.from({ length: 6 }, () => deposit(scene.amira, scene.workspaceId, newFile(10))));
      for (const id of five) await left(id, `now() + interval '1 hour'`);
      expect(await asking(auditor, last)).toMatchObject({ code: 'rate-limited' });
      const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'exhibit.prove' AND subject_id = $1`, [last]);
      expect(rows.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ outcome: 'refused', details: { items: [last], refused: 'rate-limited' } }]);
      await world.superuser.query(`UPDATE body_proof_request SET ended_at = now(), outcome = 'whole', code = 'whole' WHERE item_id = $1`, [five[0]]);
      expect((await asking(auditor, last)).id).toBe(last);
      await world.superuser.query('DELETE FROM body_proof_request WHERE item_id = ANY ($1)', [five]);
    });

    it('raises no alarm for what was disposed of while it was read, asked for or in turn', async () => {
      const auditor = await signInAuditor(world);
      const id = await deposit(scene.amira, scene.workspaceId, newFile(700_000));
      await proofOf(id, 'whole');
      await world.superuser.query('BEGIN');
      await world.superuser.query('LOCK TABLE disposal IN ACCESS EXCLUSIVE MODE');
      truncateSync(await bodyOf(id), 300_000);
      await asking(auditor, id);
      await eventually('both having read it, and asking whether it is there on purpose', async () => {
        await world.superuser.query('SELECT pg_stat_clear_snapshot()');
        const { rows } = await world.superuser.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT 1 FROM disposal WHERE item_id%'`);
        return rows.length > 1 ? true : undefined;
      });
      await world.superuser.query(
        `INSERT INTO disposal (id, item_id, rule, reason, proposed_by, proposed_by_name, proposed_at, decided_by, decided_by_name, decided_at, approved, decided_for)
         SELECT gen_random_uuid(), $1, 'council-6', 'Over', a.id, 'Amira Rahman', now(), t.id, 'Tom Bell', now(), true, 'Agreed' FROM person a, person t WHERE a.display_name = 'Amira Rahman' AND t.display_name = 'Tom Bell'`, [id]);
      await world.superuser.query('COMMIT');
      await ended(auditor, id);
      // Bodies are read one after the other: when the next has been, what was found of this one is written.
      await proofOf(await deposit(scene.amira, scene.workspaceId, newFile(10)), 'whole');
      expect((await entriesOf(id)).map(({ details }) => details)).toMatchObject([{ asked: expect.any(String), code: 'disposed' }]);
      expect((await follow(auditor, id)).found).toBe('whole');
      expect(output().split('\n').filter((line) => line.includes('is not what was deposited') && line.includes(id))).toEqual([]);
    });
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
      const auditor = await signInAuditor(slow);
      await auditor.ask('mutation ($id: ID!) { proveExhibit(id: $id) { __typename } }', { id });
      const under = await eventually('a part of it being read', async () => {
        const seen = await follow(auditor, id);
        return (seen.readBytes ?? 0) > 0 && (seen.readBytes ?? 0) < 1_600_000 ? seen : undefined;
      });
      expect(under).toMatchObject({ endedAt: null, outcome: null });
      // As another process does that has taken it over: whoever comes second records nothing of it again.
      await slow.superuser.query(`UPDATE body_proof_request SET ended_at = now(), outcome = 'whole', code = 'whole' WHERE item_id = $1`, [id]);
      const next = await deposit(there.amira, there.workspaceId, newFile(10));
      await auditor.ask('mutation ($id: ID!) { proveExhibit(id: $id) { __typename } }', { id: next });
      await eventually('the next being read, which waits for the first', async () => (await follow(auditor, next)).endedAt ?? undefined);
      const { rows } = await slow.superuser.query<{ subject: string }>(`SELECT subject_id AS subject FROM ledger_entry WHERE verb = 'exhibit.scrub'`);
      expect(rows).toEqual([{ subject: next }]);
    } finally {
      await slow.stop();
    }
  });
});
