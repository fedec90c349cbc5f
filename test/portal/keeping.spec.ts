import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, newFile } from '../api/evidence-scene.js';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

let at: PortalCase;

beforeAll(async () => {
  at = await openPortalCase();
}, 180_000);
afterAll(() => at.stop());

describe('how long an exhibit is kept, on its page', () => {
  it('is held by a partner, kept under a group, proposed for disposal by one and approved by another, and its certificate stays', async () => {
    const exhibitId = await deposit(await at.world.signIn('amira.rahman'), at.id, newFile(100));
    const address = paths.keeping.to({ id: at.id, exhibitId });
    const [amira, tom, priya] = [await at.as('amira.rahman'), await at.as('tom.bell'), await at.as('priya.shah')];
    expect((await priya.open(address)).html).not.toContain('Propose that it is disposed of');
    const empty = await priya.fill(address, { act: 'hold' });
    expect(empty.problems.map(({ field }) => field)).toEqual(['reason']);
    await priya.fill(address, { act: 'hold', reason: 'Appeal pending' });
    expect((await amira.open(address)).html).toMatch(/Priya Shah, Northmoor Police, since [^<]*: Appeal pending/);
    expect((await amira.fill(address, { act: 'propose', rule: 'council-6', reason: 'Over' })).problems[0]?.text).toContain('Northmoor Police holds it');
    const sheet = await priya.open(address);
    const lift = /value="(lift:[^"]+)"/.exec(sheet.html)?.[1] ?? '';
    await priya.fill(address, { act: lift, reason: 'Appeal over' });
    const noGroup = await amira.fill(address, { act: 'keep', reason: 'Closed' });
    expect(noGroup.problems.map(({ field }) => field)).toEqual(['rule']);
    await amira.fill(address, { act: 'keep', rule: 'council-6', 'reviewOn.day': '1', 'reviewOn.month': '2', 'reviewOn.year': '2099', reason: 'Closed' });
    expect((await amira.open(address)).html).toContain('Council: regulatory case file, reviewed on 1 February 2099. Amira Rahman: Closed');
    await amira.fill(address, { act: 'propose', rule: 'council-6', reason: 'Over' });
    expect((await amira.open(address)).html).not.toContain('Approve the disposal');
    await tom.fill(address, { act: 'approve', reason: 'Agreed' });
    expect((await tom.open(address)).html).toMatch(/Approved by Tom Bell on [^<]*: Agreed[^]*Certificate of disposal/);
    const page = (await priya.open(paths.exhibit.to({ id: at.id, exhibitId }))).html;
    expect(page).toMatch(/Disposed of[^]*Approved by Tom Bell on/);
    expect(page).not.toContain('Open the exhibit (');
  });

  it('comes up in the queue of its agency when its day has come', async () => {
    const exhibitId = await deposit(await at.world.signIn('amira.rahman'), at.id, newFile(100));
    const amira = await at.as('amira.rahman');
    expect((await amira.open(paths.review.to({}))).html).toContain('No exhibit of your agency that you can see is due for review.');
    await amira.fill(paths.keeping.to({ id: at.id, exhibitId }), { act: 'keep', rule: 'mopi-3', reason: 'Closed' });
    await at.world.superuser.query(`UPDATE exhibit_retention SET review_on = '2026-02-01' WHERE item_id = $1`, [exhibitId]);
    expect((await amira.open(paths.review.to({}))).html).toMatch(/Kitchen video[^]*MoPI group 3: all other offences[^]*1 February 2026/);
    expect((await (await at.as('priya.shah')).open(paths.review.to({}))).html).not.toContain('Kitchen video');
  });
});
