import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { newKeyPair, OpenedKey, openMessage, type LockedKeyPair } from '../../libs/envelope/index.js';
import { drain, inPieces } from '../../libs/envelope/sealing.fixtures.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { deposit, newFile, offsetOf, patch, setTheScene, ticketFor, type Scene } from './evidence-scene.js';

const PASSPHRASE = 'kept at the police station';
const MINUTE = 60_000;

let world: World;
let scene: Scene;
let police: LockedKeyPair;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  police = await newKeyPair({ name: 'Northmoor Police', passphrase: PASSPHRASE, at: new Date(Date.now() - MINUTE), lifeSeconds: 0, version: 4 });
}, 120_000);

afterAll(() => world.stop());

/** Lets an agency receive evidence under this public key alone, as registering one does. */
async function holdsOwn(code: string, { fingerprint, publicKey }: Pick<LockedKeyPair, 'fingerprint' | 'publicKey'>): Promise<void> {
  await world.superuser.query(`UPDATE agency_key SET retired_at = now() WHERE agency_id = (SELECT id FROM agency WHERE code = $1) AND retired_at IS NULL`, [code]);
  await world.superuser.query(
    `INSERT INTO agency_key (fingerprint, agency_id, public_key, created_at) VALUES ($2, (SELECT id FROM agency WHERE code = $1), $3, now())
     ON CONFLICT (fingerprint) DO UPDATE SET retired_at = NULL`,
    [code, fingerprint, Buffer.from(publicKey)]);
}

/** The same, taken back. */
async function givesUp(code: string): Promise<void> {
  await world.superuser.query(`UPDATE agency_key SET retired_at = now() WHERE agency_id = (SELECT id FROM agency WHERE code = $1)`, [code]);
}

async function taken(who: Visitor, id: string, form = ''): Promise<{ status: number; headers: Headers; octets: Buffer }> {
  const answer = await who.fetch(`/evidence/${id}/sealed${form}`);
  return { status: answer.status, headers: answer.headers, octets: Buffer.from(await answer.arrayBuffer()) };
}

async function entriesOf(id: string): Promise<{ outcome: string; reason: string | null; form: string | null }[]> {
  const { rows } = await world.superuser.query<{ outcome: string; reason: string | null; form: string | null }>(
    `SELECT outcome, body::jsonb ->> 'reason' AS reason, body::jsonb #>> '{details,form}' AS form FROM ledger_entry
      WHERE verb = 'exhibit.take-sealed' AND subject_id = $1 ORDER BY at`, [id]);
  return rows;
}

const CUSTODY = 'query ($id: ID!) { exhibit(id: $id) { opensHere sealedPath custody { act by to reason } } }';
interface Seen { readonly opensHere: boolean; readonly sealedPath: string; readonly custody: readonly { readonly act: string; readonly by: string; readonly to: string | null; readonly reason: string | null }[] }
const seen = async (who: Visitor, id: string): Promise<Seen> => (await who.ask<{ exhibit: Seen }>(CUSTODY, { id })).exhibit;

describe('a sealed copy for an agency that holds its own key', () => {
  const file = newFile(900_000);
  let id = '';

  beforeAll(async () => {
    await holdsOwn('northmoor-police', police);
    id = await deposit(scene.amira, scene.workspaceId, file, { fileName: 'call.mp3' });
  });
  afterAll(() => givesUp('northmoor-police'));

  it('is the message as stored, which only its key opens; the portal opens nothing for its people', async () => {
    expect(await seen(scene.priya, id)).toMatchObject({ opensHere: false, sealedPath: `/evidence/${id}/sealed` });
    expect((await scene.priya.fetch(`/evidence/${id}/content`)).status).toBe(503);
    expect((await scene.priya.fetch(`/evidence/${id}/preview`)).status).not.toBe(200);
    const { status, headers, octets } = await taken(scene.priya, id);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/pgp-encrypted', 'content-disposition': `attachment; filename="call.mp3.pgp"; filename*=UTF-8''call.mp3.pgp`, 'concordat-marking': 'OFFICIAL-SENSITIVE',
    });
    expect(octets.includes(file.subarray(0, 32))).toBe(false);
    const key = await OpenedKey.unlock(police.lockedKey, PASSPHRASE);
    const read = await drain(openMessage(inPieces(octets), (packets) => key.sessionKey(packets)));
    expect(read.fault).toBeUndefined();
    expect(read.bytes.equals(file)).toBe(true);
  });

  it('is, for an older program, sealed anew to the same key alone', async () => {
    const { status, octets } = await taken(scene.priya, id, '?form=outside');
    expect(status).toBe(200);
    const message = await openpgp.readMessage({ binaryMessage: octets });
    const decryptionKeys = await openpgp.decryptKey({ privateKey: await openpgp.readPrivateKey({ binaryKey: police.lockedKey }), passphrase: PASSPHRASE });
    expect(message.getEncryptionKeyIDs()).toHaveLength(1);
    const read = (await openpgp.decrypt({ message, decryptionKeys, format: 'binary' })) as unknown as { readonly data: Uint8Array };
    expect(Buffer.from(read.data).equals(file)).toBe(true);
  });

  it('is a copy taken, in the chain of custody and in the ledger, each in its form', async () => {
    const copies = (await seen(scene.amira, id)).custody.filter(({ act }) => act === 'copied');
    expect(copies.map(({ by, to, reason }) => [by, to, reason])).toEqual([
      ['Priya Shah', 'Northmoor Police', 'Sealed copy as stored'],
      ['Priya Shah', 'Northmoor Police', "Sealed copy for a program of the agency's own"],
    ]);
    expect(await entriesOf(id)).toEqual([{ outcome: 'done', reason: null, form: 'stored' }, { outcome: 'done', reason: null, form: 'outside' }]);
  });

  it('is given to an agency invited later too, by way of the originator', async () => {
    await world.superuser.query(`DELETE FROM exhibit_packet WHERE item_id = $1 AND agency_id = $2`, [id, scene.policeId]);
    const key = await OpenedKey.unlock(police.lockedKey, PASSPHRASE);
    const { octets } = await taken(scene.priya, id);
    expect((await drain(openMessage(inPieces(octets), (packets) => key.sessionKey(packets)))).bytes.equals(file)).toBe(true);
  });
});

describe('a sealed copy that cannot be', () => {
  it('of an agency whose own key has expired: it is told so, and the deposit by others goes on without it', async () => {
    const old = await newKeyPair({ name: 'Northmoor Police', passphrase: PASSPHRASE, at: new Date(Date.now() - 10 * MINUTE), lifeSeconds: 60, version: 4 });
    await holdsOwn('northmoor-police', old);
    const id = await deposit(scene.amira, scene.workspaceId, newFile(100));
    const { status, octets } = await taken(scene.priya, id);
    expect([status, octets.toString()]).toEqual([503, expect.stringContaining('has expired or been revoked')]);
    expect(await entriesOf(id)).toEqual([{ outcome: 'refused', reason: 'key-unusable', form: null }]);
    expect((await scene.amira.fetch(`/evidence/${id}/content`)).status).toBe(200);
    const { rows } = await world.superuser.query<{ missed: unknown }>(
      `SELECT body::jsonb #> '{details,notShared}' AS missed FROM ledger_entry WHERE verb = 'exhibit.deposit' AND outcome = 'done' AND subject_id = $1`, [id]);
    expect(rows).toEqual([{ missed: ['Northmoor Police'] }]);
    await givesUp('northmoor-police');
    expect((await scene.priya.fetch(`/evidence/${id}/content`)).status).toBe(200);
  });

  it('of what was never deposited: a key of the depositing agency that expires between ticket and finish loses nothing', async () => {
    const old = await newKeyPair({ name: 'Ashworth', passphrase: PASSPHRASE, at: new Date(Date.now() - 10 * MINUTE), lifeSeconds: 60, version: 4 });
    const file = newFile(500);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await holdsOwn('ashworth', old);
    const refused = await patch(scene.amira, ticket, 0, file);
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('has expired or been revoked')]);
    await givesUp('ashworth');
    const offset = await offsetOf(scene.amira, ticket);
    const again = await patch(scene.amira, ticket, offset, file.subarray(offset));
    expect(again.status).toBe(204);
    const kept = await scene.amira.fetch(`/evidence/${again.headers.get('concordat-exhibit') ?? ''}/content`);
    expect(Buffer.from(await kept.arrayBuffer()).equals(file)).toBe(true);
  });

  it('sealed anew, when the originator holds its own key as well: it is told what it can take instead', async () => {
    const council = await newKeyPair({ name: 'Ashworth', passphrase: PASSPHRASE, at: new Date(Date.now() - MINUTE), lifeSeconds: 0, version: 6 });
    await holdsOwn('northmoor-police', police);
    await holdsOwn('ashworth', council);
    const id = await deposit(scene.amira, scene.workspaceId, newFile(100));
    expect((await taken(scene.priya, id)).status).toBe(200);
    const { status, octets } = await taken(scene.priya, id, '?form=outside');
    expect([status, octets.toString()]).toEqual([503, expect.stringContaining('concordat open')]);
    expect((await entriesOf(id)).at(-1)).toMatchObject({ outcome: 'refused', reason: 'portal-cannot-open' });
    for (const code of ['northmoor-police', 'ashworth']) await givesUp(code);
  });

  it('of a stranger: the answer of what does not exist', async () => {
    const sam = await world.signIn('sam.stone');
    const id = await deposit(scene.amira, scene.workspaceId, newFile(100));
    const [hidden, absent] = await Promise.all([id, '00000000-0000-4000-8000-000000000000'].map((each) => taken(sam, each)));
    expect([hidden?.status, hidden?.octets.toString()]).toEqual([absent?.status, absent?.octets.toString()]);
    expect(hidden?.status).toBe(404);
  });

  it('of a body that is gone: it is said, and nothing is sent', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(100));
    await world.superuser.query(`UPDATE exhibit SET blob_key = gen_random_uuid() WHERE item_id = $1`, [id]);
    const { status, octets } = await taken(scene.amira, id);
    expect([status, octets.toString()]).toEqual([503, expect.stringContaining('damaged')]);
  });
});
