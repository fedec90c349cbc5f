import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signIn } from '../../bench/alert-parts/running-portal.js';
import { makeLedger } from '../../bench/search-parts/many-entries.js';
import { freePort } from '../../scripts/postgres/free-port.js';
import { eventually } from './alert-case.js';
import { OFFICIAL_SENSITIVE, openCase, perform, type Item } from '../builders/case.js';
import { signInAuditor, stateReason } from '../builders/auditor.js';
import { startChild } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

jest.setTimeout(120_000);

let world: World;
let auditor: Visitor;

const TITLES = ['=HYPERLINK("http://evil.example","Click")', '+1', '-1', '@SUM(A1)', '\uFF1D1+1', 'a "quote", a comma', 'pipe | equals = back \\ slash', 'plain'];
const NOTES = JSON.stringify({ verb: 'note.add' });

beforeAll(async () => {
  world = await startWorld();
  auditor = await signInAuditor(world);
  const amira = await world.signIn('amira.rahman');
  const { id } = await openCase(amira, []);
  for (const title of TITLES) await perform<Item>(amira, 'addNote', { workspaceId: id, title, body: 'The secret body', marking: OFFICIAL_SENSITIVE });
}, 180_000);
afterAll(() => world.stop());

const exported = (visitor: Visitor, filter: string, format: string): Promise<Response> => visitor.fetch(`/ledger/export?${new URLSearchParams({ filter, format }).toString()}`);

const records = async (): Promise<readonly { outcome: string; reason: string | null; details: unknown }[]> => {
  const { rows } = await world.superuser.query<{ outcome: string; reason: string | null; lacks: string | null; details: unknown }>(
    `SELECT outcome, body::jsonb ->> 'reason' AS reason, body::jsonb ->> 'lacks' AS lacks, body::jsonb -> 'details' AS details FROM ledger_entry WHERE verb = 'ledger.export' ORDER BY at`);
  return rows;
};

interface End {
  readonly reference: string;
  readonly details: { readonly count: number; readonly sent: number; readonly whole: boolean };
}

async function lastEnd(): Promise<End> {
  const { rows } = await world.superuser.query<End>(
    `SELECT subject_id AS reference, body::jsonb -> 'details' AS details FROM ledger_entry WHERE verb = 'ledger.end-export' ORDER BY at DESC LIMIT 1`);
  if (rows[0] === undefined) throw new Error('No end of an export is recorded');
  return rows[0];
}

const REFERENCE = /-(?<reference>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.ndjson"$/;

/** How the export of this reference ended, once that is recorded. */
async function endOf(reference: string | undefined): Promise<End['details'] | undefined> {
  const { rows } = await world.superuser.query<End>(`SELECT body::jsonb -> 'details' AS details FROM ledger_entry WHERE verb = 'ledger.end-export' AND subject_id = $1`, [reference]);
  return rows[0]?.details;
}

async function countEnds(): Promise<number> {
  const { rows } = await world.superuser.query<{ count: number }>(`SELECT count(*)::int AS count FROM ledger_entry WHERE verb = 'ledger.end-export'`);
  return rows[0]?.count ?? 0;
}

/** Every record of a CSV file after RFC 4180, written apart from the product. */
function readCsv(text: string): string[][] {
  return text.split('\r\n').slice(0, -1).map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, field = '']) => field.replaceAll('""', '"')));
}

describe('an export of the ledger', () => {
  it('is given to nobody without a reason, and to nobody who is no auditor', async () => {
    const without = await exported(await world.signInAgain('alex.ward'), NOTES, 'csv');
    expect([without.status, await without.text()]).toEqual([422, expect.stringContaining('State why you are looking')]);
    const amira = await world.signIn('amira.rahman');
    const answers = [];
    for (const [filter, format] of [[NOTES, 'csv'], ['{"verb":"note.destroy"}', 'csv'], [NOTES, 'pdf'], ['[', 'csv']] as const) {
      const response = await exported(amira, filter, format);
      answers.push(`${response.status} ${response.headers.get('content-disposition') ?? ''} ${await response.text()}`);
    }
    // What there is, what there is none of and what makes no sense: one answer.
    expect(new Set(answers)).toEqual(new Set([expect.stringMatching(/^404 .*There is nothing here/)]));
    expect((await world.stranger().fetch(`/ledger/export?format=csv`)).status).toBe(401);
    expect((await records()).map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });

  it('as CSV is one record for each entry, marked, and nothing in it is run by a spreadsheet', async () => {
    const response = await exported(auditor, NOTES, 'csv');
    expect(response.status).toBe(200);
    expect(response.headers.get('concordat-entries')).toBe(String(TITLES.length));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="concordat-ledger-\d{8}T\d{6}Z-[0-9a-f-]{36}\.csv"$/);
    const [head = [], ...rows] = readCsv(await response.text());
    expect(rows).toHaveLength(TITLES.length);
    expect(new Set([head, ...rows].map((row) => row.length))).toEqual(new Set([head.length]));
    const column = (name: string): string[] => rows.map((row) => row[head.indexOf(name)] ?? '');
    expect(new Set(column('file_marking'))).toEqual(new Set(['OFFICIAL-SENSITIVE']));
    expect(column('subject_title').reverse()).toEqual(TITLES.map((title) => (/^[=+\-@\uFF1D]/.test(title) ? `'${title}` : title)));
    expect(rows.flat().filter((field) => /^[=+\-@\t\r\uFF1D]/.test(field))).toEqual([]);
    expect(rows.flat().join()).not.toContain('The secret body');
    expect(column('purpose').every((text) => text !== '')).toBe(true);
  });

  it('as NDJSON is one object a line, as it was recorded', async () => {
    const lines = (await (await exported(auditor, NOTES, 'ndjson')).text()).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line['subject_title']).reverse()).toEqual(TITLES);
    expect(lines.every((line) => line['file_marking'] === 'OFFICIAL-SENSITIVE')).toBe(true);
  });

  it('as CEF is one event a line, with what has a meaning there escaped', async () => {
    const lines = (await (await exported(auditor, NOTES, 'cef')).text()).trimEnd().split('\n');
    expect(lines).toHaveLength(TITLES.length);
    for (const line of lines) expect(line).toMatch(/^CEF:0\|Concordat\|Concordat\|1\|note\.add\|collection done\|3\|rt=\d+ /);
    expect(lines.join('\n')).toContain('cs3=pipe | equals \\= back \\\\ slash');
    expect(lines.every((line) => line.includes('cs6=OFFICIAL-SENSITIVE'))).toBe(true);
  });

  it('is recorded with filter, format, count and reason, and the file is named after that entry', async () => {
    const response = await exported(auditor, NOTES, 'csv');
    const [, reference] = /Z-([0-9a-f-]{36})/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    await response.text();
    const { rows: [entry] } = await world.superuser.query<{ verb: string }>('SELECT verb FROM ledger_entry WHERE id = $1', [reference]);
    expect(entry?.verb).toBe('ledger.export');
    expect((await records()).at(-1)).toEqual({ outcome: 'done', reason: 'A check of the tests', lacks: null, details: { filter: { verb: ['note.add'] }, format: 'csv', count: TITLES.length } });
  });

  it('sends nothing when it cannot be recorded', async () => {
    await world.superuser.query(`ALTER TABLE ledger_entry ADD CONSTRAINT no_export CHECK (body::jsonb ->> 'verb' <> 'ledger.export') NOT VALID`);
    const response = await exported(auditor, NOTES, 'csv');
    await world.superuser.query('ALTER TABLE ledger_entry DROP CONSTRAINT no_export');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('note.add');
  });

  it.each([
    ['a format there is none of', NOTES, 'pdf', /Format: Choose CSV/],
    ['a filter that is none', '[', 'csv', /./],
    ['a verb there is none of', '{"verb":["note.destroy"]}', 'csv', /There is no such choice/],
  ])('refuses %s in words', async (_, filter, format, words) => {
    const response = await exported(auditor, filter, format);
    expect([response.status, await response.text()]).toEqual([422, expect.stringMatching(words)]);
  });

  it('of what is narrowed by a day holds that day alone', async () => {
    const later = JSON.stringify({ verb: ['note.add'], from: '2999-01-01T00:00:00Z' });
    expect(readCsv(await (await exported(auditor, later, 'csv')).text())).toHaveLength(1);
  });

  it('says how it ended: with everything, once everything has gone out', async () => {
    await eventually('every export before having ended', async () => (await countEnds()) === (await records()).filter(({ outcome }) => outcome === 'done').length);
    const ends = await countEnds();
    await (await exported(auditor, NOTES, 'csv')).text();
    await eventually('its end being recorded', async () => (await countEnds()) > ends);
    const { reference, details } = await lastEnd();
    expect(details).toEqual({ count: TITLES.length, sent: TITLES.length, whole: true });
    const { rows: [began] } = await world.superuser.query<{ verb: string }>('SELECT verb FROM ledger_entry WHERE id::text = $1', [reference]);
    const { rows: lacking } = await world.superuser.query(`SELECT body FROM ledger_entry WHERE verb LIKE 'ledger.%export' AND body::jsonb ? 'lacks'`);
    expect(lacking).toEqual([]);
    expect(began?.verb).toBe('ledger.export');
  });

  it('answers whoever has no script with a page, in words', async () => {
    const response = await auditor.fetch('/ledger/export?format=pdf', { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    expect(await response.text()).toMatch(/<h1[^>]*>Nothing was exported<\/h1>[\s\S]*Format: Choose CSV/);
  });
});

describe('an export whose reader goes away', () => {
  const MANY = 40_000;
  beforeAll(() => makeLedger(world.superuser, MANY), 120_000);

  async function begin(cookie = auditor.cookie ?? '', baseUrl = world.baseUrl): Promise<IncomingMessage> {
    const path = `${baseUrl}/ledger/export?${new URLSearchParams({ filter: '{}', format: 'ndjson' }).toString()}`;
    const [response] = (await once(get(path, { headers: { cookie } }), 'response')) as [IncomingMessage];
    return response;
  }

  it('is of entries that the check finds whole, though a script made them', async () => {
    const { checkLedger } = await auditor.ask<{ checkLedger: object }>('mutation { checkLedger { __typename ... on LedgerCheck { whole findings { code message } } } }');
    expect(checkLedger).toEqual({ __typename: 'LedgerCheck', whole: true, findings: [] });
  });

  it('stops reading with her, and is recorded as what it was', async () => {
    const response = await begin();
    await once(response, 'readable');
    expect(Number(response.headers['concordat-entries'])).toBeGreaterThan(MANY);
    // Recorded before the first byte is read here, and not ended.
    expect((await records()).at(-1)).toMatchObject({ outcome: 'done', details: { format: 'ndjson' } });
    const ends = await countEnds();
    response.destroy();
    await eventually('its end being recorded', async () => (await countEnds()) > ends);
    const { details } = await lastEnd();
    expect(details.whole).toBe(false);
    // What the sockets between them hold, and one batch ahead: never the whole.
    expect(details.sent).toBeLessThan(details.count / 2);
  });

  /** A further auditor of the same agency, who has said why she looks. */
  const another = async (name: string): Promise<Visitor> => stateReason(new Visitor(world.baseUrl, await signIn(world.superuser, 'public-audit', name, ['auditor'])));

  it('leaves the other place to others: one at once for each reader, two for all, and the next is told so', async () => {
    const [second, third] = [await another('Second Auditor'), await another('Third Auditor')];
    await eventually('every export before having ended', async () => (await countEnds()) === (await records()).filter(({ outcome }) => outcome === 'done').length);
    const one = await begin();
    const again = await exported(auditor, NOTES, 'csv');
    expect([again.status, await again.text()]).toEqual([503, expect.stringContaining('An export of yours is being written already')]);
    const two = await begin(second.cookie);
    expect(two.statusCode).toBe(200);
    const refused = await exported(third, NOTES, 'csv');
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('Two exports are being written already')]);
    const { rows: why } = await world.superuser.query(`SELECT body::jsonb ->> 'policy' AS policy FROM ledger_entry WHERE verb = 'ledger.export' AND outcome = 'refused' ORDER BY at DESC LIMIT 2`);
    expect(why).toEqual([{ policy: 'too-many-at-once' }, { policy: 'one-at-once' }]);
    const ends = await countEnds();
    one.destroy();
    two.destroy();
    await eventually('both having ended', async () => (await countEnds()) === ends + 2);
    expect((await exported(auditor, NOTES, 'csv')).status).toBe(200);
  });

  it('lets go of a reader who takes nothing, gives her place back, and records that she has not got it', async () => {
    const port = String(await freePort());
    const api = await startChild('run/main.js', { ...world.env, PORT: port, EXPORT_IDLE_SECONDS: '1' }, 'The portal is ready');
    try {
      const response = await begin(auditor.cookie, `http://localhost:${port}`);
      const { reference } = REFERENCE.exec(response.headers['content-disposition'] ?? '')?.groups ?? {};
      expect(await eventually('its end being recorded', () => endOf(reference), 15_000)).toEqual({ count: expect.any(Number), sent: expect.any(Number), whole: false });
      const next = await new Visitor(`http://localhost:${port}`, auditor.cookie).fetch(`/ledger/export?${new URLSearchParams({ filter: NOTES, format: 'csv' }).toString()}`);
      expect([next.status, (await next.text()).includes('"note.add"')]).toEqual([200, true]);
      response.destroy();
    } finally {
      await api.stop();
    }
  });

  it('ends with her session', async () => {
    const visitor = await stateReason(await world.signInAgain('alex.ward'));
    auditor = visitor;
    const response = await begin();
    await once(response, 'readable');
    const { reference } = REFERENCE.exec(response.headers['content-disposition'] ?? '')?.groups ?? {};
    await world.superuser.query(`UPDATE session SET ended_at = now(), ended_why = 'signed-out' WHERE person_id = (SELECT id FROM person WHERE display_name = 'Alex Ward')`);
    // Of this very export: that of a smaller one before may be recorded only now.
    expect(await eventually('its end being recorded', () => endOf(reference), 15_000)).toMatchObject({ whole: false });
    response.destroy();
  });
});
