import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { stateReason } from '../builders/auditor.js';
import { openBrowser } from '../builders/browser.js';
import { PortalVisitor } from '../journeys/portal-visitor.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

jest.setTimeout(120_000);

let at: PortalCase;
let browser: Browser;
const opened: PortalVisitor[] = [];

beforeAll(async () => {
  [at, browser] = [await openPortalCase(), await openBrowser()];
}, 180_000);
afterEach(async () => {
  for (const visitor of opened.splice(0)) await visitor.close();
});
afterAll(async () => {
  await browser.close();
  await at.stop();
});

/** The log before an auditor who has said why she looks, with what is offered to export opened. */
async function inFrontOfTheLog(options: { script?: boolean; width?: number } = {}): Promise<{ visitor: PortalVisitor; page: Page }> {
  const visitor = await PortalVisitor.open(browser, at.world.baseUrl, options);
  opened.push(visitor);
  const { cookie = '' } = await stateReason(await at.world.signInAgain('alex.ward'));
  const [name = '', value = ''] = cookie.split('=');
  await visitor.context.addCookies([{ name, value, url: at.world.baseUrl }]);
  await visitor.page.goto(`${at.world.baseUrl}/audit?verb=note.add`);
  await visitor.page.getByText('Export what matches').click();
  return { visitor, page: visitor.page };
}

async function exportAs(page: Page, format: RegExp): Promise<{ name: string; text: string }> {
  await page.getByLabel(format).check();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const notes = async (): Promise<number> =>
  (await at.world.superuser.query<{ count: number }>(`SELECT count(*)::int AS count FROM ledger_entry WHERE verb = 'note.add'`)).rows[0]?.count ?? 0;

describe('exporting from the log', () => {
  it.each([[undefined], [360]])('with script shows how far it has come and saves the file (width %s)', async (width) => {
    const { visitor, page } = await inFrontOfTheLog(width === undefined ? {} : { width });
    const { name, text } = await exportAs(page, /NDJSON/);
    expect(name).toMatch(/^concordat-ledger-\d{8}T\d{6}Z-[0-9a-f-]{36}\.ndjson$/);
    expect(text.trimEnd().split('\n')).toHaveLength(await notes());
    await page.getByText(`Done: ${await notes()} entries.`).waitFor();
    expect(await page.locator('form[data-export] progress').getAttribute('value')).toBe('1');
    expect(await page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);
    expect(await visitor.accessibilityFaults()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(visitor.complaints).toEqual([]);
  });

  it('with script says in words why there is none, and can be tried again', async () => {
    const { page } = await inFrontOfTheLog();
    await page.evaluate(`document.querySelector('form[data-export] input[name="filter"]').value = '{"verb":["note.destroy"]}'`);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('There is no such choice').waitFor();
    expect(await page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);
  });

  it('without script is a download like any other', async () => {
    const { page } = await inFrontOfTheLog({ script: false });
    const { name, text } = await exportAs(page, /CSV/);
    expect(name).toMatch(/\.csv$/);
    expect(text.trimEnd().split('\r\n')).toHaveLength((await notes()) + 1);
    expect(await page.locator('[data-export-progress]').isHidden()).toBe(true);
  });
});
