import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, newFile } from '../api/evidence-scene.js';
import { openCase } from '../builders/case.js';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

let at: PortalCase;

beforeAll(async () => {
  at = await openPortalCase();
}, 180_000);
afterAll(() => at.stop());

describe('holds on an investigation, on its page', () => {
  it('are placed before there is any evidence, hold what comes, and are lifted by the agency that placed them', async () => {
    const id = (await openCase(await at.world.signIn('amira.rahman'), ['northmoor-police'])).id;
    const address = paths.caseHolds.to({ id });
    const [amira, priya] = [await at.as('amira.rahman'), await at.as('priya.shah')];
    expect((await priya.open(paths.evidence.to({ id }))).html).toContain(address);
    expect((await priya.open(address)).main).toContain('No hold stands on all evidence of this investigation.');
    expect((await priya.fill(address, { reason: ' ' })).problems.map(({ field }) => field)).toEqual(['reason']);
    await priya.fill(address, { act: 'place', reason: 'Inquest' });
    const seen = await amira.open(address);
    expect(seen.main).toMatch(/Inquest ?Priya Shah, Northmoor Police, since/);
    expect(seen.html).not.toContain('value="lift:');
    const exhibitId = await deposit(await at.world.signIn('amira.rahman'), id, newFile(10));
    expect((await amira.fill(paths.keeping.to({ id, exhibitId }), { act: 'propose', rule: 'council-6', reason: 'Over' })).problems[0]?.text).toContain('Northmoor Police holds it');
    const lift = /value="(lift:[^"]+)"/.exec((await priya.open(address)).html)?.[1] ?? '';
    expect((await amira.send(address, { csrf: await amira.token(), act: lift, reason: 'Over' })).problems.map(({ field }) => field)).toEqual(['act']);
    await priya.fill(address, { act: lift, reason: 'Inquest over' });
    expect((await priya.open(address)).main).toContain('No hold stands');
  });
});

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
    expect((await amira.fill(address, { act: 'propose', rule: 'council-6', reason: 'Over' })).problems).toEqual([{ field: 'beforeReview', text: expect.stringContaining('kept until its review on 1 February 2099') }]);
    await amira.fill(address, { act: 'propose', rule: 'council-6', reason: 'Over', beforeReview: 'Given back' });
    expect((await tom.open(address)).html).toContain('Before its day of review: Given back');
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
    expect((await amira.open(paths.review.to({}))).html).toMatch(/One exhibit is due\.[^]*Kitchen video[^]*MoPI group 3: all other offences[^]*1 February 2026/);
    expect((await (await at.as('priya.shah')).open(paths.review.to({}))).html).not.toContain('Kitchen video');
  });
});
