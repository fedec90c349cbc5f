import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { AGENCIES, DEMONSTRATION_PASSWORD, PEOPLE } from '../../src/demonstration/borough.js';

/** How long a page may take to show what is expected of it before the test gives up. */
const PATIENCE_MS = 15_000;

/** A person with a browser of her own, in front of the portal. */
export class PortalVisitor {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly baseUrl: string,
    /** What the browser complained of: policy violations, script errors, failed requests of the page's own. */
    readonly complaints: string[],
  ) {}

  static async open(browser: Browser, baseUrl: string, options: { script?: boolean; width?: number } = {}): Promise<PortalVisitor> {
    const context = await browser.newContext({
      javaScriptEnabled: options.script ?? true,
      viewport: { width: options.width ?? 1280, height: 900 },
      acceptDownloads: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (fault) => complaints.push(fault.message));
    return new PortalVisitor(page, context, baseUrl, complaints);
  }

  /** Picks her agency, is sent to its identity provider, signs in there, and comes back. Answers the provider's address. */
  async signIn(userName: string): Promise<string> {
    const person = PEOPLE.find((known) => known.userName === userName);
    const agency = AGENCIES.find(({ code }) => code === person?.agency);
    if (!person || !agency) throw new Error(`Nobody is called ${userName}`);
    await this.page.goto(this.baseUrl);
    await this.page.getByRole('link', { name: agency.name }).click();
    await this.page.getByLabel('User name').fill(userName);
    const provider = new URL(this.page.url()).origin;
    await this.page.getByLabel('Password').fill(DEMONSTRATION_PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL(`${this.baseUrl}/my-work`);
    return provider;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.baseUrl).href);
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  /** All the text of the page, and all its markup: what a curious reader would look through. */
  async everything(): Promise<string> {
    return `${await this.page.content()}\n${await this.page.innerText('body')}`;
  }

  /** The faults axe finds on this page, in words. */
  async accessibilityFaults(): Promise<string[]> {
    // What its own name for "legacy" leaves out is a second page opened for each, to join what it found in frames: the portal's have none.
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    return violations.map(({ id, nodes }) => `${id} at ${this.page.url()}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Lower-case hex SHA-256 of a file. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
