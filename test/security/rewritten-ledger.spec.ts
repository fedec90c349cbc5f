import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { CompactRange, hashLeaf, openCheckpoint, signCheckpoint } from '../../libs/tlog/index.js';
import { eventually } from '../api/alert-case.js';
import type { Visitor } from '../builders/visitor.js';
import { signInAuditor } from '../builders/auditor.js';
import { startWorld, type World } from '../builders/world.js';
import { LEDGER, PlacedWitness, bannerOf, listed, policyText, standingOf } from '../faults/witness-scene.js';

jest.setTimeout(180_000);

const NAMES = ['police.example/witness', 'fire.example/witness', 'audit.example/witness'] as const;
const SEQUENCER_LOCK = '119165802210674';
const LOOK = '{ auditLog(filter: {}) { nodes { id } } }';
/** "Within a minute of its happening." */
const FOUND_WITHIN_MS = 60_000;

/** The operator's hand: he has the database and the key the ledger signs with. */
describe('an operator with the signing key who', () => {
  let world: World;
  let auditor: Visitor;
  let env: Record<string, string>;
  const witnesses: PlacedWitness[] = [];

  beforeAll(async () => {
    for (const name of NAMES) witnesses.push(await PlacedWitness.start(name));
    env = { LEDGER_WITNESS_POLICY: policyText(2, witnesses.map(listed)) };
    await begin();
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    for (const witness of witnesses) await witness.end();
  });

  async function begin(): Promise<void> {
    world = await startWorld({ worker: true, env });
    auditor = await signInAuditor(world);
  }

  async function head(): Promise<{ size: number; note: string }> {
    const { rows } = await world.superuser.query<{ size: string; note: string }>('SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1');
    return { size: Number(rows[0]?.size ?? 0), note: rows[0]?.note ?? '' };
  }

  /** Statements as superuser, past every trigger. */
  async function tamper(...statements: readonly (readonly [string, readonly unknown[]])[]): Promise<void> {
    await world.superuser.query('SET session_replication_role = replica');
    for (const [text, values] of statements) await world.superuser.query(text, [...values]);
    await world.superuser.query('SET session_replication_role = origin');
  }

  /** A contradiction of this kind is found in time, and named with the witness and what it holds on every page. */
  async function expectFound(kind: string, since: number): Promise<void> {
    const found = async () => (await standingOf(auditor)).conflicts.filter((each) => each.kind === kind);
    await eventually(`it being found ${kind}`, async () => (await found()).length > 0, FOUND_WITHIN_MS);
    expect(Date.now() - since).toBeLessThan(FOUND_WITHIN_MS);
    const [conflict] = await found();
    const theirs = must(openCheckpoint(conflict?.theirs ?? '', LEDGER.origin, [...LEDGER.trusted, ...witnesses.map(({ witness }) => witness.verifier)]));
    expect(theirs.note.signers.map(({ name }) => name)).toEqual(expect.arrayContaining([LEDGER.origin, conflict?.witness]));
    for (const path of ['/my-work', '/audit', '/audit/ledger', '/unusual-use', '/administration/sign-in']) {
      expect(await bannerOf(auditor, path)).toContain('The ledger contradicts what was signed');
      expect(await bannerOf(auditor, path)).toContain(`The witness ${conflict?.witness ?? ''} holds a checkpoint of ${theirs.size} entries`);
    }
  }

  /** Each of them, and the worker has noted that they are enough. */
  async function everybodyCosigned(size: number): Promise<void> {
    await eventually('every witness having cosigned', async () => {
      const { standing, witnesses: rows } = await standingOf(auditor);
      return standing === 'cosigned' && rows.every((each) => each.size >= size);
    });
  }

  it('signs a second checkpoint of one size', async () => {
    await everybodyCosigned(1);
    expect(await bannerOf(auditor)).toMatch(/Cosigned by [23] of 3/);
    await world.stopWorkers();
    const { size, note } = await head();
    const other = must(signCheckpoint({ origin: LEDGER.origin, size, root: hashLeaf(Buffer.from('another')), extensions: [] }, [LEDGER.signer]));
    await tamper(['UPDATE ledger_checkpoint SET note = $2 WHERE size = $1', [size, other]]);
    const since = Date.now();
    await world.startWorker();
    await expectFound('forked', since);
    await world.stopWorkers();
    await tamper(['UPDATE ledger_checkpoint SET note = $2 WHERE size = $1', [size, note]], ['DELETE FROM ledger_witness_conflict', []]);
    await world.startWorker();
    await eventually('all being well again', async () => (await standingOf(auditor)).standing === 'cosigned');
  });

  it('alters an entry and signs the altered tree', async () => {
    const since = Date.now();
    await world.superuser.query('BEGIN');
    // The sequencer's own lock: an entry placed meanwhile would be cut off rather than altered.
    await world.superuser.query(`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK})`);
    const { rows } = await world.superuser.query<{ index: string; id: string; salt: Buffer; body: string; hash: Buffer }>(
      'SELECT l.index, e.id, e.salt, e.body, l.leaf_hash AS hash FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id ORDER BY l.index',
    );
    const altered = rows.map((row) => (Number(row.index) === 1 ? { ...row, body: row.body.replace('"outcome":"done"', '"outcome":"refused"') } : row));
    const tree = CompactRange.resume(0, []);
    const leaves = altered.map(({ salt, body }) => Buffer.from(hashLeaf(Buffer.concat([salt, Buffer.from(body)]))));
    const nodes = leaves.flatMap((leaf) => tree.append(leaf)).filter(({ level }) => level > 0);
    const note = must(signCheckpoint({ origin: LEDGER.origin, size: tree.size, root: tree.root(), extensions: [] }, [LEDGER.signer]));
    await tamper(
      ['UPDATE ledger_entry SET body = $2, leaf_hash = $3 WHERE id = $1', [altered[1]?.id, altered[1]?.body, leaves[1]]],
      ['UPDATE ledger_leaf SET leaf_hash = $1 WHERE index = 1', [leaves[1]]],
      ...nodes.map(({ level, index, hash }) => ['UPDATE ledger_node SET hash = $3 WHERE level = $1 AND index = $2', [level, index, Buffer.from(hash)]] as const),
      ['DELETE FROM ledger_checkpoint WHERE size > $1', [tree.size]],
      ['UPDATE ledger_checkpoint SET note = $2 WHERE size = $1', [tree.size, note]],
    );
    await world.superuser.query('COMMIT');
    expect(altered[1]?.body).not.toBe(rows[1]?.body);
    await expectFound('forked', since);
  });

  it('sets the database back to an earlier copy, or writes the ledger anew', async () => {
    for (let acts = 0; acts < 15; acts += 1) await auditor.ask(LOOK);
    const known = Math.max(...(await standingOf(auditor)).witnesses.map(({ size }) => size));
    await world.stop();
    const since = Date.now();
    await begin();
    await expectFound('cut', since);
    // Grown past what they know, it is still not what they cosigned.
    const grown = Date.now();
    while ((await head()).size <= known) await auditor.ask(LOOK);
    await expectFound('forked', grown);
  });
});
