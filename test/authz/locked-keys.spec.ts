import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { deposit, newFile } from '../api/evidence-scene.js';
import { SharedCase } from '../builders/joint-case.js';

/** The keys of one case as somebody finds them who has got hold of the application's own connection. */
let shared: SharedCase;
let app: pg.Client;
/** An exhibit for all members, opened by none of them, and one for the police alone. */
let exhibits: { readonly all: string; readonly police: string };

beforeAll(async () => {
  shared = await SharedCase.open();
  const amira = await shared.as('amira.rahman');
  const leave = (audience: 'all' | 'police'): Promise<string> => deposit(amira, shared.workspaceId, newFile(10), { marking: shared.markingFor(audience) });
  exhibits = { all: await leave('all'), police: await leave('police') };
  app = new pg.Client({ connectionString: shared.world.database.appUrl });
  await app.connect();
}, 180_000);

afterAll(async () => {
  await app.end();
  await shared.stop();
}, 30_000);

describe('the application cannot read', () => {
  it.each(['SELECT locked_key FROM portal_key', 'SELECT * FROM portal_key', 'SELECT locked_key FROM agency_key', 'SELECT * FROM agency_key', 'SELECT count(locked_key) FROM agency_key', 'SELECT k FROM agency_key k', `INSERT INTO agency_key (fingerprint, agency_id, public_key, created_at) SELECT repeat('a', 40), id, '', now() FROM agency RETURNING locked_key`])(
    'an agency’s private key, locked as it is: %s',
    async (statement) => {
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('nor become the role that can', async () => {
    await expect(app.query('SET ROLE concordat_owner')).rejects.toMatchObject({ code: '42501' });
    expect((await app.query('SELECT public_key FROM agency_key WHERE portal_held')).rowCount).toBeGreaterThan(1);
  });
});

describe('the database answers with the locked keys of one exhibit', () => {
  it('to an agency that sees it: its own and no other', async () => {
    for (const code of ['ashworth', 'northmoor-police', 'northmoor-fire']) expect({ code, keys: await keysFor(code, exhibits.all) }).toEqual({ code, keys: [code] });
    expect(await keysFor('northmoor-police', exhibits.police)).toEqual(['northmoor-police']);
  });

  it('to one that came late and has no packet: the originator’s, by which it is given one', async () => {
    await shared.world.superuser.query(`DELETE FROM exhibit_packet WHERE item_id = $1 AND agency_id = $2`, [exhibits.all, agency('northmoor-fire')]);
    expect(await keysFor('northmoor-fire', exhibits.all)).toEqual(['ashworth']);
  });

  it.each(['northmoor-fire', 'wexcombe'])('not to %s, which does not see it', async (code) => {
    expect(await keysFor(code, exhibits.police)).toEqual([]);
  });

  it('not to somebody who works on no case, nor to nobody', async () => {
    expect(await keysFor('ashworth', exhibits.all, 'auditor')).toEqual([]);
    expect((await app.query('SELECT * FROM locked_keys_of_exhibit($1)', [exhibits.all])).rows).toEqual([]);
  });

  it('not with the key of another agency that a packet was made to name', async () => {
    const { rows } = await app.query<{ fingerprint: string }>('SELECT fingerprint FROM agency_key WHERE agency_id = $1', [agency('northmoor-police')]);
    const named = `INSERT INTO exhibit_packet (item_id, agency_id, key_fingerprint, packet, added_at) VALUES ($1, $2, $3, '', now())`;
    const keys = await asAgency('ashworth', async () => {
      await app.query(named, [exhibits.all, agency('ashworth'), rows[0]?.fingerprint]);
      return keysOf(exhibits.all);
    });
    expect(keys).toEqual(['ashworth']);
  });

  it('and with the one that signs for the agency, where it sees the exhibit and never another’s', async () => {
    for (const code of ['ashworth', 'northmoor-police', 'northmoor-fire']) expect({ code, signs: await signerFor(code, exhibits.all) }).toEqual({ code, signs: [code] });
    for (const code of ['northmoor-fire', 'wexcombe']) expect({ code, signs: await signerFor(code, exhibits.police) }).toEqual({ code, signs: [] });
    expect(await signerFor('ashworth', exhibits.all, 'auditor')).toEqual([]);
    expect((await app.query('SELECT * FROM signing_key_of_exhibit($1)', [exhibits.all])).rows).toEqual([]);
  });

  it('with names looked up nowhere but where they were written', async () => {
    const { rows } = await shared.world.superuser.query<{ config: string[]; owner: string; definer: boolean }>(
      `SELECT proconfig AS config, proowner::regrole::text AS owner, prosecdef AS definer FROM pg_proc WHERE proname IN ('locked_keys_of_exhibit', 'signing_key_of_exhibit')`,
    );
    const expected = { config: ['search_path=""'], owner: 'concordat_owner', definer: true };
    expect(rows).toEqual([expected, expected]);
  });
});

function keysFor(code: string, exhibit: string, role?: string): Promise<string[]> {
  return asAgency(code, () => keysOf(exhibit), role);
}

/** The codes of the agencies whose locked keys the database gives for an exhibit. */
async function keysOf(exhibit: string): Promise<string[]> {
  const { rows } = await app.query<{ code: string; key: Buffer }>(
    `SELECT a.code, l.locked_key AS key FROM locked_keys_of_exhibit($1) l JOIN agency_key k USING (fingerprint) JOIN agency a ON a.id = k.agency_id`,
    [exhibit],
  );
  expect(rows.every(({ key }) => key.length > 0)).toBe(true);
  return rows.map(({ code }) => code);
}

/** The codes of the agencies whose keys sign for the acting one. */
function signerFor(code: string, exhibit: string, role?: string): Promise<string[]> {
  const statement = 'SELECT a.code FROM signing_key_of_exhibit($1) s JOIN agency_key k USING (fingerprint) JOIN agency a ON a.id = k.agency_id WHERE s.locked_key IS NOT NULL';
  return asAgency(code, async () => (await app.query<{ code: string }>(statement, [exhibit])).rows.map((row) => row.code), role);
}

/** Acts in the application's name for an agency, and leaves nothing behind. */
async function asAgency<T>(code: string, act: () => Promise<T>, role = 'service-manager'): Promise<T> {
  await app.query('BEGIN');
  try {
    await app.query(`SELECT set_config('concordat.agency', $1, true), set_config('concordat.roles', $2, true)`, [agency(code), role]);
    return await act();
  } finally {
    await app.query('ROLLBACK');
  }
}

function agency(code: string): string {
  return shared.agencies[code] ?? '00000000-0000-4000-8000-000000000000';
}
