import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { signInAuditor } from '../builders/auditor.js';

jest.setTimeout(60_000);

const LONG = 'x'.repeat(201);

/** Page, what is wrong, the sentence, and what of the query must still stand on the page. */
const CASES: readonly (readonly [who: 'auditor' | 'officer', address: string, words: RegExp, kept: readonly string[]])[] = [
  ['auditor', '/audit?from.day=31&from.month=2&from.year=2026&person=Priya', /From: This is not a day of the calendar/, ['value="31"', 'value="2026"', 'value="Priya"']],
  ['auditor', '/audit?to.day=1', /To: This is not a day of the calendar/, ['value="1"']],
  ['auditor', '/audit?from.day=x&from.month=%00&from.year=2026', /From: This is not a day/, ['value="x"']],
  ['auditor', '/audit?from.day=2&from.month=1&from.year=2026&to.day=1&to.month=1&to.year=2026', /To: The end must be later than the beginning/, ['value="2"']],
  ['auditor', '/audit?verb=note.destroy&clause=4.1', /What was done: There is no such choice/, ['value="note.destroy"', 'value="4.1"']],
  ['auditor', '/audit?outcome=perhaps', /Outcome: There is no such choice/, ['value="perhaps"']],
  ['auditor', '/audit?category=gossip', /Category: There is no such choice/, ['value="gossip"']],
  ['auditor', '/audit?person=a%00b', /Person: Remove the control characters/, ['value="a\uFFFDb"']],
  ['auditor', '/audit?purpose=a%ED%A0%80b', /Purpose: Remove the broken character/, ['value="a\uFFFDb"']],
  ['auditor', `/audit?clause=${LONG}&person=Priya`, /Clause: Enter at most 200 characters/, [LONG, 'value="Priya"']],
  ['auditor', '/audit?workspaceReference=a%E2%80%AEb', /Investigation reference: Remove the characters that change the writing direction/, []],
  ['auditor', '/audit?after=nonsense', /This page link belongs to another list/, []],
  ['officer', '/search?text=a%00b', /Search: Remove the control characters/, ['value="a\uFFFDb"']],
  ['officer', '/search?text=%FF', /Search: Remove the broken character/, []],
  ['officer', `/search?text=${LONG}`, /Search: Enter at most 200 characters/, [LONG]],
  ['officer', '/search?text=spoon&after=nonsense', /This page link belongs to another list/, ['value="spoon"']],
  ['officer', '/investigations?tab=everything&status=open', /Choose one of the tabs/, []],
  ['officer', '/investigations?status=lost', /Choose open or closed/, ['value="lost"']],
  ['officer', '/investigations?status=%00', /Choose open or closed/, []],
  ['officer', '/investigations?after=nonsense', /This page link belongs to another list/, []],
  ['officer', '/alerts?state=imaginary', /open, acknowledged or all/, []],
  ['officer', '/alerts?state=%ED%A0%80', /open, acknowledged or all/, []],
  ['officer', '/alerts?after=nonsense', /This page link belongs to another list/, []],
];

describe('what cannot be understood in the address of a page', () => {
  let world: World;
  let people: Readonly<Record<'auditor' | 'officer', Visitor>>;

  beforeAll(async () => {
    world = await startWorld();
    people = { auditor: await signInAuditor(world), officer: await world.signIn('amira.rahman') };
  }, 180_000);
  afterAll(() => world.stop());

  /** Entries of what was asked for. Every auditor's page, this one too, also says who vouches for the ledger, and looking at that is an entry. */
  async function entries(): Promise<number> {
    const { rows } = await world.superuser.query<{ count: number }>("SELECT count(*)::int AS count FROM ledger_entry WHERE subject_id IS DISTINCT FROM 'witnesses'");
    return rows[0]?.count ?? 0;
  }

  it.each(CASES)('%s at %.80s is told so, with what was entered kept and nothing else done', async (who, address, words, kept) => {
    const before = await entries();
    const response = await people[who].fetch(address);
    const html = await response.text();
    expect(response.status).toBe(400);
    const [summary = ''] = /<div class="govuk-error-summary".*?<\/ul>/s.exec(html) ?? [];
    expect(summary).toMatch(words);
    for (const text of kept) expect(html).toContain(text);
    for (const [, id = ''] of summary.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    expect(html).not.toContain('\0');
    expect(await entries()).toBe(before);
  });

  it.each(CASES)('%s at %.80s is not told to whoever may not see the page', async (who, address) => {
    const other = people[who === 'auditor' ? 'officer' : 'auditor'];
    const page = address.split('?')[0] ?? '';
    const [bad, good] = [await other.fetch(address), await other.fetch(page)];
    expect([bad.status, good.status]).toEqual([404, 404]);
  });

  it.each([
    ['/audit?from.day=1&from.month=1&from.year=2026&to.day=1&to.month=1&to.year=2026&verb=note.add&outcome=done', 'auditor'],
    ['/audit?verb=&from.day=&after=', 'auditor'],
    ['/search?text=100%&after=', 'officer'],
    ['/search', 'officer'],
    ['/investigations?tab=mine&status=closed', 'officer'],
    ['/alerts?state=all&nonsense=%FF', 'officer'],
  ] as const)('%s is understood', async (address, who) => {
    const response = await people[who].fetch(address);
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('govuk-error-summary');
  });

  const LOG = 'query($filter: AuditFilter!) { auditLog(filter: $filter) { nodes { id } } }';
  it.each([
    [{ verb: 'note.destroy' }, 'filter.verb'], [{ outcome: 'perhaps' }, 'filter.outcome'], [{ category: '' , verb: '\u0000' }, 'filter.verb'],
    [{ person: '\uD800' }, 'filter.person'], [{ itemId: 'a\u0000' }, 'filter.itemId'], [{ agencyCode: LONG }, 'filter.agencyCode'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' }, 'filter.to'],
  ])('%j is refused by the API in words, naming the field, and not recorded', async (filter, field) => {
    const before = await entries();
    const { errors } = await people.auditor.graphql(LOG, { filter });
    expect(errors.map(({ extensions }) => [extensions['code'], (extensions['faults'] as { field: string }[]).map((fault) => fault.field)])).toEqual([['invalid', [field]]]);
    expect(errors[0]?.message).toMatch(/^[A-Z].*\.$/);
    expect(await entries()).toBe(before);
  });
});
