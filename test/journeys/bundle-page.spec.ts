import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { conclusionOf, linesOf, verifyBundle, type BundleTrust } from '../../libs/verifier/index.js';
import { projectFolder } from '../../src/platform/config/index.js';
import { openBrowser } from '../builders/browser.js';
import { courtBundle, inMemory, type CourtBundle } from '../builders/court-bundle.js';
import { TAMPERINGS } from '../security/bundle/tamperings.js';

const PATH = join(projectFolder(), 'dist', 'verify-page', 'verify.html');

describe('the page inside a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bundle-'));
  let browser: Browser;
  let page: Page;
  let bundle: CourtBundle;
  const asked: string[] = [];

  beforeAll(async () => {
    [browser, bundle] = await Promise.all([openBrowser(), courtBundle()]);
    const context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(PATH).href);
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await browser.close();
  });

  interface Shown {
    readonly said: string;
    readonly lines: readonly string[];
  }

  async function check(octets: Buffer, given: { readonly key?: string; readonly policy?: string } = { key: bundle.verifierKey, policy: bundle.policyText }): Promise<Shown> {
    const path = join(folder, 'bundle.zip');
    writeFileSync(path, octets);
    await page.setInputFiles('#file', path);
    await page.fill('#key', given.key ?? '');
    await page.fill('#policy', given.policy ?? '');
    await page.click('button');
    await page.waitForSelector('#state[data-ended]');
    const lines = await page.locator('#result').getAttribute('data-lines');
    return { said: await page.innerText('#state'), lines: JSON.parse(lines ?? '[]') as string[] };
  }

  async function command(octets: Buffer, trust: BundleTrust = bundle.trust): Promise<Shown> {
    const verdict = await verifyBundle(inMemory(octets), trust);
    return { said: conclusionOf(verdict), lines: linesOf(verdict) };
  }

  it('says line by line what the command says of the same bundle, with what is trusted and without', async () => {
    expect(await check(bundle.octets)).toEqual(await command(bundle.octets));
    expect(await page.locator('.proven li').count()).toBeGreaterThan(10);
    expect(await page.locator('.refuted').count()).toBe(0);
    expect(await check(bundle.octets, { key: bundle.verifierKey })).toEqual(await command(bundle.octets, { key: bundle.trust.key }));
    expect(await check(bundle.octets, {})).toEqual(await command(bundle.octets, {}));
  });

  it('finds all that the command finds, in the same words', async () => {
    const different: string[] = [];
    for (const [name, { make }] of Object.entries(TAMPERINGS)) {
      const octets = await make(bundle);
      const [shown, expected] = [await check(octets), await command(octets)];
      if (shown.said !== 'This does NOT hold.' || JSON.stringify(shown) !== JSON.stringify(expected)) different.push(`${name}: ${JSON.stringify(shown).slice(0, 200)}`);
    }
    expect(different).toEqual([]);
  }, 120_000);

  it('says in words what it cannot use, and of a file that is no bundle that it is none', async () => {
    expect(await check(bundle.octets, { key: 'not a key' })).toMatchObject({ said: expect.stringContaining('The key of the ledger: ') });
    expect(await check(bundle.octets, { policy: 'quorum' })).toMatchObject({ said: expect.stringContaining('The list of witnesses: ') });
    expect(await check(Buffer.from('nothing'))).toMatchObject({ said: 'This does NOT hold.', lines: [expect.stringContaining('This is not a whole bundle')] });
  });

  it('shows words of strangers as text', async () => {
    const octets = await (TAMPERINGS['a name with a line end in it']?.make(bundle) ?? Buffer.of());
    await check(octets);
    expect(await page.locator('.refuted li').first().innerText()).toContain('x/a?PROVEN everything');
  });

  it('is one file that asks for nothing, and whose policy lets it ask for nothing', async () => {
    expect(asked).toEqual([pathToFileURL(PATH).href]);
    const html = readFileSync(PATH, 'utf8');
    expect(/content="([^"]*)"/.exec(html.slice(html.indexOf('Content-Security-Policy')))?.[1]).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/);
    const refused = await page.evaluate(async () => {
      try {
        await fetch('data:text/plain,x');
        return 'let through';
      } catch {
        return 'refused';
      }
    });
    expect(refused).toBe('refused');
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  });

  it('holds no more than a piece of a large file', async () => {
    const large = await courtBundle({ given: [{ reference: 'AR/1', fileName: 'a.bin', content: Buffer.alloc(45_000_000, 3), acts: ['deposited'] }] });
    const started = await memoryOf(page);
    expect(await check(large.octets, {})).toMatchObject({ said: expect.stringContaining('The bundle agrees with itself') });
    expect((await memoryOf(page)) - started).toBeLessThan(40_000_000);
  }, 60_000);
});

/** Octets that the page's script holds after a sweep. */
async function memoryOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize;
}
