import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { newKeyPair, OpenedKey, openMessage, type LockedKeyPair } from '../../libs/envelope/index.js';
import { drain, inPieces } from '../../libs/envelope/sealing.fixtures.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { deposit, newFile, setTheScene, type Scene } from './evidence-scene.js';

const PASSPHRASE = 'kept at the police station';
const MINUTE = 60_000;
const FILE = newFile(40_000);
const PROPOSE = `mutation ($input: ProposeKeyChangeInput!) { proposeKeyChange(input: $input) {
  ... on KeyChangeMade { id } ... on Refused { code message faults { field message } } } }`;
const settle = (field: string): string => `mutation ($id: ID!) { ${field}(id: $id) { ... on KeyChangeMade { id } ... on Refused { code message } } }`;
const KEYS = '{ agencyKeys { canPropose keys { agency { code } fingerprint label heldByPortal readsSeipd2 state expiresAt } changes { id kind state proposedBy settledBy canApprove canWithdraw } } }';

interface Keys {
  readonly canPropose: boolean;
  readonly keys: readonly { readonly agency: { readonly code: string }; readonly fingerprint: string; readonly heldByPortal: boolean; readonly state: string; readonly label: string | null }[];
  readonly changes: readonly { readonly id: string; readonly state: string; readonly proposedBy: string; readonly settledBy: string | null; readonly canApprove: boolean; readonly canWithdraw: boolean }[];
}
interface Told { readonly id?: string; readonly code?: string; readonly message?: string; readonly faults?: readonly { readonly field: string; readonly message: string }[] }

let world: World;
let scene: Scene;
/** Manager and administrator of the council, and the manager of the police with a second whom the test makes one. */
let [gwen, dan, ruth, owen]: Visitor[] = [];
let police: LockedKeyPair;
let exhibit = '';

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  [gwen, dan, ruth] = [await world.signIn('gwen.price'), await world.signIn('dan.cole'), await world.signIn('ruth.adams')];
  await world.signIn('owen.hart');
  await world.superuser.query(`UPDATE session SET roles = roles || '{administrator}' WHERE person_id = (SELECT id FROM person WHERE display_name = 'Owen Hart')`);
  owen = await world.signIn('owen.hart');
  police = await newKeyPair({ name: 'Northmoor Police', passphrase: PASSPHRASE, at: new Date(Date.now() - MINUTE), lifeSeconds: 0, version: 4 });
  exhibit = await deposit(scene.amira, scene.workspaceId, FILE);
}, 120_000);

afterAll(() => world.stop());

function visitor(who: Visitor | undefined): Visitor {
  if (!who) throw new Error('Nobody has signed in.');
  return who;
}
const propose = async (who: Visitor | undefined, input: object): Promise<Told> =>
  (await visitor(who).ask<{ proposeKeyChange: Told }>(PROPOSE, { input: { publicKey: null, fingerprint: null, reason: 'A new module', ...input } })).proposeKeyChange;
const settled = async (who: Visitor | undefined, field: 'approveKeyChange' | 'withdrawKeyChange', id: string): Promise<Told> =>
  (await visitor(who).ask<Record<string, Told>>(settle(field), { id }))[field] ?? {};
const keys = async (who: Visitor | undefined): Promise<Keys> => (await visitor(who).ask<{ agencyKeys: Keys }>(KEYS)).agencyKeys;
/** The product gives them over by itself, soon after the change. */
const given = (code: string, fingerprint: string | undefined): Promise<true> =>
  eventually(`the packets of ${code}`, async () => ((await packetsOf(code)).join() === fingerprint ? true : undefined));

async function armoured({ publicKey }: Pick<LockedKeyPair, 'publicKey'>): Promise<string> {
  return (await openpgp.readKey({ binaryKey: publicKey })).armor();
}

async function packetsOf(code: string): Promise<string[]> {
  const { rows } = await world.superuser.query<{ fingerprint: string }>(
    `SELECT key_fingerprint AS fingerprint FROM exhibit_packet WHERE item_id = $1 AND agency_id = (SELECT id FROM agency WHERE code = $2)`, [exhibit, code]);
  return rows.map(({ fingerprint }) => fingerprint);
}

async function entries(verb: string): Promise<{ outcome: string; details: { change?: string; key?: string; count?: number; items?: string[]; former?: string[] } | null; reason: string | null; policy: string }[]> {
  const { rows } = await world.superuser.query<{ outcome: string; details: { change?: string } | null; reason: string | null; policy: string }>(
    `SELECT outcome, body::jsonb -> 'details' AS details, body::jsonb ->> 'reason' AS reason, body::jsonb ->> 'policy' AS policy FROM ledger_entry WHERE verb = $1 ORDER BY at`, [verb]);
  return rows;
}

describe('a change of an agency\'s keys', () => {
  it('is proposed by one person and approved by another, and then a rotated key opens what was sealed before', async () => {
    const [former] = await packetsOf('ashworth');
    const { id = '' } = await propose(gwen, { change: 'renew' });
    expect(await keys(gwen)).toMatchObject({ canPropose: false, changes: [{ id, state: 'waiting', proposedBy: 'Gwen Price', canApprove: false, canWithdraw: true }] });
    expect((await keys(dan)).changes[0]).toMatchObject({ canApprove: true });
    expect(await settled(gwen, 'approveKeyChange', id)).toMatchObject({ code: 'not-found' });
    expect((await entries('key.approve')).at(-1)).toMatchObject({ outcome: 'refused', policy: 'own-proposal' });
    expect(await settled(dan, 'approveKeyChange', id)).toEqual({ id });
    expect(await settled(dan, 'approveKeyChange', id)).toMatchObject({ code: 'conflict' });
    const listed = (await keys(gwen)).keys;
    expect(listed.map(({ state, heldByPortal, label }) => [state, heldByPortal, label])).toEqual([
      ['in-use', true, 'Ashworth Borough Council'], ['retired', true, 'Ashworth Borough Council'],
    ]);
    await given('ashworth', listed[0]?.fingerprint);
    expect(listed[0]?.fingerprint).not.toBe(former);
    const read = await scene.amira.fetch(`/evidence/${exhibit}/content`);
    expect(Buffer.from(await read.arrayBuffer()).equals(FILE)).toBe(true);
    expect((await entries('key.rewrap')).at(-1)).toMatchObject({ outcome: 'done', details: { count: 1, items: [exhibit], former: [former] } });
    expect((await entries('key.approve')).find(({ outcome }) => outcome === 'done')).toMatchObject({ details: { change: 'renew', proposedBy: 'Gwen Price' } });
  });

  it('gives what was sealed before to the key an agency holds itself, and takes it from the portal', async () => {
    await (await scene.priya.fetch(`/evidence/${exhibit}/content`)).arrayBuffer();
    const { id = '' } = await propose(ruth, { change: 'register', publicKey: await armoured(police) });
    expect(await settled(owen, 'approveKeyChange', id)).toEqual({ id });
    await given('northmoor-police', police.fingerprint);
    expect((await scene.priya.fetch(`/evidence/${exhibit}/content`)).status).toBe(503);
    const sealed = Buffer.from(await (await scene.priya.fetch(`/evidence/${exhibit}/sealed`)).arrayBuffer());
    const key = await OpenedKey.unlock(police.lockedKey, PASSPHRASE);
    expect((await drain(openMessage(inPieces(sealed), (packets) => key.sessionKey(packets)))).bytes.equals(FILE)).toBe(true);
    expect((await keys(ruth)).keys[0]).toMatchObject({ fingerprint: police.fingerprint, heldByPortal: false, readsSeipd2: true, state: 'in-use' });
  });

  it('revokes: nothing more is sealed for the agency, and it is told so, until another key is taken into use', async () => {
    const { id = '' } = await propose(ruth, { change: 'revoke', fingerprint: police.fingerprint });
    await settled(owen, 'approveKeyChange', id);
    const later = await deposit(scene.amira, scene.workspaceId, FILE);
    const refused = await scene.priya.fetch(`/evidence/${later}/sealed`);
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('An administrator of your agency registers a new one')]);
    const renewed = await propose(owen, { change: 'renew' });
    await settled(ruth, 'approveKeyChange', renewed.id ?? '');
    await given('northmoor-police', (await keys(ruth)).keys[0]?.fingerprint);
    for (const each of [exhibit, later]) {
      const read = await scene.priya.fetch(`/evidence/${each}/content`);
      expect([read.status, Buffer.from(await read.arrayBuffer()).equals(FILE)]).toEqual([200, true]);
    }
    expect((await keys(ruth)).keys.map(({ state }) => state).sort()).toEqual(['in-use', 'retired', 'revoked']);
  });

  it('is withdrawn by any of its people and has then changed nothing', async () => {
    const before = (await keys(ruth)).keys;
    const { id = '' } = await propose(ruth, { change: 'renew' });
    expect(await propose(owen, { change: 'renew' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('waits for a second person') as unknown });
    expect(await settled(ruth, 'withdrawKeyChange', id)).toEqual({ id });
    expect(await settled(owen, 'approveKeyChange', id)).toMatchObject({ code: 'conflict' });
    expect((await keys(ruth)).keys).toEqual(before);
  });

  it('approved by two at once is done once', async () => {
    const { id = '' } = await propose(gwen, { change: 'renew' });
    const told = await Promise.all([settled(dan, 'approveKeyChange', id), settled(dan, 'approveKeyChange', id)]);
    expect(told.map(({ code }) => code ?? 'done').sort()).toEqual(['conflict', 'done']);
    expect((await keys(gwen)).keys.filter(({ state }) => state === 'in-use')).toHaveLength(1);
  });
});

describe('a key that is not taken', () => {
  const cases: readonly (readonly [string, () => Promise<object>, string, string])[] = [
    ['a private key', async () => ({ publicKey: (await openpgp.readPrivateKey({ binaryKey: police.lockedKey })).armor() }), 'publicKey', 'This is a private key. It was not kept.'],
    ['no key at all', async () => Promise.resolve({ publicKey: 'ssh-ed25519 AAAA' }), 'publicKey', 'not an OpenPGP key'],
    ['nothing', async () => Promise.resolve({ publicKey: null }), 'publicKey', 'not an OpenPGP key'],
    ['one that was registered before', async () => ({ publicKey: await armoured(police) }), 'publicKey', 'registered before'],
    ['an expired one', async () => ({ publicKey: await armoured(await newKeyPair({ name: 'Old', passphrase: 'p', at: new Date(Date.now() - 10 * MINUTE), lifeSeconds: 60, version: 4 })) }), 'publicKey', 'expired'],
    ['one to revoke that is another agency\'s', async () => Promise.resolve({ change: 'revoke', fingerprint: police.fingerprint }), 'fingerprint', 'one of your agency'],
  ];

  it.each(cases)('is %s: said at its field, recorded, and nothing kept', async (_, input, field, words) => {
    const told = await propose(gwen, { change: 'register', ...(await input()) });
    expect(told).toMatchObject({ code: 'invalid', faults: [{ field: `input.${field}`, message: expect.stringContaining(words) as unknown }] });
    const { rows } = await world.superuser.query(`SELECT 1 FROM key_change WHERE state = 'waiting'`);
    expect(rows).toEqual([]);
    const last = (await entries('key.propose')).at(-1);
    expect(last).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(last)).not.toContain('BEGIN PGP');
  });

  it('is one that expires before the second person comes: it says so, and the key in use stays', async () => {
    const soon = await newKeyPair({ name: 'Soon', passphrase: 'p', at: new Date(Date.now() - 10 * MINUTE), lifeSeconds: 11 * 60, version: 4 });
    const { id = '' } = await propose(gwen, { change: 'register', publicKey: await armoured(soon) });
    const old = await newKeyPair({ name: 'Soon', passphrase: 'p', at: new Date(Date.now() - 10 * MINUTE), lifeSeconds: 60, version: 4 });
    await world.superuser.query('UPDATE key_change SET public_key = $2 WHERE id = $1', [id, Buffer.from(old.publicKey)]);
    expect(await settled(dan, 'approveKeyChange', id)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Withdraw the change') as unknown });
    await settled(dan, 'withdrawKeyChange', id);
    expect((await keys(gwen)).keys[0]).toMatchObject({ state: 'in-use', heldByPortal: true });
  });
});

describe('giving exhibits to a new key', () => {
  it('is not stopped by a packet that cannot be opened: the others are given, and that one stays', async () => {
    const [bad, good] = [await deposit(scene.amira, scene.workspaceId, FILE), await deposit(scene.amira, scene.workspaceId, FILE)];
    const council = `agency_id = (SELECT id FROM agency WHERE code = 'ashworth')`;
    await world.superuser.query(`UPDATE exhibit_packet SET packet = 'damaged' WHERE item_id = $1 AND ${council}`, [bad]);
    const keysOf = async (id: string): Promise<string[]> => {
      const { rows } = await world.superuser.query<{ key: string }>(`SELECT key_fingerprint AS key FROM exhibit_packet WHERE item_id = $1 AND ${council}`, [id]);
      return rows.map(({ key }) => key);
    };
    const [former] = await keysOf(bad);
    const { id = '' } = await propose(gwen, { change: 'renew' });
    await settled(dan, 'approveKeyChange', id);
    const fresh = (await keys(gwen)).keys.find(({ state }) => state === 'in-use')?.fingerprint;
    await eventually('the good one under the new key', async () => ((await keysOf(good)).join() === fresh ? true : undefined));
    expect(await keysOf(bad)).toEqual([former]);
    expect((await scene.amira.fetch(`/evidence/${good}/content`)).status).toBe(200);
  });
});

describe('the database by itself', () => {
  it('lets nobody approve her own change, nor settle another agency\'s, nor retire its keys', async () => {
    const { id = '' } = await propose(gwen, { change: 'renew' });
    const [person] = (await world.superuser.query<{ id: string; agency: string }>(`SELECT id, agency_id AS agency FROM person WHERE display_name = 'Gwen Price'`)).rows;
    const as = async (agency: string | undefined, statement: string): Promise<string> => {
      await world.superuser.query('BEGIN; SET LOCAL ROLE concordat_app');
      await world.superuser.query(`SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true), set_config('concordat.roles', 'service-manager', true)`, [person?.id, agency]);
      const said = await world.superuser.query(statement).then(({ rowCount }) => `${rowCount ?? 0} rows`, (fault: unknown) => String(fault));
      await world.superuser.query('ROLLBACK');
      return said;
    };
    const approve = `UPDATE key_change SET state = 'done', settled_by = '${person?.id ?? ''}', settled_by_name = 'x', settled_at = now() WHERE id = '${id}'`;
    expect(await as(person?.agency, approve)).toContain('two_people');
    expect(await as(scene.policeId, approve)).toBe('0 rows');
    const retire = `UPDATE agency_key SET retired_at = now() WHERE agency_id = '${person?.agency ?? ''}' AND retired_at IS NULL`;
    expect(await as(scene.policeId, retire)).toBe('0 rows');
    expect(await as(person?.agency, retire)).toBe('1 rows');
    expect(await as(person?.agency, `UPDATE agency_key SET agency_id = '${scene.policeId}'`)).toContain('permission denied');
    expect(await as(person?.agency, 'SELECT * FROM packets_to_rewrap(now(), 10, NULL, NULL)')).toBe('0 rows');
    await settled(gwen, 'withdrawKeyChange', id);
  });
});
