import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { act, shown, thing } from '../api/custody-scene.js';
import { openBrowser } from '../builders/browser.js';
import { PortalVisitor } from '../journeys/portal-visitor.js';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

let at: PortalCase;
let browser: Browser;

beforeAll(async () => {
  [at, browser] = [await openPortalCase(), await openBrowser()];
}, 180_000);

afterAll(async () => {
  await browser.close();
  await at.stop();
});

const MARKED = { 'marking.sensitive': 'yes', audience: 'everyone' } as const;
const HAPPENED = { 'happenedAt.day': '28', 'happenedAt.month': '2', 'happenedAt.year': '2026', 'happenedAt.time': '14:05' } as const;

/** The text of a page's chain of custody, its white space as people see it. */
function chainOf(html: string): string {
  const list = /<ol class="app-custody">([^]*?)<\/ol>/.exec(html)?.[1] ?? '';
  return list.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');
}

describe('my work', () => {
  it('shows the offers that wait for one’s agency until somebody answers, and to nobody the ones of others or her own', async () => {
    const work = async (name: string): Promise<string> => (await (await at.as(name)).open(paths.myWork.to({}))).html;
    const answer = paths.answerCustody.to({ id: at.id, exhibitId: at.offeredId });
    const hers = await work('priya.shah');
    expect(hers).toMatch(/Offers of custody to accept[^]*AR\/\d+ Knife[^]*offered by Amira Rahman, Ashworth Borough Council/);
    expect(hers).toContain(answer);
    for (const name of ['amira.rahman', 'frank.moss', 'sam.stone']) expect(await work(name)).not.toContain('Offers of custody to accept');
    const { rows } = await at.world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'offer.list' ORDER BY at DESC`);
    expect(rows.length).toBe(1);
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ actor: { name: 'Priya Shah' }, details: { count: 1, items: [at.offeredId], cases: [{ clause: expect.any(String) }] } });
  });
});

describe('the chain of custody on the page of an exhibit', () => {
  it('is told in lines that a person can read, from the drawer to the property store, without script', async () => {
    const [amira, priya] = [await at.as('amira.rahman'), await at.as('priya.shah')];
    const made = await amira.fill(paths.newThing.to({ id: at.id }), {
      title: 'Kitchen knife', description: 'Black handle.', act: 'seized', doneBy: 'PC Owen Hart', ...HAPPENED, location: 'The kitchen drawer', seal: 'B123', reason: 'Section 22', ...MARKED,
    });
    const address = made.headers.get('location') ?? '';
    const exhibitId = address.split('/').at(-1) ?? '';
    expect(chainOf((await amira.open(address)).html)).toMatch(/28 February 2026 at 2:05pm: PC Owen Hart seized it, under seal B123, at The kitchen drawer Section 22 Recorded by Amira Rahman, environmental health officer, Ashworth Borough Council, on/);
    await amira.fill(paths.offerCustody.to({ id: at.id, exhibitId }), { agencyId: at.agencies['northmoor-police'] ?? '', person: 'PC Owen Hart' });
    expect((await priya.open(address)).html).toContain('It has not been answered.');
    const unread = await priya.fill(paths.answerCustody.to({ id: at.id, exhibitId }), { answer: 'accept', location: 'Property store' });
    expect(unread.problems).toEqual([{ field: 'sealBefore', text: 'Enter the number of the seal as you read it.' }]);
    expect(unread.form().get('location')).toEqual(['Property store']);
    await priya.fill(paths.answerCustody.to({ id: at.id, exhibitId }), { answer: 'accept', sealBefore: 'B123', location: 'Property store' });
    const page = (await priya.open(address)).html;
    expect(chainOf(page)).toMatch(/Amira Rahman \(Ashworth Borough Council\) offered it to PC Owen Hart, Northmoor Police.*Priya Shah \(Northmoor Police\) received it from Amira Rahman, Ashworth Borough Council, seal B123 unbroken, now at Property store/);
    expect(page).toMatch(/Held by[^]*?Priya Shah, Northmoor Police/);
  });

  it('offers each reader what she can do about it, and an item taken out leads to what it came of', async () => {
    const amira = await at.world.signIn('amira.rahman');
    const { id: exhibitId, reference } = await act(amira, 'recordPhysicalExhibit', thing(at.id, { seal: null }));
    const part = await act(amira, 'recordPhysicalExhibit', thing(at.id, { title: 'Receipt', derivedFrom: exhibitId }));
    const address = paths.exhibit.to({ id: at.id, exhibitId });
    expect((await (await at.as('tom.bell')).open(address)).html).toMatch(/Record an act of custody[^]*Offer it to an agency[^]*Add a photograph of it[^]*Record an item taken out of it/);
    expect((await (await at.as('frank.moss')).open(address)).html).not.toMatch(/Record an act of custody|Offer it to an agency/);
    expect((await (await at.as('frank.moss')).open(paths.exhibit.to({ id: at.id, exhibitId: part.id }))).html).toMatch(new RegExp(`Item taken out of <a[^>]*>${reference}<`));
    expect(await shown(amira, part.id)).toMatchObject({ reference: `${reference}/1` });
  });

  it('asks with script for no more than the act needs, and sends what is asked', async () => {
    const amira = await at.world.signIn('amira.rahman');
    const { id: exhibitId } = await act(amira, 'recordPhysicalExhibit', thing(at.id));
    const visitor = await PortalVisitor.open(browser, at.world.baseUrl, {});
    const { cookie = '' } = await at.world.signInAgain('amira.rahman');
    const [name = '', value = ''] = cookie.split('=');
    await visitor.context.addCookies([{ name, value, url: at.world.baseUrl }]);
    const { page } = visitor;
    await page.goto(`${at.world.baseUrl}${paths.recordCustody.to({ id: at.id, exhibitId })}`);
    const visible = (field: string): Promise<boolean> => page.locator(`[name="${field}"]`).isVisible();
    expect([await visible('sealBefore'), await visible('to')]).toEqual([false, false]);
    await page.getByLabel('Opened, its seal broken').check();
    expect([await visible('sealBefore'), await visible('to')]).toEqual([true, false]);
    await page.locator('[name="sealBefore"]').fill('B123');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.waitForURL(`**${paths.exhibit.to({ id: at.id, exhibitId })}`);
    expect(await page.locator('.app-custody__line').last().innerText()).toContain('opened it, breaking seal B123');
    await visitor.close();
  });
});
