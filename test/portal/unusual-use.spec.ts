import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.js';
import { openCase } from '../builders/case.js';
import { unusualUse } from '../builders/planted-entry.js';
import { startWorld, type World } from '../builders/world.js';
import { PortalVisitor } from '../journeys/portal-visitor.js';
import { paths } from '../../src/portal/paths.js';
import { Reader } from './reader.js';

jest.setTimeout(120_000);

let world: World;
let manager: Reader;
let officer: Reader;
let address: string;

beforeAll(async () => {
  world = await startWorld({ worker: true });
  const amira = await world.signIn('amira.rahman');
  const shared = await openCase(amira, ['northmoor-police']);
  [manager, officer] = [new Reader(await world.signIn('ruth.adams')), new Reader(await world.signIn('owen.hart'))];
  address = paths.unusualUse.to({ id: await unusualUse(world, shared, 'Owen Hart') });
}, 180_000);
afterAll(() => world.stop());

/** Sends one of the forms of the page. */
const step = async (reader: Reader, name: string, filled: Readonly<Record<string, string>>) =>
  reader.send(address, { csrf: await reader.token(), step: name, ...filled });

describe('the board of unusual use', () => {
  it('lists what is open, with what was found and who has been asked, and says when there is nothing', async () => {
    const sheet = await manager.open(paths.unusualUses.to({}));
    expect([sheet.status, sheet.headings[0]]).toEqual([200, 'Unusual use']);
    expect(sheet.main).toMatch(/A case was read in the night .*Read between 22:00 and 06:00\..*Owen Hart.*Nobody asked yet/s);
    expect((await manager.open(paths.unusualUses.to({}, { state: 'closed' }))).main).toContain('Nothing here wants an explanation.');
    expect((await manager.open(paths.unusualUses.to({}, { state: 'sideways' }))).problems.map(({ text }) => text)).toEqual(['Ask for those that are open, closed, all, or mine to answer.']);
  });

  it('takes a manager from asking, by way of the reader’s answer, to closing, without script and with each mistake said in words', async () => {
    const page = await manager.open(address);
    expect(page.main).toContain('Ask for an explanation');
    expect((await step(manager, 'assign', { personId: '' })).problems).toEqual([{ field: 'personId', text: 'Choose somebody of your agency.' }]);
    const owen = /<option value="([0-9a-f-]+)"[^>]*>Owen Hart/.exec(page.html)?.[1] ?? '';
    expect((await step(manager, 'assign', { personId: owen })).headers.get('location')).toBe(address);

    // It waits on his first page, and he has no board.
    const work = await officer.open(paths.myWork.to({}));
    expect(work.main).toContain('Explanations asked of you');
    expect((await officer.open(paths.unusualUses.to({}))).status).toBe(404);
    expect((await officer.open(work.link('A case was read in the night by somebody who is not on duty then.'))).main).toContain('Your explanation');
    expect((await step(officer, 'answer', { answer: ' ' })).problems).toEqual([{ field: 'answer', text: expect.stringMatching(/^Explanation: /) }]);
    expect((await step(officer, 'answer', { answer: 'Called out at 23:00.' })).headers.get('location')).toBe('/my-work');
    expect((await officer.open(paths.myWork.to({}))).main).not.toContain('Explanations asked of you');

    expect((await manager.open(address)).main).toMatch(/Called out at 23:00\..*Close for my agency/s);
    const half = await step(manager, 'close', { words: 'The log agrees.' });
    expect([half.status, half.problems.map(({ field }) => field)]).toEqual([422, ['conclusion']]);
    expect(half.html).toContain('The log agrees.');
    expect((await step(manager, 'close', { conclusion: 'explained', words: 'The log agrees.' })).status).toBe(303);
    const closed = await manager.open(address);
    expect(closed.main).toMatch(/Closed: explained.*The log agrees\..*Ruth Adams/s);
    expect(closed.main).not.toContain('Close for my agency');
  });

  it('shows the auditor the entry that gave cause, and no form', async () => {
    const auditor = new Reader(await world.signIn('alex.ward'));
    const sheet = await auditor.open(address);
    expect(sheet.main).toContain('Read the entry');
    expect(sheet.html).not.toContain('name="step"');
    expect((await step(auditor, 'close', { conclusion: 'explained', words: 'x' })).problems).toHaveLength(1);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([['wide', 1280], ['on a phone', 390]])('%s, axe finds nothing on the board or below it, and nothing sticks out', async (_, width) => {
    const visitor = await PortalVisitor.open(browser, world.baseUrl, { width });
    const [name = '', value = ''] = ((await world.signIn('gwen.price')).cookie ?? '').split('=');
    await visitor.context.addCookies([{ name, value, url: world.baseUrl }]);
    for (const path of [paths.unusualUses.to({}), address]) {
      await visitor.go(path);
      expect(await visitor.accessibilityFaults()).toEqual([]);
      expect(await visitor.page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      const folder = process.env['SCREENSHOTS'];
      if (folder !== undefined) await visitor.page.screenshot({ path: `${folder}/unusual-${width}-${path.length}.png`, fullPage: true });
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});
