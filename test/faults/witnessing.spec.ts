import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { parseProofFile } from '../../libs/tlog/index.js';
import { parsePolicy, verifyWitnessedProof } from '../../libs/witness/index.js';
import { eventually } from '../api/alert-case.js';
import { signInAuditor } from '../builders/auditor.js';
import { OFFICIAL_SENSITIVE, attempt, openCase, perform, type Workspace } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { PlacedWitness, bannerOf, listed, policyText, standingOf } from './witness-scene.js';

jest.setTimeout(180_000);

const NAMES = ['police.example/witness', 'fire.example/witness', 'audit.example/witness'] as const;
const BUDGET_SECONDS = 4;

describe('a ledger with three witnesses of whom two are enough', () => {
  let world: World;
  let auditor: Visitor;
  let officer: Visitor;
  let opened: Workspace;
  let policy: string;
  const witnesses: PlacedWitness[] = [];

  beforeAll(async () => {
    for (const name of NAMES) witnesses.push(await PlacedWitness.start(name));
    policy = policyText(2, witnesses.map(listed));
    world = await startWorld({ worker: true, env: { LEDGER_WITNESS_POLICY: policy, LEDGER_WITNESS_BUDGET_SECONDS: String(BUDGET_SECONDS) } });
    [auditor, officer] = [await signInAuditor(world), await world.signIn('amira.rahman')];
    opened = await openCase(officer);
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    for (const witness of witnesses) await witness.end();
  });

  const [police, fire] = [() => witnesses[0] as PlacedWitness, () => witnesses[1] as PlacedWitness];
  const note = { title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE };
  const standing = (code: string) => eventually(`the standing being ${code}`, async () => (await standingOf(auditor)).standing === code);

  it('says on every page of an auditor who cosigned it, up to which entry and when', async () => {
    await eventually('three having cosigned', async () => (await standingOf(auditor)).cosignedBy === 3);
    const { rows } = await world.superuser.query<{ id: string }>('SELECT entry_id AS id FROM ledger_leaf ORDER BY index LIMIT 1');
    for (const path of ['/audit', '/audit/ledger', `/audit/entries/${rows[0]?.id ?? ''}`]) {
      expect(await bannerOf(auditor, path)).toMatch(/Cosigned by [23] of 3 witnesses up to entry [\d,]+, \d+ \w+ \d{4} at \d+:\d\d[ap]m\./);
    }
    const ledger = await (await auditor.fetch('/audit/ledger')).text();
    for (const { witness } of witnesses) expect(ledger).toContain(witness.verifierKey);
    expect(await bannerOf(officer, '/my-work')).toBe('');
  });

  it('proves an entry under the cosignatures, to whoever trusts the witnesses and not the ledger alone', async () => {
    const { rows } = await world.superuser.query<{ id: string; leaf: Buffer }>('SELECT entry_id AS id, leaf_hash AS leaf FROM ledger_leaf WHERE index = 0');
    const { auditEntry } = await auditor.ask<{ auditEntry: { proof: string } }>('query ($id: ID!) { auditEntry(id: $id) { proof } }', { id: rows[0]?.id });
    expect(must(parseProofFile(auditEntry.proof)).index).toBe(0);
    expect(must(verifyWitnessedProof(auditEntry.proof, new Uint8Array(rows[0]?.leaf ?? []), must(parsePolicy(policy)))).witnessed.length).toBeGreaterThanOrEqual(2);
  });

  it('names the one that is away and goes on with the others', async () => {
    await fire().stop();
    await eventually('its being away shown', async () => /fire\.example\/witness has not cosigned since .*could not be reached/.test(await bannerOf(auditor)));
    const before = (await standingOf(auditor)).cosignedSize;
    await perform(officer, 'addNote', { workspaceId: opened.id, ...note });
    await eventually('two cosigning on', async () => (await standingOf(auditor)).cosignedSize > before + 1);
    expect((await standingOf(auditor)).standing).toBe('cosigned');
  });

  it('shows the debt, then stops acts that write and nothing else, and goes on when enough answer again', async () => {
    await police().stop();
    await standing('debt');
    expect(await bannerOf(auditor)).toMatch(/Only 1 of 3 witnesses answer; entries since .* are not cosigned by enough/);
    await standing('stopped');
    const refused = await attempt(officer, 'addNote', { workspaceId: opened.id, ...note });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'unavailable', message: expect.stringContaining('too few of the independent witnesses') });
    const { rows } = await world.superuser.query<{ outcome: string; reason: string }>(
      `SELECT outcome, body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb = 'note.add' ORDER BY at DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ outcome: 'refused', reason: 'too-few-witnesses' }]);
    expect(await bannerOf(auditor)).toContain('Acts that write are refused until enough of them answer again.');
    // Reading, signing in and auditing go on; whoever may not learns nothing of it.
    expect((await officer.ask<{ workspace: { id: string } | null }>('query ($id: ID!) { workspace(id: $id) { id } }', { id: opened.id })).workspace).toEqual({ id: opened.id });
    const stranger = await world.signIn('sam.stone');
    expect(await attempt(stranger, 'addNote', { workspaceId: opened.id, ...note })).toMatchObject({ __typename: 'Refused', code: 'not-found' });
    expect(await metric('concordat_witness_debt_seconds')).toBeGreaterThan(BUDGET_SECONDS);
    expect(await metric('concordat_witnesses_answering')).toBe(1);
    await police().start();
    await standing('cosigned');
    await perform(officer, 'addNote', { workspaceId: opened.id, ...note });
    await fire().start();
    await eventually('all three cosigning', async () => (await standingOf(auditor)).answering === 3);
  });

  it('counts the debt on when nobody asks the witnesses, and has another worker take over', async () => {
    // Locks of every database of the server are listed.
    const { rows } = await world.superuser.query<{ pid: number }>(
      `SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
       WHERE locktype = 'advisory' AND granted AND classid = (33611471017833331 >> 32)::int::oid`,
    );
    expect(rows).toHaveLength(1);
    await world.startWorker();
    await world.superuser.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    const before = (await standingOf(auditor)).cosignedSize;
    await eventually('cosigning going on', async () => (await standingOf(auditor)).cosignedSize > before);
    await world.stopWorkers();
    await eventually('writing being stopped', async () => (await standingOf(auditor)).writingStopped);
    expect(await attempt(officer, 'addNote', { workspaceId: opened.id, ...note })).toMatchObject({ code: 'unavailable' });
    await world.startWorker();
    await standing('cosigned');
  });

  async function metric(name: string): Promise<number> {
    const text = await (await world.stranger().fetch('/metrics')).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  }
});
