import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKeyPair } from '../../libs/envelope/index.js';
import { paths } from '../../src/portal/paths.js';
import { Reader } from '../portal/reader.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { deposit, newFile, setTheScene, type Scene } from './evidence-scene.js';

const FILE = newFile(50_000);
const CHANGED = '{ ... on SharingChanged { id } ... on Refused { code message faults { field message } } }';
const SHARING = 'query ($id: ID!) { exhibitSharing(id: $id) { agencies { agency { code } isOriginator sees opensSince clause seen { person act } } recalls { from reason seen { person act } copies answer answeredBy } } }';
const RECALLS = '{ recalls { id reference title by reason seen { person act } copies } }';

interface Sharing {
  readonly agencies: readonly { readonly agency: { readonly code: string }; readonly sees: boolean; readonly opensSince: string | null; readonly clause: string | null; readonly seen: readonly object[] }[];
  readonly recalls: readonly object[];
}
interface Told { readonly id?: string; readonly code?: string; readonly message?: string; readonly faults?: readonly object[] }

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

async function act(who: Visitor, field: 'shareExhibit' | 'recallExhibit' | 'answerRecall', input: object): Promise<Told> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return (await who.ask<Record<string, Told>>(`mutation ($input: ${type}!) { ${field}(input: $input) ${CHANGED} }`, { input }))[field] ?? {};
}
const sharing = async (who: Visitor, id: string): Promise<Sharing> => (await who.ask<{ exhibitSharing: Sharing }>(SHARING, { id })).exhibitSharing;
const recalls = async (who: Visitor): Promise<{ id: string; copies: string | null }[]> => (await who.ask<{ recalls: { id: string; copies: string | null }[] }>(RECALLS)).recalls;
const statusFor = async (who: Visitor, id: string): Promise<number> => (await who.fetch(`/evidence/${id}/content`)).status;

/** The body as it lies in the store: neither sharing nor recalling may touch it. */
async function packets(id: string): Promise<string[]> {
  const { rows } = await world.superuser.query<{ code: string }>('SELECT a.code FROM exhibit_packet p JOIN agency a ON a.id = p.agency_id WHERE p.item_id = $1 ORDER BY 1', [id]);
  return rows.map(({ code }) => code);
}

describe('recalling an exhibit from an agency', () => {
  let id = '';
  beforeAll(async () => {
    id = await deposit(scene.amira, scene.workspaceId, FILE, { title: 'Kitchen film' });
    for (const path of ['content', 'sealed']) await (await scene.priya.fetch(`/evidence/${id}/${path}`)).arrayBuffer();
  });

  it('makes it absent for that agency, at once and everywhere, and takes its packets away', async () => {
    expect(await act(scene.amira, 'recallExhibit', { exhibitId: id, agencyId: scene.policeId, reason: 'It names a witness.' })).toEqual({ id: expect.any(String) });
    expect(await statusFor(scene.priya, id)).toBe(404);
    for (const path of ['sealed', 'preview']) expect((await scene.priya.fetch(`/evidence/${id}/${path}`)).status).toBe(404);
    expect(await scene.priya.ask('query ($id: ID!) { exhibit(id: $id) { id } }', { id })).toEqual({ exhibit: null });
    expect(await packets(id)).toEqual(['ashworth']);
    expect(await statusFor(scene.amira, id)).toBe(200);
  });

  it('lists for the originator who had seen and copied it, and says what page and chain promise', async () => {
    const { agencies, recalls: made } = await sharing(scene.amira, id);
    expect(agencies).toMatchObject([
      { agency: { code: 'ashworth' }, isOriginator: true, sees: true },
      { agency: { code: 'northmoor-police' }, sees: false, opensSince: null, clause: '4.1', seen: [{ person: 'Priya Shah', act: 'opened' }, { person: 'Priya Shah', act: 'copied' }] },
    ]);
    expect(made).toEqual([{ from: 'Northmoor Police', reason: 'It names a witness.', seen: [{ person: 'Priya Shah', act: 'opened' }, { person: 'Priya Shah', act: 'copied' }], copies: null, answer: null, answeredBy: null }]);
    const page = await new Reader(scene.amira).open(paths.exhibitSharing.to({ id: scene.workspaceId, exhibitId: id }));
    expect(page.main).toContain('cannot be unseen');
    expect(page.main).toContain('Priya Shah took a sealed copy');
    const { exhibit } = await scene.amira.ask<{ exhibit: { custody: { act: string; from: string | null; reason: string | null }[] } }>('query ($id: ID!) { exhibit(id: $id) { custody { act from reason } } }', { id });
    expect(exhibit.custody.at(-1)).toMatchObject({ act: 'opened' });
    expect(exhibit.custody).toContainEqual({ act: 'recalled', from: 'Northmoor Police', reason: 'It names a witness.' });
  });

  it('asks the agency what became of its copies, in its own words, once, on pages without script', async () => {
    const priya = new Reader(scene.priya);
    const work = await priya.open('/my-work');
    expect(work.main).toContain('Recalled from your agency');
    const address = work.link('AR/1 Kitchen film');
    const page = await priya.open(address);
    expect(page.main).toMatch(/It names a witness\..*Priya Shah took a sealed copy/s);
    const csrf = await priya.token();
    expect((await priya.send(address, { csrf, copies: '', answer: ' ' })).problems.map(({ field }) => field)).toEqual(['copies', 'answer']);
    expect((await priya.send(address, { csrf, copies: 'destroyed', answer: 'I deleted it from the laptop.' })).headers.get('location')).toBe('/my-work');
    expect((await priya.open('/my-work')).main).not.toContain('Recalled from your agency');
    const [recall] = await recalls(scene.priya);
    expect(await act(scene.priya, 'answerRecall', { id: recall?.id, copies: 'kept', answer: 'No.' })).toMatchObject({ code: 'conflict' });
    expect((await sharing(scene.amira, id)).recalls).toMatchObject([{ copies: 'destroyed', answer: 'I deleted it from the laptop.', answeredBy: 'Priya Shah' }]);
  });

  it('is nothing to be answered, or seen, by anybody else', async () => {
    const sam = await world.signIn('sam.stone');
    const [recall] = await recalls(scene.priya);
    expect(await recalls(sam)).toEqual([]);
    expect(await act(sam, 'answerRecall', { id: recall?.id, copies: 'none', answer: 'No.' })).toMatchObject({ code: 'not-found' });
    expect(await scene.priya.ask(SHARING, { id })).toEqual({ exhibitSharing: null });
  });

  it('is refused for an agency that does not have it, and for one that is in no such investigation, in words and on record', async () => {
    expect(await act(scene.amira, 'recallExhibit', { exhibitId: id, agencyId: scene.policeId, reason: 'Again' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('nothing to recall') as unknown });
    expect(await act(scene.amira, 'recallExhibit', { exhibitId: id, agencyId: id, reason: 'Again' })).toMatchObject({ code: 'invalid', faults: [{ field: 'input.agencyId' }] });
    const { rows } = await world.superuser.query(`SELECT outcome FROM ledger_entry WHERE verb = 'exhibit.recall' AND outcome = 'refused' AND subject_id = $1`, [id]);
    expect(rows).toHaveLength(2);
  });
});

describe('sharing an exhibit with one more agency', () => {
  it('gives it back to an agency it was recalled from: it opens, cites its clause, and the body is untouched', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    await act(scene.amira, 'recallExhibit', { exhibitId: id, agencyId: scene.policeId, reason: 'Too early' });
    expect(await act(scene.amira, 'shareExhibit', { exhibitId: id, agencyId: scene.policeId })).toEqual({ id });
    const read = await scene.priya.fetch(`/evidence/${id}/content`);
    expect(Buffer.from(await read.arrayBuffer()).equals(FILE)).toBe(true);
    expect(await packets(id)).toEqual(['ashworth', 'northmoor-police']);
    const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'exhibit.share' AND outcome = 'done' AND subject_id = $1`, [id]);
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ clause: '4.1', recipients: ['Northmoor Police'], details: { to: 'northmoor-police' } });
    expect(await act(scene.amira, 'shareExhibit', { exhibitId: id, agencyId: scene.policeId })).toMatchObject({ code: 'conflict', message: expect.stringContaining('has the exhibit already') as unknown });
  });

  it('never widens it for an agency whose agreement has lapsed, or whose key has: it says so, and nothing is shared', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    await act(scene.amira, 'recallExhibit', { exhibitId: id, agencyId: scene.policeId, reason: 'Too early' });
    const released = async (): Promise<unknown> => (await world.superuser.query<{ to: unknown }>('SELECT releasable_to AS to FROM item WHERE id = $1', [id])).rows[0]?.to;
    const before = await released();
    await world.superuser.query(`UPDATE agreement SET status = 'suspended'`);
    expect(await act(scene.amira, 'shareExhibit', { exhibitId: id, agencyId: scene.policeId })).toMatchObject({ code: 'conflict', message: expect.stringContaining('has lapsed') as unknown });
    expect([await released(), await packets(id)]).toEqual([before, ['ashworth']]);
    await world.superuser.query(`UPDATE agreement SET status = 'live'`);
    const old = await newKeyPair({ name: 'Old', passphrase: 'p', at: new Date(Date.now() - 600_000), lifeSeconds: 60, version: 4 });
    await world.superuser.query('UPDATE agency_key SET retired_at = now() WHERE agency_id = $1 AND retired_at IS NULL', [scene.policeId]);
    await world.superuser.query('INSERT INTO agency_key (fingerprint, agency_id, public_key, created_at) VALUES ($1, $2, $3, now())', [old.fingerprint, scene.policeId, Buffer.from(old.publicKey)]);
    expect(await act(scene.amira, 'shareExhibit', { exhibitId: id, agencyId: scene.policeId })).toMatchObject({ code: 'conflict', message: expect.stringContaining('expired or been revoked') as unknown });
    expect([await released(), await packets(id)]).toEqual([before, ['ashworth']]);
    await world.superuser.query('UPDATE agency_key SET retired_at = now() WHERE fingerprint = $1', [old.fingerprint]);
  });
});

describe('the database by itself', () => {
  it('lets only the originator take packets, and only others\'', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, FILE);
    const { rows: [council] } = await world.superuser.query<{ id: string }>(`SELECT id FROM agency WHERE code = 'ashworth'`);
    const asAgency = async (agency: string | undefined): Promise<number | null> => {
      await world.superuser.query('BEGIN; SET LOCAL ROLE concordat_app');
      await world.superuser.query(`SELECT set_config('concordat.person', gen_random_uuid()::text, true), set_config('concordat.agency', $1, true), set_config('concordat.roles', 'service-manager', true)`, [agency]);
      const { rowCount } = await world.superuser.query('DELETE FROM exhibit_packet WHERE item_id = $1', [id]);
      await world.superuser.query('ROLLBACK');
      return rowCount;
    };
    expect([await asAgency(council?.id), await asAgency(scene.policeId)]).toEqual([1, 0]);
  });
});
