import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.js';

describe('the browser the journeys use', () => {
  let browser: Browser;
  const server = createServer((_, response) => {
    response.setHeader('content-security-policy', "script-src 'self'");
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>before</title><script>document.title = "after"</script><p>There is a page here.</p></html>');
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('shows a page and keeps to its content security policy, or the journeys would prove nothing about it', async () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const page = await browser.newPage();
    const violations: string[] = [];
    page.on('console', (message) => violations.push(message.text()));
    await page.goto(`http://127.0.0.1:${port}/`);
    expect(await page.textContent('p')).toBe('There is a page here.');
    expect(await page.title()).toBe('before');
    expect(violations.join(' ')).toContain('Content Security Policy');
  });
});
