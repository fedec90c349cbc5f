import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.js';
import { OFFICIAL_SENSITIVE, onlyFor, openCase, perform, type Item } from '../builders/case.js';
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
let caseId: string;
let hidden: string;
let noteId: string;

beforeAll(async () => {
  world = await startWorld({ worker: true });
  const amira = await world.signIn('amira.rahman');
  const shared = await openCase(amira, ['northmoor-police']);
  caseId = shared.id;
  hidden = (await openCase(amira, [])).id;
  noteId = (await perform<Item>(amira, 'addNote', { workspaceId: caseId, title: 'From the council', body: 'Called.', marking: OFFICIAL_SENSITIVE })).id;
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

describe('the agency log', () => {
  const others = paths.agencyLog.to({}, { of: 'others' });

  it('shows a manager what her people did, and no other agency’s acts, and is no page of anybody else', async () => {
    await officer.open(paths.overview.to({ id: caseId }));
    await officer.visitor.ask('query ($id: ID!) { workspace(id: $id) { id } }', { id: hidden });
    const sheet = await manager.open(paths.agencyLog.to({}));
    expect([sheet.status, sheet.headings[0]]).toEqual([200, 'Agency log']);
    expect(sheet.main).toMatch(/Owen Hart\s+Northmoor Police Read the investigation Refused\s*Consultation Something you may not see, or that is not there/);
    expect(sheet.main).toMatch(/Owen Hart\s+Northmoor Police Read the investigation\s*Consultation Investigation: /);
    expect(sheet.main).not.toContain('Amira Rahman');
    expect(sheet.markings[0]?.text).toMatch(/^OFFICIAL-SENSITIVE/);
    for (const reader of [officer, new Reader(await world.signIn('alex.ward'))]) expect((await reader.open(paths.agencyLog.to({}))).status).toBe(404);
    const { rows } = await world.superuser.query<{ outcome: string; details: object }>(`SELECT outcome, body::jsonb -> 'details' AS details FROM ledger_entry WHERE verb = 'agency-log.read' ORDER BY at DESC LIMIT 1`);
    expect(rows[0]).toMatchObject({ outcome: 'done', details: { ofOthers: false, filter: {} } });
  });

  it('shows what others did with what is the agency’s: read, or found in a search, and not what else there was to find', async () => {
    await perform(officer.visitor, 'addNote', { workspaceId: caseId, title: 'Seen from the road', body: 'Shuttered.', marking: OFFICIAL_SENSITIVE });
    const amira = await world.signIn('amira.rahman');
    await perform(amira, 'addNote', { workspaceId: caseId, title: 'Shuttered, for us alone', body: 'Shuttered.', marking: onlyFor() });
    await amira.ask('query { search(text: "shuttered") { nodes { id } } }');
    const { main } = await manager.open(others);
    expect(main).toMatch(/Amira Rahman Ashworth Borough Council Searched\s*Search\s+Seen from the road \(OFFICIAL-SENSITIVE\)/);
    for (const kept of ['for us alone', 'Owen Hart', 'and more']) expect(main).not.toContain(kept);
    // The council, which leads, finds what the police did there; by which clause is its own affair too.
    const led = await new Reader(await world.signIn('gwen.price')).open(others);
    expect(led.main).toMatch(/Owen Hart Northmoor Police Added a note\s*Collection Note: Seen from the road ASH-[\w-]+ Clause 4\.1: /);
  });

  it('is narrowed without script, says what is wrong with a filter, and pages', async () => {
    const refused = await manager.open(paths.agencyLog.to({}, { outcome: 'refused', verb: 'workspace.read' }));
    expect(refused.main).toMatch(/Filtered by Outcome: Refused .*What was done: Read the investigation/);
    expect(refused.main).not.toContain('Investigation: ');
    expect((await manager.open(refused.link('Clear all filters'))).main).toContain('Investigation: ');
    expect((await manager.open(refused.link('Owen Hart'))).main).toContain('Person: Owen Hart');
    expect((await manager.open(paths.agencyLog.to({}, { workspaceReference: 'ABC-2020-0001' }))).main).toContain('There is no entry here that you can see.');
    for (const [query, field] of [[{ verb: 'none' }, 'verb'], [{ 'from.day': '31', 'from.month': '2', 'from.year': '2026' }, 'from']] as const) {
      const wrong = await manager.open(paths.agencyLog.to({}, query));
      expect([wrong.problems.map((problem) => problem.field), wrong.main.includes('Nothing was looked for.')]).toEqual([[field], true]);
    }
    for (let n = 0; n < 26; n += 1) await officer.open(paths.overview.to({ id: caseId }));
    const reads = await manager.open(paths.agencyLog.to({}, { outcome: 'done', verb: 'workspace.read' }));
    expect([reads.html.match(/app-cell--strong/g)?.length, (await manager.open(reads.link('Next page'))).link('First page')]).toEqual([25, reads.address]);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([['wide', 1280], ['on a phone', 390]])('%s, axe finds nothing on what a manager reads, and nothing sticks out', async (_, width) => {
    const visitor = await PortalVisitor.open(browser, world.baseUrl, { width });
    const [name = '', value = ''] = ((await world.signIn('gwen.price')).cookie ?? '').split('=');
    await visitor.context.addCookies([{ name, value, url: world.baseUrl }]);
    for (const path of [paths.unusualUses.to({}), address, paths.agencyLog.to({}), paths.agencyLog.to({}, { of: 'others', outcome: 'done' }), paths.itemPast.to({ id: caseId, itemId: noteId })]) {
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
