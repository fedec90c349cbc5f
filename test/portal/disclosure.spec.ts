import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';

let at: PortalCase;

beforeAll(async () => {
  at = await openPortalCase();
}, 180_000);
afterAll(() => at.stop());

describe('the disclosure schedule on its pages', () => {
  it('is reviewed exhibit by exhibit, signed off, and says that it is not current once something has come since', async () => {
    const [amira, priya] = [await at.as('amira.rahman'), await at.as('priya.shah')];
    const schedule = paths.disclosure.to({ id: at.id });
    const reviewing = (exhibitId: string): string => paths.reviewDisclosure.to({ id: at.id, exhibitId });
    expect((await amira.open(paths.evidence.to({ id: at.id }))).html).toContain(schedule);
    expect((await amira.open(schedule)).main).toMatch(/Nobody has signed off this schedule yet.*Not reviewed yet.*Kitchen video/);
    expect((await amira.fill(schedule, { statement: 'Whole' })).problems[0]?.text).toContain('Not every exhibit was reviewed');
    const refused = await amira.fill(reviewing(at.exhibitId), { outcome: 'sensitive-unused:withheld', reason: 'See the report' });
    expect(refused.problems).toEqual([{ field: 'ground', text: 'Enter on which ground it is sensitive.' }]);
    expect((await amira.fill(reviewing(at.exhibitId), { reason: 'x' })).problems.map(({ field }) => field)).toEqual(['outcome']);
    await amira.fill(reviewing(at.exhibitId), { outcome: 'sensitive-unused:withheld', ground: 'Names an informant', reason: 'See the report' });
    expect((await amira.open(reviewing(at.exhibitId))).main).toMatch(/Unused, sensitive: withheld, a court is asked \(as it stands\).*Ground: Names an informant.*Amira Rahman/);
    await amira.fill(reviewing(at.offeredId), { outcome: 'used:served', reason: 'Part of the case' });
    await amira.fill(schedule, { statement: 'Looked at all of it' });
    const whole = await priya.open(schedule);
    expect(whole.main).toMatch(/Current\. Version 1 was signed off by Amira Rahman.*Used \(MG12\).*Unused, sensitive \(MG6D\).*Names an informant/);
    expect(whole.html).not.toContain('Sign off the schedule');
    expect((await amira.open(schedule)).html).not.toContain('Sign off the schedule');
    expect((await priya.open(reviewing(at.exhibitId))).html).not.toContain('Keep the review');
    await amira.fill(reviewing(at.exhibitId), { outcome: 'non-sensitive-unused:inspect', reason: 'The informant has agreed' });
    expect((await priya.open(schedule)).main).toMatch(/Not current\. Version 1.*Kitchen video was reviewed again/);
    expect((await amira.open(schedule)).html).toContain('Sign off the schedule');
    expect((await priya.open(paths.disclosure.to({ id: at.id }, { version: '1' }))).main).toMatch(/This is what was listed when it was signed off.*Names an informant/);
    for (const version of ['2', 'x', '0']) expect((await priya.open(paths.disclosure.to({ id: at.id }, { version }))).status).toBe(404);
  });

  it('is signed off as it was read: a form that was opened before a change is refused, and nothing typed is lost', async () => {
    const [amira, tom] = [await at.as('amira.rahman'), await at.as('tom.bell')];
    const state = /name="state" value="([0-9a-f]{64})"/.exec((await amira.open(paths.disclosure.to({ id: at.id }))).html)?.[1] ?? '';
    await tom.fill(paths.reviewDisclosure.to({ id: at.id, exhibitId: at.offeredId }), { outcome: 'used:to-be-served', reason: 'Not yet' });
    const refused = await amira.fill(paths.disclosure.to({ id: at.id }), { statement: 'As I read it', state });
    expect(refused.problems[0]?.text).toContain('has changed since you read it');
    expect(refused.html).toContain('As I read it');
  });
});
