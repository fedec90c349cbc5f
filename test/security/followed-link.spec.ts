import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, newFile, setTheScene, type Scene } from '../api/evidence-scene.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let scene: Scene;
let id: string;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  id = await deposit(scene.amira, scene.workspaceId, newFile(100));
}, 120_000);

afterAll(() => world.stop());

async function custody(): Promise<string[]> {
  const { rows } = await world.superuser.query<{ act: string }>('SELECT act FROM custody_event WHERE item_id = $1 ORDER BY seq', [id]);
  return rows.map(({ act }) => act);
}

/** What a browser says of where a link was followed. */
const from = (site: string): RequestInit => ({ headers: { 'sec-fetch-site': site } });

describe('a link of somebody else to a file', () => {
  it.each(['content', 'preview', 'sealed', 'sealed?form=outside', 'content?x=1', 'review'])(
    'writes no act into the chain of custody of whoever follows it: %s',
    async (path) => {
      for (const site of ['cross-site', 'same-site']) {
        const answer = await scene.priya.fetch(`/evidence/${id}/${path}`, from(site));
        expect(answer.status).toBe(403);
        expect(await answer.text()).toContain('did not come from a page of this portal');
      }
      expect(await custody()).toEqual(['deposited']);
    },
  );

  it('nor takes a document in her name, of which there would be an entry', async () => {
    const address = `/evidence/documents/${scene.workspaceId}/exhibits/csv`;
    const entries = async (): Promise<number> => (await world.superuser.query(`SELECT FROM ledger_entry WHERE verb = 'document.take'`)).rowCount ?? 0;
    expect((await scene.priya.fetch(address, from('cross-site'))).status).toBe(403);
    expect(await entries()).toBe(0);
    expect((await scene.priya.fetch(address, from('same-origin'))).status).toBe(200);
    expect(await entries()).toBe(1);
  });

  it('is followed to a page of the portal all the same: pages write no act of custody', async () => {
    const page = await scene.priya.fetch(`/investigations/${scene.workspaceId}/evidence/${id}`, from('cross-site'));
    expect(page.status).toBe(200);
    expect(await custody()).toEqual(['deposited']);
  });
});

describe('the portal itself', () => {
  it.each(['same-origin', 'none'])('hands the file out to a browser that says %s', async (site) => {
    const answer = await scene.priya.fetch(`/evidence/${id}/content`, from(site));
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 100]);
  });

  it('hands it out to a program that says nothing', async () => {
    expect((await scene.priya.fetch(`/evidence/${id}/sealed`)).status).toBe(200);
    expect((await custody()).at(-1)).toBe('copied');
  });
});
