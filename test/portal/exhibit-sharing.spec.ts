import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../src/portal/paths.js';
import { deposit, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { startWorld, type World } from '../builders/world.js';
import { Reader } from './reader.js';

let world: World;
let scene: Scene;
let amira: Reader;
let address: string;
let exhibit: string;
let content: string;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  amira = new Reader(scene.amira);
  const exhibitId = await deposit(scene.amira, scene.workspaceId, newFile(10), { title: 'Kitchen film' });
  address = paths.exhibitSharing.to({ id: scene.workspaceId, exhibitId });
  content = `/evidence/${exhibitId}/content`;
  exhibit = paths.exhibit.to({ id: scene.workspaceId, exhibitId });
}, 120_000);

afterAll(() => world.stop());

describe('the page of who has an exhibit, without script', () => {
  it('is led to from the exhibit by the agency it is from, and by no other', async () => {
    expect((await amira.open(exhibit)).link('Who has it: share or recall')).toBe(address);
    const partner = new Reader(scene.priya);
    expect((await partner.open(exhibit)).html).not.toContain(address);
    expect((await partner.open(address)).status).toBe(404);
  });

  it('says who has it and under which clause, and what recalling can and cannot do before it is done', async () => {
    const page = await amira.open(address);
    expect(page.main).toMatch(/Northmoor Police ISA-2026-01, clause 4\.1 Can open it since .* Nothing yet/);
    expect(page.main).toContain('What its people have seen cannot be unseen');
    expect(page.main).not.toContain('Share it with an agency');
  });

  it('says each mistake at the form it was made in, and loses nothing', async () => {
    const csrf = await amira.token();
    const sent = await amira.send(address, { csrf, step: 'recall', recallFrom: '', reason: '' });
    expect(sent.problems.map(({ field }) => field)).toEqual(['reason']);
    const nobody = await amira.send(address, { csrf, step: 'recall', recallFrom: '', reason: 'It names a witness' });
    expect(nobody.problems).toEqual([{ field: 'recallFrom', text: expect.stringContaining('Choose one of the agencies') }]);
    expect(nobody.html).toContain('It names a witness</textarea>');
  });

  it('recalls, shows the recall with what was seen, and shares again', async () => {
    const csrf = await amira.token();
    const recalled = await amira.send(address, { csrf, step: 'recall', recallFrom: scene.policeId, reason: 'It names a witness' });
    expect(recalled.headers.get('location')).toBe(address);
    const page = await amira.open(address);
    expect(page.main).toContain('None of its people had viewed, opened or copied it.');
    expect(page.main).toContain('It has not answered yet.');
    expect(page.main).toContain('Does not have it');
    const shared = await amira.send(address, { csrf, step: 'share', agencyId: scene.policeId });
    expect(shared.headers.get('location')).toBe(address);
    expect((await amira.open(address)).main).toContain('Can open it since');
    const again = await amira.send(address, { csrf, step: 'share', agencyId: scene.policeId });
    expect(again.problems).toEqual([{ field: '', text: 'This agency has the exhibit already.' }]);
  });
});

describe('the page that ends an agency\'s part, without script', () => {
  it('is led to from the members, says what it does and cannot do, wants a reason, and does it', async () => {
    const sharing = paths.sharing.to({ id: scene.workspaceId });
    const ending = paths.endMembership.to({ id: scene.workspaceId, agencyId: scene.policeId });
    expect((await scene.priya.fetch(content)).status).toBe(200);
    expect((await amira.open(sharing)).link('End the part of Northmoor Police')).toBe(ending);
    expect((await new Reader(scene.priya).open(sharing)).link('Leave the investigation')).toBe(ending);
    const page = await amira.open(ending);
    expect(page.main).toContain('At once nobody of Northmoor Police finds the investigation');
    expect(page.main).toContain('What people have read cannot be unread');
    expect(page.main).toMatch(/Kitchen film ?Priya Shah opened it as a file/);
    expect((await new Reader(scene.priya).open(ending)).main).toContain('Leave this investigation?');
    const csrf = await amira.token();
    expect((await amira.send(ending, { csrf, reason: ' ' })).problems.map(({ field }) => field)).toEqual(['reason']);
    const done = await amira.send(ending, { csrf, reason: 'The police part is over' });
    expect(done.headers.get('location')).toBe(sharing);
    expect((await amira.open(sharing)).main).toMatch(/Northmoor Police.*ended by Amira Rahman, Ashworth Borough Council ?The police part is over/);
    for (const address_ of [sharing, ending]) expect((await new Reader(scene.priya).open(address_)).status).toBe(404);
    expect((await amira.open(ending)).status).toBe(404);
  });
});
