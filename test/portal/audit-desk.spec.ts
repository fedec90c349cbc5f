import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf } from '../../src/portal/presenters/dates.js';
import { eventually } from '../api/alert-case.js';
import { signInAuditor } from '../builders/auditor.js';
import { OFFICIAL_SENSITIVE, perform, type RecordItem } from '../builders/case.js';
import { openPortalCase, type PortalCase } from './portal-case.js';
import { paths } from '../../src/portal/paths.js';
import type { Reader } from './reader.js';
import type { Sheet } from './sheet.js';

let at: PortalCase;
let auditor: Reader;

beforeAll(async () => {
  at = await openPortalCase();
  await signInAuditor(at.world);
  auditor = await at.as('alex.ward');
}, 180_000);
afterAll(() => at.stop());

const rowsOf = (sheet: Sheet): number => [...sheet.html.matchAll(/<tr class="govuk-table__row">\s*<th scope="row" class="govuk-table__header app-cell--strong"><a/g)].length;
/** A count as it stands beside the link of a value. */
const countOf = (sheet: Sheet, value: string): string | undefined => new RegExp(`>${value}</a> <span class="app-facets__count">([^<]*)<`).exec(sheet.html)?.[1];

describe('one exhibit, for an auditor', () => {
  it('is read from its first octet to its last when she asks, and its page says what was found', async () => {
    const address = paths.auditItemProof.to({ id: at.exhibitId });
    expect((await auditor.open(paths.auditItem.to({ id: at.exhibitId }))).html).toContain(address);
    expect((await auditor.open(paths.auditItem.to({ id: at.recordId }))).html).not.toContain(paths.auditItemProof.to({ id: at.recordId }));
    await auditor.fill(address, {});
    const sheet = await eventually('the end of the reading', async () => {
      const seen = await auditor.open(address);
      return seen.main.includes('Read it now') ? seen : undefined;
    });
    expect(sheet.main).toMatch(/Whole: every octet is what was deposited\. Asked for by Alex Ward, read to its end on/);
  });

  it('shows how far it is while it is read, with a link to see how far it is now, and no second button', async () => {
    const address = paths.auditItemProof.to({ id: at.exhibitId });
    await at.world.superuser.query(
      `INSERT INTO body_proof_request (id, item_id, asked_by, asked_by_name, asked_at, touched_at, read_bytes) SELECT gen_random_uuid(), $1, id, display_name, now(), now(), 13 FROM person WHERE display_name = 'Alex Ward'`, [at.exhibitId]);
    const sheet = await auditor.open(address);
    expect(sheet.main).toMatch(/13 bytes of 25 bytes read \(52%\)\. Asked for by Alex Ward on .* See how far it is now/);
    expect(sheet.html).toMatch(/<progress[^>]*value="52"/);
    expect(sheet.main).not.toContain('Read it now');
    const { csrf = [''] } = Object.fromEntries(sheet.form('/sign-out'));
    const again = await auditor.send(address, { csrf });
    expect(again.problems[0]?.text).toContain('is being read already');
    await at.world.superuser.query('DELETE FROM body_proof_request WHERE ended_at IS NULL');
  });
});

describe('the auditor’s search', () => {
  it('counts what matches by agency and act, each with a link that narrows to as many', async () => {
    const sheet = await auditor.open('/audit?category=collection');
    expect(sheet.main).toMatch(/\d+ entries match/);
    const notes = countOf(sheet, 'Added a note');
    expect(Number(notes)).toBeGreaterThan(0);
    const narrowed = await auditor.open(sheet.link('Added a note'));
    expect(narrowed.address).toBe('/audit?verb=note.add&category=collection');
    expect(rowsOf(narrowed)).toBe(Number(notes));
  });

  it('finds several acts, and a thing by words of its title', async () => {
    const several = await auditor.open('/audit?verb=note.add&verb=record.save&subject=own');
    expect(several.main).toContain('Record: Owner and staff');
    expect(several.main).not.toContain('Kept from fire');
    expect(several.html).toMatch(/value="note.add" checked/);
    expect((await auditor.open('/audit?verb=note.add,record.save')).main).toContain('Kept from fire');
  });

  it('offers purposes that were stated, and only those', async () => {
    const sheet = await auditor.open('/audit');
    const [, options = ''] = /<select[^>]*name="purpose"[^>]*>([\s\S]*?)<\/select>/.exec(sheet.html) ?? [];
    const { rows } = await at.world.superuser.query<{ purpose: string }>('SELECT DISTINCT purpose FROM ledger_entry WHERE purpose IS NOT NULL');
    expect([...options.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value).sort()).toEqual(rows.map(({ purpose }) => purpose).sort());
  });

  it('draws the volume, and gives the same numbers as a table', async () => {
    const sheet = await auditor.open('/audit?verb=note.add,record.save,finding.record');
    const bars = [...sheet.html.matchAll(/<rect [^>]*height="(\d+)"[^>]*><title>[^:]*, \d\d:00: (\d+)</g)];
    const table = [...sheet.html.matchAll(/<td class="govuk-table__cell govuk-table__cell--numeric">(\d+)<\/td>/g)];
    expect(bars.reduce((sum, [, , n]) => sum + Number(n), 0)).toBe(rowsOf(sheet));
    expect(table.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(rowsOf(sheet));
  });

  it('is kept under a name, run again, and deleted; a name taken is refused and nothing typed is lost', async () => {
    const page = (await auditor.open('/audit?verb=note.add&from.day=1&from.month=6&from.year=2026&to.day=31&to.month=12&to.year=2099')).link('Save this search');
    const saved = await auditor.fill(page, { name: 'Notes of the year' });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/audit/searches']);
    const again = await auditor.fill(page, { name: 'Notes of the year' });
    expect([again.status, again.problems.map(({ field }) => field)]).toEqual([422, ['name']]);
    expect(again.everyAttribute('value')).toContain('Notes of the year');
    const list = await auditor.open('/audit/searches');
    expect(list.main).toContain('What was done: Added a note; From: 1 June 2026; To: 31 December 2099');
    const run = await auditor.open(list.link('Notes of the year'));
    expect([run.status, rowsOf(run) > 0, run.main.includes('Filtered by')]).toEqual([200, true, true]);
    const form = Object.fromEntries(list.form('/audit/searches'));
    expect((await auditor.send('/audit/searches', form)).status).toBe(303);
    expect((await auditor.open('/audit/searches')).main).toContain('You have saved no search yet.');
    const { rows } = await at.world.superuser.query<{ verb: string; outcome: string }>(
      `SELECT verb, outcome FROM ledger_entry WHERE verb IN ('ledger.save-search', 'ledger.drop-search') ORDER BY at`);
    expect(rows.map(({ verb, outcome }) => `${verb} ${outcome}`)).toEqual(['ledger.save-search done', 'ledger.save-search refused', 'ledger.drop-search done']);
  });

  it('keeps searches from everybody else: another person’s is neither listed nor deleted', async () => {
    const { rows: [other] } = await at.world.superuser.query<{ id: string }>(
      `INSERT INTO audit_search SELECT gen_random_uuid(), id, 'Of another', '{}', now() FROM person WHERE display_name = 'Amira Rahman' RETURNING id`);
    expect((await auditor.open('/audit/searches')).main).not.toContain('Of another');
    const DROP = 'mutation ($id: ID!) { deleteAuditSearch(id: $id) { __typename } }';
    expect(await auditor.visitor.ask(DROP, { id: other?.id })).toEqual({ deleteAuditSearch: { __typename: 'Refused' } });
    expect((await at.world.superuser.query('SELECT FROM audit_search')).rowCount).toBe(1);
  });
});

describe('a story', () => {
  it('of an item tells in order what was done, who saw it, and what it was called before and after', async () => {
    const [amira, priya] = [(await at.as('amira.rahman')).visitor, await at.as('priya.shah')];
    await priya.open(`/investigations/${at.id}/record`);
    await perform<RecordItem>(amira, 'saveRecord', { id: at.recordId, workspaceId: at.id, version: 1, title: 'Owner only', body: 'Two.', marking: OFFICIAL_SENSITIVE });
    const entry = await auditor.open('/audit?verb=record.save');
    const sheet = await auditor.open(entry.links.find((link) => link === `/audit/items/${at.recordId}`) ?? '');
    expect(sheet.headings).toEqual(['Story of “Owner only”']);
    expect(sheet.main).toContain('It was called “Owner and staff”, then “Owner only”.');
    expect(sheet.main).toContain('Priya Shah');
    const moments = [...(sheet.html.split('In order')[1] ?? '').matchAll(/<time datetime="([^"]*)"/g)].map(([, iso = '']) => iso);
    expect(moments.length).toBeGreaterThan(2);
    expect(moments).toEqual([...moments].sort());
    expect(sheet.main.indexOf('Record: Owner and staff')).toBeLessThan(sheet.main.indexOf('Record: Owner only'));
    // An entry keeps the title of its time.
    const old = await auditor.open('/audit?verb=record.save&subject=staff');
    expect(old.main).toContain('Record: Owner and staff');
  });

  it('of a person is told under the names of the time', async () => {
    const { rows: [amira] } = await at.world.superuser.query<{ id: string }>(`UPDATE person SET display_name = 'Amira Stone' WHERE display_name = 'Amira Rahman' RETURNING id`);
    const sheet = await auditor.open(`/audit/people/${amira?.id ?? ''}`);
    expect(sheet.headings).toEqual(['Story of Amira Rahman']);
    expect(sheet.main).not.toContain('Priya Shah');
    await at.world.superuser.query(`UPDATE person SET display_name = 'Amira Rahman' WHERE id = $1`, [amira?.id]);
  });

  it('of a day begins with its first entry; of a day with none there is no page', async () => {
    const sheet = await auditor.open(`/audit/days/${dayOf(new Date())}`);
    expect(sheet.status).toBe(200);
    expect(sheet.main).toContain('Signed in');
    for (const day of ['1999-01-01', '2026-02-31', 'today']) expect((await auditor.open(`/audit/days/${day}`)).status).toBe(404);
  });

  it('is linked from every entry', async () => {
    const [link = ''] = (await auditor.open('/audit?verb=note.add')).links.filter((one) => one.startsWith('/audit/entries/'));
    const entry = await auditor.open(link);
    for (const text of ['The story of this item, and who saw it', 'The story of this person', 'The story of this day', 'Everything the same request did']) {
      expect((await auditor.open(entry.link(text))).status).toBe(200);
    }
  });
});

describe('who could have seen an item on a day', () => {
  const rowOf = (sheet: Sheet, agency: string): string => {
    const [, row = ''] = new RegExp(`<th scope="row"[^>]*>${agency}</th>([\\s\\S]*?)</tr>`).exec(sheet.html) ?? [];
    return row.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim();
  };

  it('names each agency with the ground or the lack of one, and beside it who did', async () => {
    const sheet = await auditor.open(paths.auditItemSight.to({ id: at.recordId }));
    expect(sheet.status).toBe(200);
    expect(rowOf(sheet, 'Ashworth Borough Council')).toContain('It leads the investigation.');
    expect(rowOf(sheet, 'Northmoor Police')).toMatch(/Could.*Member under clause .* of ISA-/);
    expect(rowOf(sheet, 'Northmoor Health')).toBe('');
    expect(sheet.main).toContain('What is not kept');
    expect(sheet.main).toContain('Priya Shah');
  });

  it('asks the marking: fire could not see the police’s note', async () => {
    const { rows: [note] } = await at.world.superuser.query<{ id: string }>(`SELECT id FROM item WHERE title = 'Kept from fire'`);
    const sheet = await auditor.open(paths.auditItemSight.to({ id: note?.id ?? '' }));
    const fire = [...sheet.html.matchAll(/<th scope="row" class="govuk-table__header app-cell--strong">([^<]*)<\/th>/g)].map(([, name = '']) => [name, rowOf(sheet, name)]);
    expect(fire.filter(([, row]) => row?.includes('The item was not releasable to it.'))).toHaveLength(1);
    expect(sheet.html).not.toContain('Watched overnight');
  });

  it('says so for a day before the item was made', async () => {
    const sheet = await auditor.open(`/audit/items/${at.recordId}/sight?on.day=1&on.month=1&on.year=2020`);
    expect(rowOf(sheet, 'Ashworth Borough Council')).toBe('Could not The item had not been made yet.');
    expect(sheet.main).toContain('Nobody read or changed it on this day.');
  });

  it('knows since when an agreement is suspended, and does not guess where that is not kept', async () => {
    await at.world.superuser.query(`UPDATE agreement SET status = 'suspended'`);
    const sheet = await auditor.open(paths.auditItemSight.to({ id: at.recordId }));
    expect(rowOf(sheet, 'Northmoor Police')).toMatch(/Could, part of the day.*Member under clause/);
    // As of one that was suspended before its status began to be kept.
    const { rows } = await at.world.superuser.query<{ agreement_id: string; since: Date; status: string }>(
      `WITH gone AS (DELETE FROM agreement_status RETURNING *) SELECT * FROM gone`);
    const unkept = await auditor.open(paths.auditItemSight.to({ id: at.recordId }));
    await at.world.superuser.query(`UPDATE agreement SET status = 'live'`);
    await at.world.superuser.query('DELETE FROM agreement_status');
    for (const { agreement_id: id, since, status } of rows.filter((one) => one.status === 'live')) await at.world.superuser.query('INSERT INTO agreement_status VALUES ($1, $2, $3)', [id, since, status]);
    expect(rowOf(unkept, 'Northmoor Police')).toMatch(/Not known.*suspended now, and since when is not kept/);
  });

  it('refuses what is no day in words, and shows nothing of an item that is not there', async () => {
    const sheet = await auditor.open(`/audit/items/${at.recordId}/sight?on.day=31&on.month=2&on.year=2026`);
    expect([sheet.status, sheet.problems.map(({ field }) => field)]).toEqual([400, ['on']]);
    expect((await auditor.open(`/audit/items/${at.id}/sight`)).status).toBe(404);
  });
});

describe('why somebody sees an item', () => {
  const rowsIn = (sheet: Sheet): readonly string[] => [...sheet.html.matchAll(/<tr class="govuk-table__row"><th scope="row"[\s\S]*?<\/tr>/g)].map(([row]) => row.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim());
  const sight = (query = {}): string => paths.itemSight.to({ id: at.id, itemId: at.recordId }, query);

  it('is told to a partner of her own agency and herself, and of nobody else', async () => {
    const priya = await at.as('priya.shah');
    const record = await priya.open(paths.record.to({ id: at.id }));
    const sheet = await priya.open(record.links.find((link) => link === sight()) ?? '');
    expect(sheet.main).toMatch(/Northmoor Police is a member of this investigation under clause 4\.1 of agreement ISA-2026-01\. Purpose: .* Legal gateway: Crime and Disorder Act 1998, section 115 \(CDA115\)\. It has been a member since .*, and is until .* at the latest\./);
    expect(sheet.main).toContain('It is marked OFFICIAL-SENSITIVE. That is no higher than the agreement lets your agency see. It may go to every agency that takes part in the investigation.');
    expect(sheet.main).toMatch(/You work on investigations for Northmoor Police as .*police officer/);
    expect([sheet.main.includes('Fire'), sheet.main.includes('Who can see it'), sheet.html.includes('name="on.day"')]).toEqual([false, false, false]);
    // A day is the originator's to ask for: an address that does changes nothing here.
    expect((await priya.open(sight({ 'on.day': '31', 'on.month': '2', 'on.year': '2026' }))).main).toBe(sheet.main);
  });

  it('is told to its own agency with who else can, and who could on a day', async () => {
    const amira = await at.as('amira.rahman');
    const record = await amira.open(paths.record.to({ id: at.id }));
    const sheet = await amira.open(record.links.find((link) => link === sight()) ?? '');
    expect(sheet.main).toContain('Ashworth Borough Council leads this investigation.');
    expect(sheet.main).toContain('Your agency brought it, and always may see what it brought.');
    expect(rowsIn(sheet)).toEqual([
      expect.stringMatching(/^Ashworth Borough Council Can see it It leads the investigation\. Environmental health officer/),
      expect.stringMatching(/^Northmoor Fire and Rescue Service Can see it Member under clause 4\.1 of ISA-2026-01: .* Fire officer/),
      expect.stringMatching(/^Northmoor Police Can see it Member under clause 4\.1 of ISA-2026-01: .* Police officer/),
    ]);
    const before = await amira.open(sight({ 'on.day': '1', 'on.month': '1', 'on.year': '2020' }));
    expect([before.main.includes('Who could see it on 1 January 2020'), before.main.includes('Nobody could: it had not been made yet.')]).toEqual([true, true]);
    const wrong = await amira.open(sight({ 'on.day': '31', 'on.month': '2', 'on.year': '2026' }));
    expect([wrong.status, wrong.problems.map(({ field }) => field), rowsIn(wrong)]).toEqual([400, ['on'], []]);
  });

  it('is linked from an exhibit, and told of what is for the police to them and not to fire', async () => {
    const [priya, frank] = [await at.as('priya.shah'), await at.as('frank.moss')];
    const exhibit = await priya.open(paths.exhibit.to({ id: at.id, exhibitId: at.exhibitId }));
    expect((await priya.open(exhibit.link('Why can I see this'))).headings).toEqual(['Why can I see this']);
    const { rows: [note] } = await at.world.superuser.query<{ id: string }>(`SELECT id FROM item WHERE title = 'Kept from fire'`);
    const address = paths.itemSight.to({ id: at.id, itemId: note?.id ?? '' });
    expect((await priya.open(address)).main).toContain('Your agency is among those it may go to.');
    expect((await frank.open(address)).html).toBe((await frank.open('/there/is/nothing/here')).html);
  });
});

describe('how an item stood at a moment', () => {
  const cells = (sheet: Sheet): readonly (readonly string[])[] => [...sheet.html.matchAll(/<th scope="row"[^>]*>([^<]*)<\/th>\s*<td[^>]*>([\s\S]*?)<\/td>\s*<td[^>]*>([\s\S]*?)<\/td>/g)]
    .map(([, ...texts]) => texts.map((text) => text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim()));
  const valuesOf = (sheet: Sheet): Readonly<Record<string, string>> => Object.fromEntries(cells(sheet).map(([name = '', value = '']) => [name, value]));
  const entriesOf = (sheet: Sheet): readonly (string | undefined)[] => cells(sheet).map(([, , by]) => by);
  const BEFORE = { 'on.day': '1', 'on.month': '1', 'on.year': '2020' };

  /** The page is entered from the story of the item. */
  it('tells an auditor each part with the entry that set it, and its proof', async () => {
    const sheet = await auditor.open((await auditor.open(paths.auditItem.to({ id: at.recordId }))).link('How it stood at a moment'));
    expect([sheet.status, sheet.headings]).toEqual([200, ['How it stood']]);
    expect(valuesOf(sheet)).toEqual({ Status: 'Version 2', Title: 'Owner only', Marking: 'OFFICIAL-SENSITIVE', Owner: 'Ashworth Borough Council', 'Shared with': expect.stringMatching(/Northmoor Fire.*, Northmoor Police|Northmoor Police, Northmoor Fire/) });
    for (const by of entriesOf(sheet)) expect(by).toMatch(/^Set Saved the record Amira Rahman, Ashworth Borough Council, .* Proof/);
    const [set = '', made = ''] = [...new Set(sheet.links.filter((link) => link.startsWith('/audit/entries/')))];
    expect((await auditor.open(set)).main).toContain('Record: Owner only');
    expect((await auditor.open(made)).main).toContain('Record: Owner and staff');
    const proof = await auditor.open(sheet.links.find((link) => link.endsWith('/proof')) ?? '');
    expect([proof.status, proof.html.split('\n')[0]]).toEqual([200, 'c2sp.org/tlog-proof@v1']);
  });

  it('tells that it was not made yet, and of another moment what was so then', async () => {
    const never = await auditor.open(paths.auditItemPast.to({ id: at.recordId }, BEFORE));
    expect(valuesOf(never)).toMatchObject({ Status: 'Not made yet', Title: 'Not known: no entry that you may see says it.' });
    const { rows } = await at.world.superuser.query<{ at: Date }>(`SELECT at FROM ledger_entry WHERE verb = 'record.save' AND subject_id = $1 ORDER BY at`, [at.recordId]);
    const GRAPH = 'query ($id: ID!, $at: DateTime!) { itemPast(id: $id, at: $at) { parts { name value } } }';
    const then = async (moment: Date | undefined): Promise<unknown> => auditor.visitor.ask(GRAPH, { id: at.recordId, at: moment?.toISOString() });
    expect(await then(rows[0]?.at)).toMatchObject({ itemPast: { parts: expect.arrayContaining([{ name: 'title', value: 'Owner and staff' }, { name: 'status', value: 'version-1' }]) } });
    expect(await then(rows[1]?.at)).toMatchObject({ itemPast: { parts: expect.arrayContaining([{ name: 'title', value: 'Owner only' }]) } });
  });

  it('says what is wrong with a moment beside what was entered, and knows no item that is not there', async () => {
    const wrong = await auditor.open(paths.auditItemPast.to({ id: at.recordId }, { ...BEFORE, 'on.month': '13', time: '25:00' }));
    expect([wrong.status, wrong.problems.map(({ field }) => field), wrong.everyAttribute('value').includes('25:00')]).toEqual([400, ['on', 'time'], true]);
    expect((await auditor.open(paths.auditItemPast.to({ id: at.id }))).status).toBe(404);
  });

  it('tells whoever sees the item what her agency set or read, from the page of the item, and records that she looked', async () => {
    const [amira, priya, frank] = [await at.as('amira.rahman'), await at.as('priya.shah'), await at.as('frank.moss')];
    const record = await amira.open(paths.record.to({ id: at.id }));
    const own = await amira.open(record.link('How it stood at a moment: Owner only'));
    expect(valuesOf(own)).toMatchObject({ Status: 'Version 2', Title: 'Owner only', 'Shared with': expect.stringContaining('Northmoor Police') });
    expect(entriesOf(own)[1]).toMatch(/^Set Saved the record Amira Rahman, .* Entry [0-9a-f-]{36}$/);
    expect(own.links.filter((link) => link.startsWith('/audit') || link.startsWith('/ledger'))).toEqual([]);
    const { rows } = await at.world.superuser.query<{ subject: string; outcome: string }>(`SELECT subject_id AS subject, outcome FROM ledger_entry WHERE verb = 'access-log.read' AND person_name = 'Amira Rahman' ORDER BY at DESC LIMIT 1`);
    expect(rows).toEqual([{ subject: at.recordId, outcome: 'done' }]);

    // The police has neither set nor read it by itself: the entries are the council's, and its access log does not have them either.
    const address = paths.itemPast.to({ id: at.id, itemId: at.recordId });
    const others = await priya.open(address);
    expect(valuesOf(others)).toMatchObject({ Title: 'Not known: no entry that you may see says it.', 'Shared with': 'Not known: no entry that you may see says it.' });
    await priya.visitor.ask('query ($id: ID!) { record(id: $id) { id } }', { id: at.recordId });
    const read = await priya.open(address);
    expect(valuesOf(read)).toMatchObject({ Status: 'Version 2', Title: 'Owner only', Owner: 'Ashworth Borough Council' });
    expect(entriesOf(read)[1]).toMatch(/^As it was read Read the record Priya Shah/);

    const { rows: [note] } = await at.world.superuser.query<{ id: string }>(`SELECT id FROM item WHERE title = 'Kept from fire'`);
    expect([(await priya.open(paths.itemPast.to({ id: at.id, itemId: note?.id ?? '' }))).status, (await frank.open(paths.itemPast.to({ id: at.id, itemId: note?.id ?? '' }))).status]).toEqual([200, 404]);
    const wrong = await frank.open(paths.itemPast.to({ id: at.id, itemId: at.recordId }, { ...BEFORE, 'on.day': '32' }));
    expect([wrong.status, wrong.problems.map(({ field }) => field)]).toEqual([400, ['on']]);
  });
});
