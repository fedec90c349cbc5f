import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKeyPair } from '../../libs/envelope/index.js';
import { deposit, invite, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { agencyIds, clauseIds } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

const CHANGED = '{ ... on SharingChanged { id } ... on Refused { code message } }';
const RECALL = `mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) ${CHANGED} }`;
const SHARE = `mutation ($input: ShareExhibitInput!) { shareExhibit(input: $input) ${CHANGED} }`;
const FILE = newFile(2_000);

interface Told {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
}

let world: World;
let scene: Scene;
let frank: Visitor;
let tom: Visitor;
let agencies: Readonly<Record<string, string>>;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  [frank, tom] = [await world.signIn('frank.moss'), await world.signIn('tom.bell')];
  agencies = await agencyIds(scene.amira);
  const clauses = await clauseIds(scene.amira);
  await invite(scene.amira, scene.workspaceId, agencies['northmoor-fire'] ?? '', clauses['4.2'] ?? '');
}, 120_000);

afterAll(() => world.stop());

async function recall(who: Visitor, exhibitId: string, agency: string): Promise<Told> {
  const input = { exhibitId, agencyId: agencies[agency], reason: 'Shared by mistake' };
  return (await who.ask<{ recallExhibit: Told }>(RECALL, { input })).recallExhibit;
}

async function share(who: Visitor, exhibitId: string, agency: string): Promise<Told> {
  return (await who.ask<{ shareExhibit: Told }>(SHARE, { input: { exhibitId, agencyId: agencies[agency] } })).shareExhibit;
}

async function released(id: string): Promise<string[]> {
  const { rows } = await world.superuser.query<{ code: string }>(
    `SELECT a.code FROM item i JOIN agency a ON a.id = ANY (i.releasable_to) WHERE i.id = $1 ORDER BY 1`,
    [id],
  );
  return rows.map(({ code }) => code);
}

async function packets(id: string): Promise<string[]> {
  const { rows } = await world.superuser.query<{ code: string }>(
    'SELECT a.code FROM exhibit_packet p JOIN agency a ON a.id = p.agency_id WHERE p.item_id = $1 ORDER BY 1',
    [id],
  );
  return rows.map(({ code }) => code);
}

async function acts(id: string): Promise<string[]> {
  const { rows } = await world.superuser.query<{ act: string }>('SELECT act FROM custody_event WHERE item_id = $1 ORDER BY seq', [id]);
  return rows.map(({ act }) => act);
}

/** Holds the exhibit's chain as an act on it does, while `meanwhile` begins; lets go once so many others wait for it. */
async function whileHeld<T>(id: string, waiting: number, meanwhile: () => Promise<T>): Promise<T> {
  await world.superuser.query('BEGIN');
  await world.superuser.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`custody ${id}`]);
  const doing = meanwhile();
  doing.catch(() => undefined);
  const waiters = async (): Promise<number> => {
    const { rows } = await world.superuser.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows[0]?.n ?? 0;
  };
  while ((await waiters()) < waiting) await new Promise((again) => setImmediate(again));
  await world.superuser.query('COMMIT');
  return doing;
}

describe('acts on one exhibit at the same time', () => {
  it('two recalls from two agencies take it from both, in whichever order they come', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    const told = await whileHeld(id, 2, () => Promise.all([recall(scene.amira, id, 'northmoor-police'), recall(tom, id, 'northmoor-fire')]));
    expect(told).toEqual([{ id: expect.any(String) }, { id: expect.any(String) }]);
    expect(await released(id)).toEqual(['ashworth']);
    expect(await packets(id)).toEqual(['ashworth']);
    for (const partner of [scene.priya, frank]) {
      expect((await partner.fetch(`/evidence/${id}/content`)).status).toBe(404);
    }
  });

  it('a share with one agency does not put back another from which it is being recalled', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    await recall(scene.amira, id, 'northmoor-fire');
    const told = await whileHeld(id, 2, () => Promise.all([recall(scene.amira, id, 'northmoor-police'), share(tom, id, 'northmoor-fire')]));
    expect(told.map(({ code }) => code)).toEqual([undefined, undefined]);
    expect(await released(id)).toEqual(['ashworth', 'northmoor-fire']);
    expect(await packets(id)).toEqual(['ashworth', 'northmoor-fire']);
    expect((await scene.priya.fetch(`/evidence/${id}/content`)).status).toBe(404);
  });

  it('an opening that waits for a recall is then the answer of what does not exist, and on record', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    const absent = await scene.priya.fetch('/evidence/00000000-0000-4000-8000-000000000000/content');
    await world.superuser.query('BEGIN');
    await world.superuser.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`custody ${id}`]);
    const opening = scene.priya.fetch(`/evidence/${id}/content`);
    const waits = async (): Promise<boolean> => {
      const { rows } = await world.superuser.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows.length > 0;
    };
    while (!(await waits())) await new Promise((again) => setImmediate(again));
    await world.superuser.query('UPDATE item SET releasable_to = ARRAY[originator_agency_id] WHERE id = $1', [id]);
    await world.superuser.query('COMMIT');
    const answer = await opening;
    expect([answer.status, await answer.text()]).toEqual([absent.status, await absent.text()]);
    expect(await acts(id)).toEqual(['deposited']);
    const { rows } = await world.superuser.query<{ reason: string }>(
      `SELECT body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb = 'exhibit.open' AND outcome = 'refused' AND subject_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ reason: 'recalled-meanwhile' }]);
  });
});

describe('what a recall says was seen', () => {
  it('counts again after the exhibit was shared once more, however the file is asked for', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    await (await scene.priya.fetch(`/evidence/${id}/content`)).arrayBuffer();
    await recall(scene.amira, id, 'northmoor-police');
    await share(scene.amira, id, 'northmoor-police');
    await (await scene.priya.fetch(`/evidence/${id}/content`, { headers: { range: 'bytes=1-' } })).arrayBuffer();
    expect(await acts(id)).toEqual(['deposited', 'opened', 'recalled', 'shared', 'opened']);
  });

  it('is kept for an agency whose agreement has lapsed: it still has its packets and what it took', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    await (await frank.fetch(`/evidence/${id}/content`)).arrayBuffer();
    await world.superuser.query(`UPDATE workspace_member SET valid_to = now() WHERE agency_id = $1`, [agencies['northmoor-fire']]);
    expect((await frank.fetch(`/evidence/${id}/content`)).status).toBe(404);
    expect(await recall(scene.amira, id, 'northmoor-fire')).toEqual({ id: expect.any(String) });
    expect(await packets(id)).toEqual(['ashworth', 'northmoor-police']);
    const { rows } = await world.superuser.query<{ seen: readonly { person: string; act: string }[] }>('SELECT seen FROM exhibit_recall WHERE item_id = $1', [id]);
    expect(rows[0]?.seen).toMatchObject([{ person: 'Frank Moss', act: 'opened' }]);
    await world.superuser.query(`UPDATE workspace_member SET valid_to = NULL WHERE agency_id = $1`, [agencies['northmoor-fire']]);
    expect((await frank.fetch(`/evidence/${id}/content`)).status).toBe(404);
  });
});

describe('a packet that is given', () => {
  it('to an agency that came late is a disclosure on record, though what it was asked for is refused', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    const fire = agencies['northmoor-fire'] ?? '';
    await world.superuser.query('DELETE FROM exhibit_packet WHERE item_id = $1 AND agency_id = $2', [id, fire]);
    const own = await newKeyPair({ name: 'Fire', passphrase: 'p', at: new Date(Date.now() - 60_000), lifeSeconds: 0, version: 4 });
    await world.superuser.query('UPDATE agency_key SET retired_at = now() WHERE agency_id = $1 AND retired_at IS NULL', [fire]);
    await world.superuser.query(
      'INSERT INTO agency_key (fingerprint, agency_id, public_key, created_at) VALUES ($1, $2, $3, now())',
      [own.fingerprint, fire, Buffer.from(own.publicKey)],
    );
    expect((await frank.fetch(`/evidence/${id}/content`)).status).toBe(503);
    const { rows } = await world.superuser.query<{ verb: string; outcome: string; clause: string; custody: string | null }>(
      `SELECT verb, outcome, clause, body::jsonb #>> '{details,custody}' AS custody FROM ledger_entry
        WHERE subject_id = $1 AND person_name = 'Frank Moss' ORDER BY at, verb`,
      [id],
    );
    expect(rows).toEqual([
      { verb: 'exhibit.open', outcome: 'refused', clause: '4.2', custody: null },
      { verb: 'exhibit.share', outcome: 'done', clause: '4.2', custody: expect.any(String) },
    ]);
    await world.superuser.query('UPDATE agency_key SET retired_at = now() WHERE fingerprint = $1', [own.fingerprint]);
  });

  it('is never by one partner to another under an agreement that is not its own: no other clause stands for it', async () => {
    const id = await deposit(scene.priya, scene.workspaceId, FILE);
    await recall(scene.priya, id, 'northmoor-fire');
    await world.superuser.query(
      `INSERT INTO agreement (id, reference, title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive)
       SELECT gen_random_uuid(), 'ISA-2026-09', title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive FROM agreement WHERE reference = 'ISA-2026-01'`,
    );
    await world.superuser.query(
      `INSERT INTO agreement_party (agreement_id, agency_id)
       SELECT g.id, a.id FROM agreement g, agency a WHERE g.reference = 'ISA-2026-09' AND a.code IN ('ashworth', 'northmoor-fire')`,
    );
    await world.superuser.query(
      `INSERT INTO agreement_clause (id, agreement_id, code, purpose, gateway, category, words)
       SELECT gen_random_uuid(), g.id, '1', 'Fire safety', 'CDA115', 'fire', 'Words' FROM agreement g WHERE g.reference = 'ISA-2026-09'`,
    );
    await world.superuser.query(
      `UPDATE workspace_member SET agreement_id = c.agreement_id, clause_id = c.id
         FROM agreement_clause c JOIN agreement g ON g.id = c.agreement_id WHERE g.reference = 'ISA-2026-09' AND agency_id = $1`,
      [agencies['northmoor-fire']],
    );
    expect(await share(scene.priya, id, 'northmoor-fire')).toMatchObject({ code: 'conflict', message: expect.stringContaining('no party to the agreement') as unknown });
    expect(await packets(id)).toEqual(['ashworth', 'northmoor-police']);
  });
});
