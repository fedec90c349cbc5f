import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { deposit } from '../api/evidence-scene.js';
import { openBrowser } from '../builders/browser.js';
import { openCase } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { PortalVisitor } from '../journeys/portal-visitor.js';
import { paths } from '../../src/portal/paths.js';

const SAMPLES_A_SECOND = 8000;
const SECONDS = 1200;

let world: World;
let browser: Browser;
let amira: Visitor;
let caseId: string;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await openBrowser()];
  amira = await world.signIn('amira.rahman');
  ({ id: caseId } = await openCase(amira, []));
}, 180_000);

afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** CRC-32 as PNG has it; node's own is younger than the oldest Node the product runs on. */
function checksum(octets: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** A picture of one colour, as PNG (RFC 2083). */
function picture(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    const named = Buffer.concat([Buffer.from(type), data]);
    check.writeUInt32BE(checksum(named));
    return Buffer.concat([length, named, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x55)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** Silence as WAV, 8 bits, one channel. */
function sound(seconds: number): Buffer {
  const head = Buffer.alloc(44);
  const bytes = seconds * SAMPLES_A_SECOND;
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLES_A_SECOND, 24);
  head.writeUInt32LE(SAMPLES_A_SECOND, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes, 128)]);
}

/** Amira in front of an exhibit's page of viewing. */
async function viewing(file: Buffer, fileName: string, options: { script?: boolean; width?: number } = {}): Promise<{ page: Page; id: string; visitor: PortalVisitor }> {
  const id = await deposit(amira, caseId, file, { fileName });
  const visitor = await PortalVisitor.open(browser, world.baseUrl, options);
  const [name = '', value = ''] = (amira.cookie ?? '').split('=');
  await visitor.context.addCookies([{ name, value, url: world.baseUrl }]);
  await visitor.page.goto(`${world.baseUrl}${paths.exhibit.to({ id: caseId, exhibitId: id })}`);
  await visitor.page.getByRole('button', { name: 'View it in the page' }).click();
  await visitor.page.waitForURL('**/view', { waitUntil: 'load' });
  return { page: visitor.page, id, visitor };
}

describe('an exhibit in the page', () => {
  it.each([true, false])('is a picture that shows and fits, on a phone too, script %s', async (script) => {
    const { page, visitor } = await viewing(picture(1600, 1200), 'counter.png', { script, width: 390 });
    const shown = page.getByRole('img', { name: /^Exhibit AR\// });
    const box = await shown.boundingBox();
    expect(box?.width).toBeGreaterThan(200);
    expect(box?.width).toBeLessThanOrEqual(390);
    if (script) expect(await shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1600);
    await visitor.close();
  });

  it('is sound that is scrubbed: near its end the portal is asked for the end only', async () => {
    const file = sound(SECONDS);
    const { page, id, visitor } = await viewing(file, 'call.wav');
    const player = page.locator('audio');
    await player.evaluate((media: unknown) => new Promise<void>((ready) => {
      const audio = media as { readyState: number; addEventListener(name: string, then: () => void): void };
      if (audio.readyState >= 1) ready();
      else audio.addEventListener('loadedmetadata', () => ready());
    }));
    const asked: number[] = [];
    page.on('request', (request) => {
      const from = /^bytes=(\d+)-/.exec(request.headers()['range'] ?? '')?.[1];
      if (request.url().endsWith(`/evidence/${id}/preview`) && from !== undefined) asked.push(Number(from));
    });
    const at = await player.evaluate((media: unknown, to: number) => new Promise<number>((done) => {
      const audio = media as { currentTime: number; duration: number; addEventListener(name: string, then: () => void): void };
      audio.addEventListener('seeked', () => done(audio.currentTime / audio.duration));
      audio.currentTime = to;
    }), SECONDS - 10);
    expect(at).toBeGreaterThan(0.98);
    expect(asked.some((from) => from > file.length * 0.9)).toBe(true);
    await visitor.close();
  });

  it('is text as characters: a page that somebody deposited runs nothing and reaches nothing', async () => {
    const hostile = Buffer.from('<!doctype html><script>parent.document.title = "taken"; document.title = "ran"</script><form action="/sign-out" method="post">');
    const { page, visitor } = await viewing(hostile, 'statement.html');
    const frame = page.frameLocator('iframe');
    expect(await frame.locator('body').innerText()).toContain('<script>parent.document.title');
    expect(await page.title()).toContain('View AR/');
    expect(await frame.locator('form').count()).toBe(0);
    await visitor.close();
  });

  it('is for a kind that could run something not shown, and the page says why', async () => {
    const drawing = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const id = await deposit(amira, caseId, drawing, { fileName: 'plan.svg' });
    const page = await amira.fetch(paths.viewExhibit.to({ id: caseId, exhibitId: id }));
    const html = await page.text();
    expect(html).toContain('are not shown in the page');
    expect(html).not.toContain(`/evidence/${id}/preview`);
    expect(await (await amira.fetch(paths.exhibit.to({ id: caseId, exhibitId: id }))).text()).not.toContain('View it in the page');
  });
});
