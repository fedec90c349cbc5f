import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../builders/world.js';
import { Reader, type Filled } from './reader.js';
import type { Sheet } from './sheet.js';

let world: World;
let auditor: Reader;

beforeAll(async () => {
  world = await startWorld();
  auditor = new Reader(await world.signIn('alex.ward'));
}, 180_000);
afterAll(() => world.stop());

const reasonsOf = async (verb: string): Promise<readonly (string | null)[]> => {
  const { rows } = await world.superuser.query<{ reason: string | null }>(`SELECT body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb = $1 ORDER BY at`, [verb]);
  return rows.map(({ reason }) => reason);
};

/** Sends the form of the page at `address`, with `filled` in it. */
async function state(address: string, filled: Filled): Promise<Sheet> {
  return auditor.send('/audit/reason', { ...Object.fromEntries((await auditor.open(address)).form('/audit/reason')), ...filled });
}

describe('the reason for looking at the ledger', () => {
  it('is asked for before any entry is shown or read', async () => {
    const sheet = await auditor.open('/audit?person=Amira');
    expect([sheet.status, sheet.headings]).toEqual([200, ['Why you are looking']]);
    expect(sheet.html).not.toContain('<table');
    expect(await reasonsOf('ledger.search')).toEqual([]);
  });

  it('too short is refused in words, and what was typed is kept', async () => {
    const sheet = await state('/audit/reason', { reason: 'why', back: '/audit?person=Amira' });
    expect([sheet.status, sheet.problems]).toEqual([422, [{ field: 'reason', text: 'Reason: Enter at least 5 characters.' }]]);
    expect(sheet.everyAttribute('value')).toEqual(expect.arrayContaining(['why', '/audit?person=Amira']));
  });

  it('leads back to what was asked for, stands on the page and in the entry of what is read', async () => {
    const form = Object.fromEntries((await auditor.open('/audit?person=Amira')).form('/audit/reason'));
    const sent = await auditor.send('/audit/reason', { ...form, reason: 'Complaint 12' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/audit?person=Amira']);
    const sheet = await auditor.open('/audit?person=Amira');
    expect(sheet.headings).toEqual(['Audit log']);
    expect(sheet.main).toContain('Complaint 12');
    expect(await reasonsOf('ledger.state-reason')).toEqual(['Complaint 12']);
    expect(await reasonsOf('ledger.search')).toEqual(['Complaint 12']);
  });

  it('can be changed, for what follows', async () => {
    const page = (await auditor.open('/audit')).link('Change the reason');
    expect((await auditor.open(page)).everyAttribute('value')).toContain('Complaint 12');
    await state(page, { reason: 'Yearly review' });
    expect((await auditor.open('/audit')).main).toContain('Yearly review');
    expect(await reasonsOf('ledger.search')).toEqual(['Complaint 12', 'Complaint 12', 'Yearly review']);
  });

  it('is that of one session: the next one is asked again', async () => {
    const next = new Reader(await world.signInAgain('alex.ward'));
    expect((await next.open('/audit')).headings).toEqual(['Why you are looking']);
  });

  it.each(['https://evil.example/', '//evil.example', '/audit/../my-work\\', '/auditor', '/my-work', '/audit?a=b\nc'])('never leads to %j', async (back) => {
    const sent = await state('/audit/reason', { reason: 'Yearly review', back });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/audit']);
  });

  it('is asked of nobody else: there is no such page', async () => {
    const amira = new Reader(await world.signIn('amira.rahman'));
    expect((await amira.open('/audit/reason')).html).toBe((await amira.open('/nothing/here')).html);
    const answer = await amira.visitor.ask(`mutation { stateAuditReason(reason: "I am curious") { __typename ... on Refused { code } } }`);
    expect(answer).toEqual({ stateAuditReason: { __typename: 'Refused', code: 'not-found' } });
    expect(await amira.visitor.ask('{ auditDesk { reason } }')).toEqual({ auditDesk: null });
  });
});
