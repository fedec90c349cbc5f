import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ticketFor } from '../api/evidence-scene.js';
import { openBrowser } from '../builders/browser.js';
import { openCase, perform, OFFICIAL_SENSITIVE } from '../builders/case.js';
import { Visitor } from '../builders/visitor.js';
import { PortalVisitor } from '../journeys/portal-visitor.js';
import { projectFolder } from '../../src/platform/config/index.js';
import { liveDocument } from '../../src/portal/documents/live.js';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

const MINUTE = 60_000;
const LONG = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(3);

let at: PortalCase;
let browser: Browser;
let opened: PortalVisitor[] = [];

beforeAll(async () => {
  [at, browser] = [await openPortalCase(), await openBrowser()];
}, 180_000);

afterEach(async () => {
  for (const visitor of opened.splice(0)) await visitor.close();
  opened = [];
});

afterAll(async () => {
  await browser.close();
  await at.stop();
});

/** A browser of this person, signed in with a session of its own. */
async function inFrontOf(userName: string, options: { script?: boolean; width?: number } = {}): Promise<Page> {
  const visitor = await PortalVisitor.open(browser, at.world.baseUrl, options);
  opened.push(visitor);
  const { cookie = '' } = await at.world.signInAgain(userName);
  const [name = '', value = ''] = cookie.split('=');
  await visitor.context.addCookies([{ name, value, url: at.world.baseUrl }]);
  return visitor.page;
}

const go = (page: Page, path: string): Promise<unknown> => page.goto(`${at.world.baseUrl}${path}`);

describe('the end of a session', () => {
  it('is announced five minutes before, put off by a click, and by another tab, and comes when nobody is there', async () => {
    const page = await inFrontOf('amira.rahman');
    await page.clock.install();
    await go(page, '/my-work');
    const dialog = page.locator('dialog[data-session-dialog]');
    await page.clock.fastForward(24 * MINUTE);
    expect(await dialog.isVisible()).toBe(false);
    await page.clock.fastForward(1.5 * MINUTE);
    await dialog.waitFor({ state: 'visible' });
    expect(await dialog.innerText()).toContain('you will be signed out in 5 minutes');
    await page.clock.fastForward(MINUTE);
    expect(await dialog.innerText()).toContain('you will be signed out in 4 minutes');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.clock.fastForward(26 * MINUTE);
    await dialog.waitFor({ state: 'visible' });
    const other = await page.context().newPage();
    await go(other, '/alerts');
    await dialog.waitFor({ state: 'hidden' });
    await other.close();
    await page.clock.fastForward(31 * MINUTE);
    await page.waitForURL('**/session-ended');
  });

  it('reaches an open page at once when the session ends elsewhere', async () => {
    const page = await inFrontOf('owen.hart');
    await Promise.all([page.waitForResponse('**/graphql/stream'), go(page, '/my-work')]);
    const [cookie] = await page.context().cookies();
    const elsewhere = new Visitor(at.world.baseUrl, `${cookie?.name ?? ''}=${cookie?.value ?? ''}`);
    const csrf = await page.locator('form[action="/sign-out"] input[name="csrf"]').inputValue();
    await elsewhere.fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf }) });
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  });
});

describe('the choice of who may see something', () => {
  it('shows the agencies only with the choice that needs them, and sends none that cannot be seen', async () => {
    const page = await inFrontOf('amira.rahman');
    await go(page, paths.newNote.to({ id: at.id }));
    const police = page.getByLabel('Northmoor Police', { exact: true });
    expect(await police.isVisible()).toBe(false);
    expect(await police.isDisabled()).toBe(true);
    await page.getByLabel('Only the agencies I choose').check();
    await police.check();
    await page.getByLabel('Every agency in this investigation').check();
    expect([await police.isVisible(), await police.isDisabled()]).toEqual([false, true]);
  });

  it('is all there without script', async () => {
    const page = await inFrontOf('amira.rahman', { script: false });
    await go(page, paths.newNote.to({ id: at.id }));
    expect(await page.getByLabel('Northmoor Police', { exact: true }).isEnabled()).toBe(true);
  });
});

describe('an upload', () => {
  const file = (name: string, bytes: number): { name: string; mimeType: string; buffer: Buffer } => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'x') });

  it('goes on from where it stopped after a lost connection, and says so', async () => {
    const page = await inFrontOf('amira.rahman');
    await go(page, paths.newExhibit.to({ id: at.id }));
    let lost = 0;
    await page.route('**/evidence/uploads/**', async (route) => {
      if (route.request().method() !== 'PATCH' || lost > 0) return route.continue();
      lost += 1;
      return route.abort('connectionreset');
    });
    const said: string[] = [];
    await page.exposeFunction('hear', (text: string) => void said.push(text));
    await page.evaluate(`new MutationObserver(() => window.hear(document.querySelector('[data-upload-status]').textContent + ' ' + document.querySelector('[data-upload-percent]').textContent))
      .observe(document.querySelector('[data-upload-progress]'), { subtree: true, childList: true, characterData: true })`);
    await page.getByLabel('Title').fill('Picture of the door');
    await page.getByLabel('File').setInputFiles(file('door.txt', 300_000));
    await page.getByRole('button', { name: 'Deposit the exhibit' }).click();
    await page.getByRole('heading', { name: /is deposited/ }).waitFor();
    expect(lost).toBe(1);
    expect(said.join('\n')).toContain('The connection was lost. Trying again from where it stopped.');
    // Whole only once the server has said that it is sealed and stored.
    expect(said.filter((text) => text.includes('100%')).every((text) => text.startsWith('Deposited.') || text.startsWith('Everything is sent.'))).toBe(true);
  });

  it('keeps the chosen file when the form is wrong, and leads to what is', async () => {
    const page = await inFrontOf('amira.rahman');
    await go(page, paths.newExhibit.to({ id: at.id }));
    await page.getByLabel('File').setInputFiles(file('kept.txt', 10));
    await page.getByRole('button', { name: 'Deposit the exhibit' }).click();
    await page.getByRole('link', { name: 'Enter a title' }).waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.evaluate('document.activeElement.className')).toContain('govuk-error-summary');
    expect(await page.evaluate('document.querySelector("input[type=file]").files[0].name')).toBe('kept.txt');
    await page.getByLabel('Title').fill('Now with a title');
    await page.getByRole('button', { name: 'Deposit the exhibit' }).click();
    await page.getByRole('heading', { name: /is deposited/ }).waitFor();
  });

  it('takes no other file than the one it began with', async () => {
    const page = await inFrontOf('amira.rahman');
    const amira = await at.world.signIn('amira.rahman');
    const ticket = await ticketFor(amira, at.id, Buffer.alloc(100));
    await go(page, paths.upload.to({ id: at.id, ticketId: ticket.id }));
    await page.locator('input[type="file"]').setInputFiles(file('another.txt', 99));
    await page.getByRole('button', { name: 'Upload and deposit' }).click();
    await page.getByText('This is not the file the upload began with').waitFor();
    const { rows } = await at.world.superuser.query<{ state: string }>('SELECT state FROM upload_ticket WHERE id = $1', [ticket.id]);
    expect(rows[0]?.state).not.toBe('deposited');
  });
});

describe('what a page looks like', () => {
  it('never wider than a telephone, whatever people and businesses are called', async () => {
    const amira = await at.world.signIn('amira.rahman');
    const { id } = await openCase(amira, ['northmoor-police'], { title: LONG.slice(0, 110), business: { name: LONG.slice(0, 110), address: LONG, postcode: 'AS1 1AA' } });
    await perform(amira, 'addNote', { workspaceId: id, title: LONG.slice(0, 110), body: `https://example.org/${LONG}`, marking: { ...OFFICIAL_SENSITIVE, descriptors: ['COMMERCIAL', 'LEGAL'] } });
    const page = await inFrontOf('amira.rahman', { width: 390 });
    const tooWide: string[] = [];
    for (const path of ['/my-work', '/investigations', '/alerts', `/search?text=${LONG.slice(0, 60)}`, ...Object.values(['overview', 'record', 'evidence', 'timeline', 'sharing', 'accessLog', 'newNote', 'newFinding', 'newRecord', 'newExhibit', 'invite'] as const).map((name) => paths[name].to({ id }))]) {
      await go(page, path);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 390) tooWide.push(`${path} ${width}`);
    }
    expect(tooWide).toEqual([]);
  });

  it('on paper without addresses and buttons, and with a name that can be read', async () => {
    const page = await inFrontOf('amira.rahman');
    await page.emulateMedia({ media: 'print' });
    await go(page, paths.overview.to({ id: at.id }));
    const shown = await page.evaluate<string[]>(`[...document.querySelectorAll('a')].map((link) => getComputedStyle(link, '::after').content).filter((content) => content.includes('/'))`);
    expect(shown).toEqual([]);
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".app-header")).backgroundColor')).toBe('rgba(0, 0, 0, 0)');
    expect(await page.locator('[data-marking]').count()).toBe(2);
  });
});

describe('the live page', () => {
  it('asks by the very text the portal vouches for, or production would not answer it', () => {
    const source = readFileSync(join(projectFolder(), 'src', 'portal', 'islands', 'portal', 'live.ts'), 'utf8');
    const [, text = ''] = /const LIVE = `([^`]+)`/.exec(source) ?? [];
    expect(text).toBe(liveDocument.text.trim());
  });
});
