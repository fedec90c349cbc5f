import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OFFICIAL_SENSITIVE, perform } from '../builders/case.js';
import { paths } from '../../src/portal/paths.js';
import { openPortalCase, type PortalCase } from './portal-case.js';
import type { Reader } from './reader.js';
import type { Sheet } from './sheet.js';
import { signInAuditor } from '../builders/auditor.js';

const NOTES = 30;

let at: PortalCase;
let amira: Reader;
let auditor: Reader;

beforeAll(async () => {
  at = await openPortalCase();
  await signInAuditor(at.world);
  [amira, auditor] = [await at.as('amira.rahman'), await at.as('alex.ward')];
  for (let n = 1; n <= NOTES; n += 1) {
    await perform(amira.visitor, 'addNote', { workspaceId: at.id, title: `Visit ${n}`, body: 'Called.', marking: OFFICIAL_SENSITIVE });
  }
}, 180_000);

afterAll(() => at.stop());

/** Every page of a list, by its own links. */
async function throughout(reader: Reader, address: string): Promise<Sheet[]> {
  const sheets = [await reader.open(address)];
  for (let sheet = sheets[0]; sheet?.html.includes('rel="next"') === true; sheet = sheets.at(-1)) sheets.push(await reader.open(sheet.link('Next page')));
  return sheets;
}

const titles = (sheet: Sheet, pattern: RegExp): string[] => [...sheet.html.matchAll(pattern)].map(([, title = '']) => title);
const CARDS = /<h2[^>]*app-item__title[^>]*>([^<]*)</g;

describe('a list of more than a page', () => {
  it('is walked by its links from the newest to the oldest, each item once, and back to the first page', async () => {
    const address = paths.record.to({ id: at.id }, { kind: 'note' });
    const sheets = await throughout(amira, address);
    const walked = sheets.flatMap((sheet) => titles(sheet, CARDS));
    expect(walked).toEqual([...Array.from({ length: NOTES }, (_, n) => `Visit ${NOTES - n}`), 'Kept from fire']);
    expect(sheets.map((sheet) => titles(sheet, CARDS).length)).toEqual([25, 6]);
    expect(sheets[0]?.html).not.toContain('First page');
    // The filter goes along in both directions.
    expect(sheets[1]?.link('First page')).toBe(address);
    expect(sheets[0]?.link('Next page')).toMatch(/kind=note&after=/);
  });

  it.each([
    ['timeline', () => paths.timeline.to({ id: at.id }), /<h2 class="moj-timeline__title">([^<]*)</g],
    ['access log', () => paths.accessLog.to({ id: at.id }), /<time datetime="([^"]*)">/g],
  ] as const)('of the %s is newest first across its pages', async (_, address, pattern) => {
    const sheets = await throughout(amira, address());
    expect(sheets.length).toBeGreaterThan(1);
    const moments = sheets.flatMap((sheet) => sheet.times.map(({ iso }) => iso));
    expect(moments).toEqual([...moments].sort().reverse());
    for (const sheet of sheets.slice(0, -1)) expect(titles(sheet, pattern)).toHaveLength(25);
  });

  it('lends its places to nobody else: another’s link to a page is not found', async () => {
    const next = (await amira.open(paths.record.to({ id: at.id }))).link('Next page');
    expect((await amira.open(next)).status).toBe(200);
    for (const name of ['tom.bell', 'priya.shah']) expect((await (await at.as(name)).open(next)).status).toBe(404);
    expect((await amira.open(next.replace('/record', '/timeline'))).status).toBe(404);
    expect((await amira.open(next.replace(/after=.{8}/, 'after=AAAAAAAA'))).status).toBe(404);
  });

  it('shows fire what fire may see, in full pages, without a gap where the rest would be', async () => {
    const sheets = await throughout(await at.as('frank.moss'), paths.record.to({ id: at.id }, { kind: 'note' }));
    expect(sheets.map((sheet) => titles(sheet, CARDS).length)).toEqual([25, 5]);
  });
});

describe('the kinds of a record', () => {
  it.each([['record', ['Owner and staff']], ['finding', ['Inspection of the kitchen']]])('shows only each %s', async (kind, expected) => {
    const sheet = await amira.open(paths.record.to({ id: at.id }, { kind }));
    expect(titles(sheet, CARDS)).toEqual(expected);
    expect(sheet.html).toMatch(new RegExp(`kind=${kind}" aria-current="true"`));
  });

  it('takes a kind there is none of for all of them', async () => {
    expect((await amira.open(`${paths.record.to({ id: at.id })}?kind=secret`)).html).toContain('aria-current="true">Everything');
  });
});

describe('the list of investigations', () => {
  it('keeps the tab through the filter and the filter through the tabs, and can take it away', async () => {
    const sheet = await amira.open('/investigations?tab=mine&status=open');
    expect(sheet.html).toContain('<input type="hidden" name="tab" value="mine">');
    expect(sheet.link('All I can see')).toBe('/investigations?tab=all&status=open');
    expect(sheet.html).toMatch(/app-filter-chip" href="\/investigations\?tab=mine">Status: Open/);
    expect(sheet.main).toContain('The Golden Spoon');
    expect((await amira.open('/investigations?tab=mine&status=closed')).main).toContain('No investigation matches this filter.');
  });

  it('says what would be there, where nothing is', async () => {
    expect((await (await at.as('sam.stone')).open('/investigations?tab=all')).main).toContain('There is no investigation here that you can see. One appears as soon as');
  });
});

describe('search', () => {
  it('finds what the reader sees, with where it is and how it is marked, and leads there', async () => {
    const sheet = await amira.open('/search?text=rodents');
    expect(sheet.main).toContain('Results for “rodents”');
    const [hit] = sheet.html.match(/app-hits__hit[\s\S]*?<\/li>/) ?? [];
    expect(hit).toContain(`Inspection finding in ${at.reference}`);
    expect(sheet.link('Inspection of the kitchen')).toMatch(new RegExp(`^${paths.record.to({ id: at.id })}#item-`));
    expect(sheet.markings.map(({ text }) => text)).toEqual(['OFFICIAL-SENSITIVE', 'OFFICIAL-SENSITIVE']);
  });

  it('tells whoever may not see it the same as of a word nobody wrote', async () => {
    const frank = await at.as('frank.moss');
    const [kept, nothing] = [await frank.open('/search?text=overnight'), await frank.open('/search?text=zzyzxnight')];
    expect(kept.html.replaceAll('overnight', 'zzyzxnight')).toBe(nothing.html);
    expect((await (await at.as('priya.shah')).open('/search?text=overnight')).main).toContain('Kept from fire');
  });

  it.each([['longer than it may be', 'x'.repeat(300)], ['with a character that cannot be seen', 'ab\u202ecd'], ['with a zero byte', 'a\u0000b']])('says what is wrong with a text %s, and keeps it', async (_, text) => {
    const sheet = await amira.open(`/search?text=${encodeURIComponent(text)}`);
    expect([sheet.status, sheet.title]).toEqual([400, 'Error: Search – Concordat']);
    expect(sheet.problems).toEqual([{ field: 'text', text: expect.stringMatching(/^Search: /) }]);
    expect(sheet.html).toContain('id="text-error"');
    if (!text.includes('\u0000')) expect(sheet.everyAttribute('value')).toContain(text);
    expect(sheet.main).not.toMatch(/Results for|Nothing you can see/);
  });

  it('asks for nothing when nothing was asked', async () => {
    const { status, main } = await amira.open('/search?text=%20');
    expect(status).toBe(200);
    expect(main).not.toMatch(/Results|Nothing you can see/);
  });
});

describe('the auditor’s filter', () => {
  const rows = (sheet: Sheet): number => [...sheet.html.matchAll(/<tr class="govuk-table__row">\s*<th scope="row" class="govuk-table__header app-cell--strong"/g)].length;

  it('narrows by who and what, says so in chips, and takes away one at a time', async () => {
    const sheet = await auditor.open('/audit?person=Amira&verb=note.add');
    expect(rows(sheet)).toBe(25);
    expect(sheet.main).not.toContain('Priya Shah');
    expect(sheet.html).toMatch(/app-filter-chip" href="\/audit\?verb=note\.add">Person: Amira/);
    expect(sheet.html).toMatch(/app-filter-chip" href="\/audit\?person=Amira">What was done: Added a note/);
    expect(sheet.link('Clear all filters')).toBe('/audit');
    expect(sheet.link('Next page')).toMatch(/^\/audit\?person=Amira&verb=note\.add&after=/);
    expect(rows(await auditor.open(sheet.link('Next page')))).toBe(NOTES + 1 - 25);
  });

  it('takes a day for the whole of it in London', async () => {
    const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London' }).format(new Date()).split('/');
    const day = (name: string): string => ['day', 'month', 'year'].map((part, n) => `${name}.${part}=${Number(today[n])}`).join('&');
    const sheet = await auditor.open(`/audit?verb=finding.record&${day('from')}&${day('to')}`);
    expect([sheet.status, rows(sheet)]).toEqual([200, 1]);
    const before = await auditor.open('/audit?verb=finding.record&to.day=1&to.month=1&to.year=2020');
    expect(before.main).toContain('No entry matches these filters.');
  });

  it.each([
    ['a day there is none of', 'from.day=31&from.month=6&from.year=2026', [['from', 'From: This is not a day of the calendar']]],
    ['a day in part', 'to.month=6', [['to', 'To: This is not a day of the calendar']]],
    ['both', 'from.day=x&from.month=1&from.year=2026&to.day=0&to.month=1&to.year=2026', [['from', 'From: This is not a day of the calendar'], ['to', 'To: This is not a day of the calendar']]],
    ['an end before its beginning', 'from.day=2&from.month=6&from.year=2026&to.day=1&to.month=6&to.year=2026', [['to', 'To: The end must be later than the beginning']]],
    ['a name longer than any', `person=${'x'.repeat(300)}`, [['person', 'Person: Enter at most 200 characters']]],
  ])('does not look like an answer with %s: it says what to mend and keeps what was typed', async (_, query, expected) => {
    const sheet = await auditor.open(`/audit?${query}&clause=4.1`);
    expect([sheet.status, sheet.title, rows(sheet)]).toEqual([400, 'Error: Audit log – Concordat', 0]);
    expect(sheet.problems.map(({ field, text }) => [field, text])).toEqual(expected.map(([field, words]) => [field, expect.stringContaining(words ?? '')]));
    for (const { field } of sheet.problems) expect(sheet.ids).toContain(field);
    for (const [, value = ''] of new URLSearchParams(query)) expect(sheet.everyAttribute('value')).toContain(value);
    expect(sheet.everyAttribute('value')).toContain('4.1');
    expect(sheet.html).toMatch(/<details class="govuk-details" open>/);
    expect(sheet.main).toContain('Nothing was looked for.');
  });
});

describe('the sharing of an investigation', () => {
  it('says of every agency under what it is there, for what, and until when: no cell is blank', async () => {
    const sheet = await amira.open(paths.sharing.to({ id: at.id }));
    expect(sheet.html).not.toMatch(/<td[^>]*>\s*<\/td>/);
    expect(sheet.main).toContain('The agreement ends');
    expect(sheet.main).toContain('Protecting the public from unsafe food premises');
  });
});
