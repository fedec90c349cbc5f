import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { newKeyPair } from '../../libs/envelope/index.js';
import { paths } from '../../src/portal/paths.js';
import { deposit, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { startWorld, type World } from '../builders/world.js';
import { Reader } from './reader.js';
import type { Sheet } from './sheet.js';

const ADDRESS = paths.keys.to({});

let world: World;
let scene: Scene;
let gwen: Reader;
let dan: Reader;
let armoured: string;
let fingerprint: string;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  await deposit(scene.amira, scene.workspaceId, newFile(10));
  [gwen, dan] = [new Reader(await world.signIn('gwen.price')), new Reader(await world.signIn('dan.cole'))];
  const pair = await newKeyPair({ name: 'Ashworth exhibits', passphrase: 'p', at: new Date(Date.now() - 60_000), lifeSeconds: 0, version: 4 });
  armoured = (await openpgp.readKey({ binaryKey: pair.publicKey })).armor();
  fingerprint = (pair.fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ');
}, 120_000);

afterAll(() => world.stop());

/** Sends one of the forms of the page as it stands. */
async function step(reader: Reader, name: string, filled: Readonly<Record<string, string>>): Promise<Sheet> {
  return reader.send(ADDRESS, { csrf: await reader.token(), step: name, ...filled });
}

async function waitingId(): Promise<string> {
  const { rows } = await world.superuser.query<{ id: string }>(`SELECT id FROM key_change WHERE state = 'waiting'`);
  return rows[0]?.id ?? '';
}

describe('the page of keys, without script', () => {
  it('shows an agency its own keys, who holds them and since when, and stands in the navigation of who handles them', async () => {
    const page = await gwen.open(ADDRESS);
    expect([page.status, page.headings[0]]).toEqual([200, 'Keys']);
    expect(page.main).toContain('Held by the portal');
    expect(page.main).toContain('Does not expire');
    expect((await gwen.open('/my-work')).html).toContain(`href="${ADDRESS}"`);
    expect((await new Reader(scene.amira).open('/my-work')).html).not.toContain(`href="${ADDRESS}"`);
  });

  it('says each mistake beside its field, and keeps what was typed', async () => {
    const nothing = await step(gwen, 'propose', { change: '', publicKey: '', fingerprint: '', reason: '' });
    expect(nothing.problems.map(({ field }) => field)).toEqual(['change', 'reason']);
    const rubbish = await step(gwen, 'propose', { change: 'register', publicKey: 'not a key', fingerprint: '', reason: 'Our own module' });
    expect(rubbish.problems).toEqual([{ field: 'publicKey', text: expect.stringContaining('not an OpenPGP key') }]);
    expect(rubbish.html).toContain('not a key</textarea>');
    expect(rubbish.html).toContain('Our own module</textarea>');
    const none = await step(gwen, 'propose', { change: 'revoke', publicKey: '', fingerprint: '', reason: 'Lost' });
    expect(none.problems).toEqual([{ field: 'fingerprint', text: expect.stringContaining('Choose one of your agency') }]);
  });

  it('takes a change from who proposes it to who approves it, with the fingerprint to compare', async () => {
    const sent = await step(gwen, 'propose', { change: 'register', publicKey: armoured, fingerprint: '', reason: 'Our own module' });
    expect(sent.headers.get('location')).toBe(ADDRESS);
    const hers = await gwen.open(ADDRESS);
    expect(hers.main).toContain('Waits for a second person: Register our own key');
    expect(hers.main).toContain(fingerprint);
    expect(hers.html).not.toContain('value="approve"');
    expect(hers.html).toContain('value="withdraw"');
    const his = await dan.open(ADDRESS);
    expect(his.html).toContain('value="approve"');
    expect(his.main).toContain('Compare the fingerprint');
    expect((await step(dan, 'approve', { id: await waitingId() })).headers.get('location')).toBe(ADDRESS);
    const after = await dan.open(ADDRESS);
    expect(after.main).toContain('Held by the agency; the portal cannot open what is sealed to it');
    expect(after.main).toMatch(/Our own module Proposed by Gwen Price, .*Approved by Dan Cole/);
  });

  it('tells the agency’s people on the exhibit’s page that only they can open it, and offers the sealed copy', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10));
    const page = await new Reader(scene.amira).open(paths.exhibit.to({ id: scene.workspaceId, exhibitId: id }));
    expect(page.main).toContain('The portal cannot open this exhibit for you or show it');
    expect(page.html).toContain(`/evidence/${id}/sealed`);
    expect(page.html).not.toContain(`/evidence/${id}/content`);
    const view = await new Reader(scene.amira).open(paths.viewExhibit.to({ id: scene.workspaceId, exhibitId: id }));
    expect(view.html).not.toContain(`/evidence/${id}/preview`);
  });

  it('takes a change back, and says so when somebody settled it meanwhile', async () => {
    await step(dan, 'propose', { change: 'renew', publicKey: '', fingerprint: '', reason: 'A new year' });
    const id = await waitingId();
    expect((await step(gwen, 'withdraw', { id })).headers.get('location')).toBe(ADDRESS);
    expect((await gwen.open(ADDRESS)).main).toContain('Withdrawn by Gwen Price');
    const late = await step(gwen, 'approve', { id });
    expect(late.problems).toEqual([{ field: '', text: 'This change was approved or withdrawn meanwhile.' }]);
  });

  it('shows an auditor every agency’s, and lets her change nothing', async () => {
    const page = await new Reader(await world.signIn('alex.ward')).open(ADDRESS);
    expect(page.main).toContain('The keys every agency receives evidence under.');
    expect(page.main).toContain('Northmoor Police');
    expect(page.main).not.toContain('Propose a change');
  });
});
