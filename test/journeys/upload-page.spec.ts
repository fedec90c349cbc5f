import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { deposit, newFile, patch, setTheScene, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import { openBrowser } from '../builders/browser.js';
import { startWorld, type World } from '../builders/world.js';
import { PortalVisitor } from './portal-visitor.js';

let world: World;
let scene: Scene;
let browser: Browser;
let amira: PortalVisitor;
const file = newFile(100);

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openBrowser()]);
  scene = await setTheScene(world);
  amira = await visitor(scene.amira.cookie);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await world.stop();
});

describe('the page of an upload', () => {
  it('takes the file while there is time', async () => {
    await show(amira, await ticketFor(scene.amira, scene.workspaceId, file));
    expect(await amira.page.getByLabel('File').count()).toBe(1);
  });

  it('says when its time ran out, takes no file any more, and leads to where a new one is asked for', async () => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await world.superuser.query(`UPDATE upload_ticket SET expires_at = '2026-03-04T05:06:00Z' WHERE id = $1`, [ticket.id]);
    await show(amira, ticket);
    expect(await amira.heading()).toBe('The time for this upload has run out');
    const text = await amira.page.innerText('main');
    expect(text).toContain(`The file of ${ticket.reference} had to be complete by 4 March 2026 at 5:06am.`);
    expect(await amira.page.locator('form[data-upload-ticket], input[type="file"]').count()).toBe(0);
    expect(await amira.page.title()).toContain('The upload has expired');
    expect(await amira.accessibilityFaults()).toEqual([]);
    await amira.page.getByRole('button', { name: 'Start again' }).click();
    await amira.page.waitForURL(`${world.baseUrl}/investigations/${scene.workspaceId}/evidence/new`);
  }, 60_000);

  it('says of one that was used where the exhibit is, takes no other file, and leads to where a new one is asked for', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, file);
    await show(amira, await ticketOf(id));
    const text = await amira.page.innerText('main');
    expect(text).toMatch(/AR\/\d+ is deposited/);
    expect(await amira.page.getByRole('link', { name: /^See exhibit AR\/\d+$/ }).getAttribute('href')).toBe(`/investigations/${scene.workspaceId}/evidence/${id}`);
    expect(await amira.page.locator('form[data-upload-ticket], input[type="file"]').count()).toBe(0);
    expect(await amira.page.getByRole('link', { name: 'Deposit another exhibit' }).getAttribute('href')).toBe(`/investigations/${scene.workspaceId}/evidence/new`);
    expect(await amira.accessibilityFaults()).toEqual([]);
  }, 60_000);

  it('does not say where an exhibit is that its reader may not see any more', async () => {
    const id = await deposit(scene.priya, scene.workspaceId, file);
    const ticket = await ticketOf(id);
    await moveAway(id);
    const priya = await visitor(scene.priya.cookie);
    await show(priya, ticket);
    expect(await priya.heading()).toBe(`${ticket.reference} is deposited`);
    expect(await priya.everything()).not.toContain(id);
    expect(await priya.page.innerText('main')).toContain('You can no longer see the exhibit');
  }, 60_000);

  it('says of one whose file was another that it failed, and takes no file any more', async () => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file, { sha256: 'a'.repeat(64) });
    expect((await patch(scene.amira, ticket, 0, file)).status).toBe(422);
    await show(amira, ticket);
    expect(await amira.heading()).toBe('The upload failed');
    expect(await amira.page.locator('input[type="file"]').count()).toBe(0);
  }, 60_000);
});

/** An item stays with its originator; the hand behind the application's back moves it all the same. */
async function moveAway(id: string): Promise<void> {
  await world.superuser.query('BEGIN');
  await world.superuser.query('SET LOCAL session_replication_role = replica');
  await world.superuser.query(
    `UPDATE item SET releasable_to = '{}', originator_agency_id = w.lead_agency_id FROM workspace w WHERE w.id = workspace_id AND item.id = $1`,
    [id],
  );
  await world.superuser.query('COMMIT');
}

async function visitor(cookie = ''): Promise<PortalVisitor> {
  const opened = await PortalVisitor.open(browser, world.baseUrl);
  const [name = '', value = ''] = cookie.split('=');
  await opened.context.addCookies([{ name, value, url: world.baseUrl }]);
  return opened;
}

async function show(who: PortalVisitor, { id }: Pick<Ticket, 'id'>): Promise<void> {
  await who.go(`/investigations/${scene.workspaceId}/evidence/uploads/${id}`);
}

async function ticketOf(exhibitId: string): Promise<Pick<Ticket, 'id' | 'reference'>> {
  const { rows } = await world.superuser.query<Pick<Ticket, 'id' | 'reference'>>('SELECT id, reference FROM upload_ticket WHERE item_id = $1', [exhibitId]);
  const [ticket] = rows;
  if (!ticket) throw new Error('An exhibit came of no ticket.');
  return ticket;
}
