import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.js';
import { hashOf, PortalVisitor } from './portal-visitor.js';
import { startProduct, type RunningProduct } from './running-product.js';

const MEBIBYTE = 1024 * 1024;
const VIDEO_BYTES = 200 * MEBIBYTE;
const NOTE = 'Cellar door watched overnight';
const FINDING = 'Unannounced inspection of the kitchen';
const CASE_WORDS = ['Golden Ladle', 'Rat droppings', 'kitchen', 'Harbour Street', 'hygiene'];

/** A file nobody can compress or guess, as long as the video. */
function makeVideo(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'concordat-video-')), 'kitchen.mp4');
  const file = openSync(path, 'w');
  const block = randomBytes(MEBIBYTE);
  for (let written = 0; written < VIDEO_BYTES; written += block.length) {
    block.writeUInt32LE(written, 0);
    writeSync(file, block);
  }
  closeSync(file);
  return path;
}

interface Message {
  readonly to: readonly string[];
}

/**
 * The main job, as a new user would try it, in a real browser against what `npm start` runs. The steps build on each
 * other, as the work of the agencies does.
 */
describe('the main job', () => {
  let failed: string | undefined;

  /** One step. The steps build on each other, so after a failure the rest only says which step failed. */
  function step(name: string, act: () => Promise<void>, limitMs: number): void {
    it(name, async () => {
      if (failed !== undefined) throw new Error(`Not tried, because this failed: ${failed}`);
      failed = name;
      await act();
      failed = undefined;
    }, limitMs);
  }

  let product: RunningProduct;
  let browser: Browser;
  let officer: PortalVisitor;
  let police: PortalVisitor;
  let fire: PortalVisitor;
  let auditor: PortalVisitor;
  let stranger: PortalVisitor;
  let video = '';
  let workspacePath = '';
  let exhibitPath = '';

  beforeAll(async () => {
    video = makeVideo();
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    [officer, police, fire, auditor, stranger] = await Promise.all([1, 2, 3, 4, 5].map(() => PortalVisitor.open(browser, product.baseUrl))) as [PortalVisitor, PortalVisitor, PortalVisitor, PortalVisitor, PortalVisitor];
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  it('starts with an address and a table of people, each with agency, role and what to try', () => {
    expect(product.greeting()).toContain(product.baseUrl);
    for (const name of ['amira.rahman', 'priya.shah', 'frank.moss', 'sam.stone', 'alex.ward']) expect(product.greeting()).toContain(name);
    expect(product.greeting()).toContain('Northmoor Police');
  });

  step('1. the officer signs in at her own council and lands on My work', async () => {
    const provider = await officer.signIn('amira.rahman');
    expect(provider).not.toBe(product.baseUrl);
    expect(await officer.heading()).toBe('My work');
    expect(await officer.page.innerText('header')).toContain('Ashworth Borough Council');
  }, 60_000);

  step('2. she opens an investigation marked OFFICIAL-SENSITIVE', async () => {
    const { page } = officer;
    await page.getByRole('button', { name: 'Open an investigation' }).click();
    await page.getByLabel('Title').fill('Suspected outbreak at the Golden Ladle');
    await page.getByLabel('Name of the business').fill('The Golden Ladle');
    await page.getByLabel('Address').fill('12 Harbour Street, Ashworth');
    await page.getByLabel('Postcode').fill('AS1 2HB');
    await page.getByLabel('What is being investigated?').fill('Two customers fell ill after eating here.');
    await page.getByLabel('Protecting the public from unsafe food premises').check();
    await page.getByLabel('OFFICIAL-SENSITIVE').check();
    await page.getByRole('button', { name: 'Open the investigation' }).click();
    await page.waitForURL(/\/investigations\/[0-9a-f-]{36}$/);
    workspacePath = new URL(page.url()).pathname;
    expect(await page.locator('[data-marking]').allInnerTexts()).toEqual([
      expect.stringContaining('OFFICIAL-SENSITIVE'),
      expect.stringContaining('OFFICIAL-SENSITIVE'),
    ]);
  }, 60_000);

  for (const agency of ['Northmoor Police', 'Northmoor Fire and Rescue Service']) step(`2. she invites ${agency}, told before the act who gains sight of what`, async () => {
    const { page } = officer;
    await officer.go(`${workspacePath}/sharing`);
    await page.getByRole('button', { name: 'Invite an agency' }).click();
    await page.getByLabel(agency).check();
    await page.getByLabel(/4\.1 /).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await officer.heading()).toBe(`Share with ${agency}?`);
    const promise = await page.innerText('main');
    expect(promise).toContain('4.1');
    expect(promise).toContain('ISA-2026-01');
    await page.getByRole('button', { name: `Share with ${agency}` }).click();
    await page.waitForURL(new RegExp(`${workspacePath}/sharing$`));
    expect(await page.innerText('table')).toContain(agency);
  }, 60_000);

  step('2. she uploads a 200 MB video as exhibit AR/1 and watches the percentage grow', async () => {
    const { page } = officer;
    await officer.go(`${workspacePath}/evidence/new`);
    await page.getByLabel('Title').fill('Video of the kitchen');
    await page.getByLabel('Description').fill('Filmed on the council telephone during the inspection.');
    await page.getByLabel('File').setInputFiles(video);
    const percent = page.locator('[data-upload-percent]');
    await page.getByRole('button', { name: 'Deposit the exhibit' }).click();
    await page.locator('[data-upload-percent]', { hasText: /^[1-9]\d?%$/ }).waitFor({ timeout: 60_000 });
    expect(await percent.isVisible()).toBe(true);
    await page.getByRole('heading', { name: 'AR/1 is deposited' }).waitFor({ timeout: 120_000 });
    await page.getByRole('link', { name: 'See exhibit AR/1' }).click();
    await page.waitForURL(new RegExp(`${workspacePath}/evidence/[0-9a-f-]{36}$`));
    exhibitPath = new URL(page.url()).pathname;
    const text = await page.innerText('main');
    expect(text).toContain('AR/1');
    expect(text).toContain(await hashOf(video));
  }, 240_000);

  step('3. she records a breach, and without another click police and fire have the alert live and by e-mail', async () => {
    await Promise.all([police.signIn('priya.shah'), fire.signIn('frank.moss')]);
    for (const duty of [police, fire]) {
      await duty.go('/alerts');
      expect(await duty.page.innerText('main')).toContain('No alert here');
      await duty.page.evaluate('window.sameDocument = true');
    }
    const { page } = officer;
    await officer.go(`${workspacePath}/findings/new`);
    await page.getByLabel('Title').fill(FINDING);
    const today = new Date();
    await page.locator('input[name="inspectedOn.day"]').fill(String(today.getUTCDate()));
    await page.locator('input[name="inspectedOn.month"]').fill(String(today.getUTCMonth() + 1));
    await page.locator('input[name="inspectedOn.year"]').fill(String(today.getUTCFullYear()));
    await page.locator('input[name="hygiene"][value="25"]').check();
    await page.locator('input[name="structure"][value="20"]').check();
    await page.locator('input[name="confidence"][value="20"]').check();
    await page.locator('input[name="imminentRisk"][value="yes"]').check();
    await page.getByLabel('What was found?').fill('Rat droppings in the kitchen and no hot water.');
    await page.getByRole('button', { name: 'Record the finding' }).click();
    await page.waitForURL(/\/record/);
    for (const duty of [police, fire]) {
      await duty.page.getByRole('link', { name: new RegExp(FINDING) }).or(duty.page.getByText(FINDING)).first().waitFor({ timeout: 20_000 });
      expect(await duty.page.evaluate('window.sameDocument')).toBe(true);
      expect(await duty.page.locator('[data-alert-count]').innerText()).toBe('1');
    }
  }, 120_000);

  step('3. the e-mail says nothing of the case: a reference, the urgency, a deadline and a link', async () => {
    const messages = await untilSent(product.mailboxUrl, ['duty@police.northmoor.example', 'duty@fire.northmoor.example']);
    const text = JSON.stringify(messages);
    expect(text).toContain(`${product.baseUrl}/alerts/`);
    for (const word of [...CASE_WORDS, 'Amira', 'ASH-20', 'Ashworth', NOTE]) expect(text.toLowerCase()).not.toContain(word.toLowerCase());
  }, 60_000);

  step('4. the police officer acknowledges, and sees the shared record', async () => {
    const { page } = police;
    await page.locator('[data-live-region="alerts"] a').first().click();
    await page.getByRole('button', { name: 'Acknowledge this alert' }).click();
    await page.getByText(/Priya Shah/).first().waitFor();
    await police.go(`${workspacePath}/record`);
    expect(await page.innerText('main')).toContain('Rat droppings');
  }, 60_000);

  step('4. she opens the exhibit and gets the very bytes', async () => {
    await police.go(exhibitPath);
    const [download] = await Promise.all([police.page.waitForEvent('download', { timeout: 120_000 }), police.page.getByRole('button', { name: /Open the exhibit/ }).click()]);
    expect(await hashOf(await download.path())).toBe(await hashOf(video));
  }, 180_000);

  step('4. she adds a note for police and council only', async () => {
    const { page } = police;
    await police.go(`${workspacePath}/notes/new`);
    await page.getByLabel('Title').fill(NOTE);
    await page.getByLabel('Note').fill('An officer sits opposite until Friday.');
    await page.getByLabel('Only the agencies I choose').check();
    await page.getByLabel('Ashworth Borough Council').check();
    await page.getByRole('button', { name: 'Save the note' }).click();
    await page.waitForURL(/\/record/);
    expect(await page.innerText('main')).toContain(NOTE);
    await officer.go(`${workspacePath}/record`);
    expect(await officer.page.innerText('main')).toContain(NOTE);
  }, 60_000);

  step('5. the fire officer sees neither the note nor any trace of it', async () => {
    for (const path of ['', '/record', '/evidence', '/timeline', '/sharing', '/access-log']) {
      await fire.go(`${workspacePath}${path}`);
      const everything = await fire.everything();
      expect(everything).toContain('Golden Ladle');
      expect(everything).not.toContain(NOTE);
      expect(everything).not.toContain('opposite until Friday');
    }
    await fire.go(workspacePath);
    expect(await fire.page.locator('.app-counts').innerText()).toMatch(/Notes\s*0/);
    for (const path of [`/search?text=${encodeURIComponent('Cellar')}`, '/alerts', '/my-work']) {
      await fire.go(path);
      expect(await fire.everything()).not.toContain(NOTE);
    }
  }, 60_000);

  step('6. a stranger finds nothing, and forbidden and absent are the same answer', async () => {
    await stranger.signIn('sam.stone');
    for (const path of ['/my-work', '/investigations?tab=all', '/alerts', '/search?text=Ladle']) {
      await stranger.go(path);
      for (const word of ['Golden Ladle', 'Harbour Street', 'Rat droppings']) expect(await stranger.everything()).not.toContain(word);
    }
    const absent = workspacePath.replace(/[0-9a-f-]{36}/, randomUUID());
    for (const suffix of ['', '/record', '/evidence', '/timeline', '/sharing', '/access-log', '/notes/new']) {
      const [forbidden, missing] = await Promise.all([workspacePath, absent].map((path) => stranger.context.request.get(`${product.baseUrl}${path}${suffix}`)));
      expect(forbidden?.status()).toBe(404);
      expect(missing?.status()).toBe(404);
      expect(await forbidden?.text()).toBe(await missing?.text());
    }
  }, 60_000);

  step('7. the auditor sees who did and read what, from where and on what ground, and can filter it', async () => {
    await auditor.signIn('alex.ward');
    const { page } = auditor;
    await auditor.go('/audit?person=Priya');
    await page.getByLabel('Reason').fill('A complaint about reads by partners');
    await page.getByRole('button', { name: 'State the reason' }).click();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    const rows = await page.locator('.app-entries').innerText();
    expect(rows).toContain('Priya Shah');
    expect(rows).toContain('Northmoor Police');
    expect(rows).not.toContain('Amira Rahman');
    for (const verb of ['workspace.open', 'member.invite', 'exhibit.deposit', 'finding.record', 'alert.raise', 'alert.acknowledge', 'exhibit.open', 'note.add', 'session.sign-in', 'workspace.read']) {
      await auditor.go(`/audit?verb=${verb}`);
      expect({ verb, rows: await page.locator('.app-entries tbody tr').count() }).toEqual({ verb, rows: expect.any(Number) });
      expect(await page.locator('.app-entries tbody tr').count()).toBeGreaterThan(0);
    }
    await auditor.go('/audit?verb=exhibit.open&person=Priya');
    await page.locator('.app-entries tbody a').first().click();
    const entry = await page.innerText('main');
    for (const fact of ['Priya Shah', 'Northmoor Police', '4.1', 'Protecting the public from unsafe food premises']) expect(entry).toContain(fact);
    expect(await auditor.everything()).not.toContain('Rat droppings');
  }, 60_000);

  step('7. the check says whole; after a superuser alters one row the same check names the entry', async () => {
    const { page } = auditor;
    await auditor.go('/audit/ledger');
    await page.getByRole('button', { name: 'Check the ledger now' }).click();
    await page.getByText('The ledger is whole').waitFor();
    const altered = await alterOneEntry(product.superuserUrl());
    await auditor.go('/audit/ledger');
    await page.getByRole('button', { name: 'Check the ledger now' }).click();
    await page.getByText('The ledger is not whole').waitFor();
    expect(await page.innerText('main')).toContain(altered);
  }, 60_000);

  step('the browser had nothing to complain of on the way, and axe finds nothing', async () => {
    const faults: string[] = [];
    for (const [visitor, pages] of [
      [officer, ['/my-work', '/investigations', '/investigations/new', workspacePath, `${workspacePath}/record`, `${workspacePath}/evidence`, exhibitPath, `${workspacePath}/timeline`, `${workspacePath}/sharing`, `${workspacePath}/access-log`, `${workspacePath}/findings/new`, `${workspacePath}/notes/new`, `${workspacePath}/evidence/new`, '/search?text=Ladle']],
      [police, ['/alerts?state=all', '/my-work']],
      [auditor, ['/audit', '/audit/ledger']],
      [stranger, ['/investigations/none']],
    ] as const) {
      for (const path of pages) {
        await visitor.go(path);
        faults.push(...(await visitor.accessibilityFaults()));
      }
    }
    expect(faults).toEqual([]);
    for (const visitor of [officer, police, fire, auditor]) expect(visitor.complaints).toEqual([]);
  }, 180_000);
});

async function untilSent(mailboxUrl: string, recipients: readonly string[]): Promise<readonly Message[]> {
  const limit = Date.now() + 30_000;
  let messages: readonly Message[] = [];
  while (Date.now() < limit) {
    messages = (await (await fetch(`${mailboxUrl}/messages.json`)).json()) as readonly Message[];
    const theirs = messages.filter(({ to }) => to.some((address) => recipients.includes(address)));
    if (recipients.every((address) => theirs.some(({ to }) => to.includes(address)))) return theirs;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Only ${messages.length} messages arrived`);
}

/** What nobody but the owner of the machine could do: triggers off, one word of one entry changed. Answers the entry's id. */
async function alterOneEntry(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica`);
    const { rows } = await client.query<{ id: string }>(
      `UPDATE ledger_entry SET body = replace(body, 'Priya Shah', 'Nobody Else') WHERE id =
         (SELECT id FROM ledger_entry WHERE verb = 'exhibit.open' AND body LIKE '%Priya Shah%' ORDER BY at LIMIT 1) RETURNING id`,
    );
    const [altered] = rows;
    if (!altered) throw new Error('There was no entry to alter');
    return altered.id;
  } finally {
    await client.end();
  }
}
