import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../src/portal/paths.js';
import { FLASHES, type FlashKey } from '../../src/portal/page/flash.js';
import { openCase } from '../builders/case.js';
import { openPortalCase, type PortalCase } from './portal-case.js';
import { Reader, type Filled } from './reader.js';
import type { Sheet } from './sheet.js';

/** A form of the portal: where it is, who may send it, what must be filled in, and a way to fill it in well. */
interface Form {
  readonly name: string;
  readonly address: () => string;
  readonly by: string;
  /** Somebody who is signed in and may not. */
  readonly not: string;
  /** Fields blamed when it is sent with nothing in it, in the order of the summary. */
  readonly required: readonly string[];
  readonly well: () => Filled;
  readonly flash?: FlashKey;
}

const HAPPENED = { 'happenedAt.day': '1', 'happenedAt.month': '2', 'happenedAt.year': '2026', 'happenedAt.time': '14:05' } as const;
const MARKED = { 'marking.sensitive': 'yes', audience: 'everyone' } as const;

let at: PortalCase;
/** A case of the council's that nobody was invited to. */
let spareId = '';

const FORMS: readonly Form[] = [
  {
    name: 'open an investigation', address: () => paths.newInvestigation.to({}), by: 'amira.rahman', not: 'priya.shah',
    required: ['title', 'business-name', 'purpose', 'marking-sensitive'],
    well: () => ({ title: 'The Blue Anchor', 'business.name': 'The Blue Anchor', 'business.address': '1 Quay', 'business.postcode': 'AS1 1AA', summary: 'A complaint.', purpose: 'Outbreak control', 'marking.sensitive': 'no' }),
    flash: 'investigation-opened',
  },
  {
    name: 'add a note', address: () => paths.newNote.to({ id: at.id }), by: 'priya.shah', not: 'sam.stone',
    required: ['title', 'body', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Door watched', body: 'Nobody came.', ...MARKED }),
    flash: 'note-added',
  },
  {
    name: 'record a finding', address: () => paths.newFinding.to({ id: at.id }), by: 'amira.rahman', not: 'helen.ito',
    required: ['title', 'inspectedOn', 'hygiene', 'structure', 'confidence', 'imminentRisk', 'narrative', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Second visit', 'inspectedOn.day': '17', 'inspectedOn.month': '6', 'inspectedOn.year': '2026', hygiene: '5', structure: '5', confidence: '5', imminentRisk: 'no', narrative: 'Better.', ...MARKED }),
    flash: 'finding-recorded',
  },
  {
    name: 'add a record', address: () => paths.newRecord.to({ id: at.id }), by: 'amira.rahman', not: 'sam.stone',
    required: ['title', 'body', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Suppliers', body: 'Two of them.', ...MARKED }),
    flash: 'record-saved',
  },
  {
    name: 'edit a record', address: () => paths.editRecord.to({ id: at.id, recordId: at.recordId }), by: 'tom.bell', not: 'sam.stone',
    required: ['title', 'body', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Owner and staff', body: 'Seven staff.', ...MARKED }),
    flash: 'record-saved',
  },
  {
    name: 'change a marking', address: () => paths.classifyItem.to({ id: at.id, itemId: at.exhibitId }), by: 'amira.rahman', not: 'priya.shah',
    required: ['marking-sensitive', 'reason'],
    well: () => ({ 'marking.sensitive': 'yes', 'marking.handling': 'RECIPIENTS ONLY', version: '1', reason: 'It names a witness.' }),
    flash: 'marking-changed',
  },
  {
    name: 'ask to deposit an exhibit', address: () => paths.newExhibit.to({ id: at.id }), by: 'frank.moss', not: 'alex.ward',
    required: ['title', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Picture of the exit', description: 'Chained.', ...MARKED }),
  },
  {
    name: 'record a physical exhibit', address: () => paths.newThing.to({ id: at.id }), by: 'owen.hart', not: 'sam.stone',
    required: ['title', 'act', 'happenedAt', 'marking-sensitive', 'audience'],
    well: () => ({ title: 'Knife', description: 'Black handle.', act: 'seized', ...HAPPENED, location: 'The kitchen', seal: 'B7', ...MARKED }),
    flash: 'physical-recorded',
  },
  {
    name: 'record an act of custody', address: () => paths.recordCustody.to({ id: at.id, exhibitId: at.exhibitId }), by: 'priya.shah', not: 'alex.ward',
    required: ['act'],
    well: () => ({ act: 'examined', ...HAPPENED, reason: 'Compared with the plan.' }),
    flash: 'custody-recorded',
  },
  {
    name: 'offer an exhibit', address: () => paths.offerCustody.to({ id: at.id, exhibitId: at.exhibitId }), by: 'amira.rahman', not: 'priya.shah',
    required: ['agencyId'],
    well: () => ({ agencyId: at.agencies['northmoor-police'] ?? '', person: 'PC Owen Hart', reason: 'For examination.' }),
    flash: 'custody-offered',
  },
  {
    name: 'answer an offer', address: () => paths.answerCustody.to({ id: at.id, exhibitId: at.offeredId }), by: 'priya.shah', not: 'frank.moss',
    required: ['answer'],
    well: () => ({ answer: 'accept', sealBefore: 'B123', location: 'Property store', ...HAPPENED }),
    flash: 'custody-accepted',
  },
  {
    name: 'invite an agency', address: () => paths.invite.to({ id: at.id }), by: 'amira.rahman', not: 'priya.shah',
    required: ['agencyId', 'clauseId'],
    well: () => ({ agencyId: at.agencies['northmoor-health'] ?? '', clauseId: at.clauses['4.3'] ?? '', 'until.day': '1', 'until.month': '3', 'until.year': '2027' }),
  },
  {
    name: 'confirm the invitation', address: () => paths.confirmInvite.to({ id: at.id }, { agency: at.agencies['northmoor-health'], clause: at.clauses['4.3'], until: '2027-03-01' }), by: 'amira.rahman', not: 'priya.shah',
    required: [],
    well: () => ({}),
    flash: 'agency-invited',
  },
  {
    name: 'acknowledge an alert', address: () => paths.alert.to({ id: at.alertId }), by: 'priya.shah', not: 'frank.moss',
    required: [],
    well: () => ({}),
    flash: 'alert-acknowledged',
  },
];

beforeAll(async () => {
  at = await openPortalCase();
  spareId = (await openCase(await at.world.signIn('amira.rahman'))).id;
}, 180_000);

afterAll(() => at.stop());

/** Every field of a form emptied, as somebody sends it who filled in nothing. */
function emptied(sheet: Sheet): Filled {
  return Object.fromEntries([...sheet.form().keys()].filter((name) => !['csrf', 'version'].includes(name)).map((name) => [name, sheet.form().get(name)?.length === 1 && !/marking|audience/.test(name) ? '' : []]));
}

/** One line of what the database holds, to see that a refused form changed none of it. */
async function holdings(): Promise<string> {
  const tables = ['workspace', 'workspace_member', 'item', 'upload_ticket', 'custody_event'];
  const counts = await Promise.all(tables.map((table) => at.world.superuser.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)));
  return counts.map(({ rows }) => rows[0]?.n).join(' ');
}

describe.each(FORMS)('the form to $name', ({ address, by, not, required, well, flash }) => {
  if (required.length > 0) it('says what is missing, at its field and in the summary, and in the title', async () => {
    const reader = await at.as(by);
    const before = await holdings();
    const sheet = await reader.fill(address(), emptied(await reader.open(address())));
    expect(sheet.status).toBe(422);
    expect(sheet.title).toMatch(/^Error: .+ – Concordat$/);
    expect(sheet.problems.map(({ field }) => field)).toEqual(required);
    for (const { field, text } of sheet.problems) {
      expect(sheet.ids).toContain(field);
      expect(text).not.toBe('');
      expect(sheet.html).toContain(`${['inspectedOn', 'happenedAt'].includes(field) ? `${field}-parts` : field}-error`);
    }
    expect(await holdings()).toBe(before);
  });

  it('answers who may not send it as if nothing were there, with and without a token of hers', async () => {
    const reader = await at.as(not);
    const absent = await reader.open('/there/is/nothing/here');
    const before = await holdings();
    const sent = await reader.send(address(), { ...well(), csrf: await reader.token() });
    expect([sent.status, sent.html]).toEqual([404, absent.html]);
    expect(await holdings()).toBe(before);
  });

  it('takes nothing without the token of this very session, and gives back what was typed', async () => {
    const reader = await at.as(by);
    const other = new Reader(await at.world.signInAgain(by));
    const before = await holdings();
    for (const csrf of ['', 'A'.repeat(43), await other.token()]) {
      const sent = await reader.send(address(), { ...well(), csrf });
      expect(sent.status).toBe(403);
      expect(sent.main).toContain('We could not accept this form');
      const typed = [well()['title'], well()['body']].filter((text) => typeof text === 'string');
      for (const text of typed) expect(sent.html).toContain(`readonly>${text}</textarea>`);
    }
    expect(await holdings()).toBe(before);
  });

  it('is not lost with the session: what was typed is on the page that says so', async () => {
    const sent = await at.stranger().send(address(), { ...well(), title: 'Typed <b>for</b> nothing?', csrf: 'x' });
    expect(sent.status).toBe(401);
    expect(sent.html).toContain('Typed &lt;b&gt;for&lt;/b&gt; nothing?');
    expect(sent.link('Sign in again')).toBe('/');
  });

  it('does what it says, leads on, and says so once', async () => {
    const reader = await at.as(by);
    const done = await reader.fill(address(), well());
    expect([done.status, done.problems]).toEqual([303, []]);
    const next = (done.headers.get('location') ?? '').split('#')[0] ?? '';
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith('concordat-flash='));
    if (flash === undefined) {
      expect(cookie).toBeUndefined();
    } else {
      expect(cookie).toMatch(/^concordat-flash=[a-z-]+; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/);
      const shown = await reader.openWith(next, cookie?.split(';')[0] ?? '');
      expect(shown.main).toContain(FLASHES[flash]);
      expect(shown.headers.getSetCookie().join()).toMatch(/concordat-flash=;/);
    }
    const after = await reader.open(next);
    expect(after.status).toBe(200);
    for (const words of Object.values(FLASHES)) expect(after.main).not.toContain(words);
  });
});

describe('what was typed', () => {
  it.each([
    ['note', () => paths.newNote.to({ id: at.id }), { title: 'x'.repeat(400), body: 'Line one\r\n\r\n<script>alert(1)</script> & "so"', ...MARKED, 'marking.descriptors': ['LEGAL', 'COMMERCIAL'] }, 'title'],
    ['investigation', () => paths.newInvestigation.to({}), { title: 'Fine', 'business.name': 'Fine', 'business.address': 'x', 'business.postcode': 'not a postcode', summary: 'y', purpose: 'Fire safety of premises', 'marking.sensitive': 'yes', 'business.fhrsId': 'abc' }, 'business-postcode'],
    ['finding', () => paths.newFinding.to({ id: at.id }), { title: 'Fine', 'inspectedOn.day': '30', 'inspectedOn.month': '2', 'inspectedOn.year': '2026', hygiene: '10', structure: '15', confidence: '30', imminentRisk: 'no', narrative: 'Words', ...MARKED }, 'inspectedOn'],
    ['finding of tomorrow', () => paths.newFinding.to({ id: at.id }), { title: 'Fine', 'inspectedOn.day': '1', 'inspectedOn.month': '1', 'inspectedOn.year': '2999', hygiene: '10', structure: '15', confidence: '30', imminentRisk: 'yes', narrative: 'Words', ...MARKED }, 'inspectedOn'],
    ['exhibit', () => paths.newExhibit.to({ id: at.id }), { title: 'Reverse \u202etxt', description: 'd', ...MARKED }, 'title'],
    ['invitation', () => paths.invite.to({ id: spareId }), { clauseId: '', agencyId: '', 'until.day': '31', 'until.month': '6', 'until.year': '2027' }, 'until'],
  ] as const)('in a %s comes back as it was, with what is wrong at its field', async (_, address, filled, field) => {
    const amira = await at.as('amira.rahman');
    const sheet = await amira.fill(address(), filled);
    expect(sheet.status).toBe(422);
    expect(sheet.problems.map((problem) => problem.field)).toContain(field);
    const kept = sheet.form();
    for (const [name, value] of Object.entries(filled as Filled)) {
      const wanted = (typeof value === 'string' ? [value] : [...value]).map((text) => text.replaceAll('\r\n', '\n')).filter((text) => text !== '');
      expect({ name, kept: (kept.get(name) ?? []).filter((text) => text !== '').sort() }).toEqual({ name, kept: wanted.sort() });
    }
    expect(sheet.markings.map(({ place }) => place)).toEqual(address() === paths.newInvestigation.to({}) ? [] : ['top', 'bottom']);
  });

  it('is not widened to everybody when agencies were picked but not the choice', async () => {
    const amira = await at.as('amira.rahman');
    const sheet = await amira.fill(paths.newNote.to({ id: at.id }), { title: 'T', body: 'B', 'marking.sensitive': 'yes', audience: 'everyone', 'marking.releasableTo': at.agencies['northmoor-police'] ?? '' });
    expect([sheet.status, sheet.problems.map(({ field }) => field)]).toEqual([422, ['audience']]);
    expect(sheet.form().get('marking.releasableTo')).toEqual([at.agencies['northmoor-police']]);
  });
});

describe('two people at one record', () => {
  it('both keep their words: the later one sees both versions and saves what she makes of them', async () => {
    const [amira, tom] = [await at.as('amira.rahman'), await at.as('tom.bell')];
    const address = paths.editRecord.to({ id: at.id, recordId: at.recordId });
    const read = Object.fromEntries((await amira.open(address)).form());
    const version = Number(read['version']?.[0]);
    expect((await tom.fill(address, { body: 'Tom wrote this.' })).status).toBe(303);
    const stale = await amira.send(address, { ...read, body: 'Amira wrote that.' });
    expect([stale.status, stale.headings]).toEqual([409, ['Somebody saved this record before you']]);
    for (const words of ['Tom wrote this.', 'Amira wrote that.', 'Your words are not saved yet']) expect(stale.main).toContain(words);
    expect(stale.form().get('version')).toEqual([String(version + 1)]);
    expect(stale.form().get('body')).toEqual(['Amira wrote that.']);
    const joined = await amira.send(address, { ...Object.fromEntries(stale.form()), body: 'Tom and Amira wrote this.' });
    expect(joined.status).toBe(303);
    const history = await amira.open(address);
    expect(history.form().get('version')).toEqual([String(version + 2)]);
    expect(history.main).toContain(`Version ${version + 1}, saved`);
    // The version in the form is the newest one; the history below it holds those before.
    expect(history.main).not.toContain(`Version ${version + 2}, saved`);
  });

  it('a record written first has no earlier versions to show', async () => {
    const amira = await at.as('amira.rahman');
    const saved = await amira.fill(paths.newRecord.to({ id: at.id }), { title: 'First', body: 'Once.', ...MARKED });
    const [, recordId = ''] = (saved.headers.get('location') ?? '').split('#item-');
    expect((await amira.open(paths.editRecord.to({ id: at.id, recordId }))).main).not.toContain('Earlier versions');
  });
});

describe('the two steps of sharing', () => {
  it('lead from the choice to the confirmation with everything chosen, and share nothing before it', async () => {
    const amira = await at.as('amira.rahman');
    const opened = await amira.fill(paths.newInvestigation.to({}), { title: 'The Mill', 'business.name': 'The Mill', 'business.address': '1 Road', 'business.postcode': 'AS1 1AA', summary: 'x', purpose: 'Outbreak control', 'marking.sensitive': 'no' });
    const id = (opened.headers.get('location') ?? '').replace('/investigations/', '');
    const chosen = await amira.fill(paths.invite.to({ id }), { agencyId: at.agencies['northmoor-fire'] ?? '', clauseId: at.clauses['4.2'] ?? '', 'until.day': '5', 'until.month': '1', 'until.year': '2027' });
    const confirm = await amira.open(chosen.headers.get('location') ?? '');
    for (const words of ['Share with Northmoor Fire and Rescue Service?', 'ISA-2026-01, clause 4.2: Fire safety of premises', 'Crime and Disorder Act 1998, section 115', 'Until 5 January 2027', 'with 0 items by now', 'It will see all that you see', 'The investigation itself, and no item by now.', 'What people have read cannot be unread']) {
      expect(confirm.main).toContain(words);
    }
    const frank = await at.as('frank.moss');
    expect((await frank.open(paths.overview.to({ id }))).status).toBe(404);
    expect((await amira.fill(confirm.address, {})).status).toBe(303);
    expect((await frank.open(paths.overview.to({ id }))).status).toBe(200);
    expect((await amira.open(paths.sharing.to({ id }))).main).toContain('5 January 2027');
  });

  it.each([['no clause', { clause: '' }], ['a clause of another agreement', { clause: '00000000-0000-4000-8000-000000000000' }], ['an agency that is no party', { agency: 'wexcombe' }], ['a day there is none of', { until: 'soon' }]])('confirm nothing with %s', async (_, change: Readonly<Record<string, string>>) => {
    const amira = await at.as('amira.rahman');
    const query = { agency: at.agencies['northmoor-health'], clause: at.clauses['4.3'], until: '', ...change };
    expect((await amira.open(paths.confirmInvite.to({ id: at.id }, { ...query, agency: query.agency === 'wexcombe' ? at.agencies['wexcombe'] : query.agency }))).status).toBe(404);
  });
});

describe('the form of a court bundle', () => {
  const address = (): string => paths.newBundle.to({ id: at.id });

  it('says beside its fields what is not filled in, all at once, and loses nothing that was typed', async () => {
    const amira = await at.as('amira.rahman');
    const empty = await amira.fill(address(), {});
    expect([empty.status, empty.problems]).toEqual([422, [
      { field: 'recipients', text: 'Enter who the bundle is for' },
      { field: 'reason', text: 'Enter why the bundle is made' },
    ]]);
    const nothing = await amira.fill(address(), { scope: 'chosen', recipients: 'The court', reason: 'x'.repeat(501) });
    expect(nothing.problems).toEqual([
      { field: 'exhibits', text: 'Choose at least one exhibit' },
      { field: 'reason', text: 'This must be 500 characters or fewer' },
    ]);
    expect(nothing.html).toContain('value="The court"');
    expect(nothing.html).toMatch(/value="chosen" checked/);
    expect((await amira.fill(address(), { scope: [], recipients: 'The court', reason: 'Prosecution' })).problems.map(({ field }) => field)).toEqual(['scope']);
  });

  it('goes on, as it was sent, to where the file is made', async () => {
    const amira = await at.as('amira.rahman');
    const filled = { scope: 'chosen', exhibits: [at.exhibitId], recipients: 'The court', reason: 'Prosecution' };
    const sent = await amira.fill(address(), filled);
    expect([sent.status, sent.headers.get('location')]).toEqual([307, paths.bundle.to({ workspaceId: at.id })]);
    const body = new URLSearchParams({ ...filled, exhibits: at.exhibitId, csrf: await amira.token() });
    const file = await amira.visitor.fetch(sent.headers.get('location') ?? '', { method: 'POST', body });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  });
});
