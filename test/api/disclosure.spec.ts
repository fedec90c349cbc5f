import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyIds, onlyFor, openCase } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { EventStream } from './event-stream.js';
import { deposit, newFile } from './evidence-scene.js';
import { review, SCHEDULE, scheduleOf, sign } from './disclosure-scene.js';
import { eventually } from './alert-case.js';
import { act, thing } from './custody-scene.js';
import { keep } from './keeping-scene.js';

let world: World;
let amira: Visitor;
let tom: Visitor;
let priya: Visitor;
let frank: Visitor;
let police: string;

beforeAll(async () => {
  world = await startWorld();
  [amira, tom, priya, frank] = [await world.signIn('amira.rahman'), await world.signIn('tom.bell'), await world.signIn('priya.shah'), await world.signIn('frank.moss')];
  police = (await agencyIds(amira))['northmoor-police'] ?? '';
}, 180_000);
afterAll(() => world.stop());

const SENSITIVE = { class: 'sensitive-unused', result: 'withheld', ground: 'Names an informant', reason: 'See the report' };
const newCase = async (): Promise<string> => (await openCase(amira, ['northmoor-police', 'northmoor-fire'])).id;
const open = (workspace: string, list: string, who = amira): Promise<Response> => who.fetch(`/evidence/documents/${workspace}/${list}`);

describe('a review for disclosure', () => {
  let workspace: string;
  let exhibit: string;
  beforeAll(async () => {
    workspace = await newCase();
    exhibit = await deposit(amira, workspace, newFile(10));
  });

  it('asks for what goes together, with a ground for what is sensitive and for nothing else', async () => {
    expect(await review(amira, exhibit, { class: 'secret' })).toMatchObject({ faults: [{ field: 'input.class' }] });
    expect(await review(amira, exhibit, { result: 'withheld' })).toMatchObject({ faults: [{ field: 'input.result' }] });
    expect(await review(amira, exhibit, { ...SENSITIVE, ground: ' ' })).toMatchObject({ faults: [{ field: 'input.ground' }] });
    expect(await review(amira, exhibit, { ground: 'Because' })).toMatchObject({ faults: [{ field: 'input.ground' }] });
    expect(await review(amira, exhibit, { reason: '' })).toMatchObject({ faults: [{ field: 'input.reason' }] });
    expect((await scheduleOf(amira, workspace)).lines).toEqual([{ exhibitId: exhibit, canReview: true, review: null }]);
  });

  it('is kept beside those before it, and written over by nobody who has not read the last', async () => {
    const heard = await EventStream.open(priya);
    expect((await review(amira, exhibit)).id).toBe(exhibit);
    await heard.hears('the review', ({ kind, workspaceId }) => kind === 'workspace' && workspaceId === workspace);
    heard.close();
    expect(await review(tom, exhibit, { class: 'non-sensitive-unused', result: 'inspect' })).toMatchObject({ code: 'stale' });
    expect((await review(tom, exhibit, { class: 'non-sensitive-unused', result: 'inspect', seen: 1 })).id).toBe(exhibit);
    expect((await scheduleOf(priya, workspace)).lines).toEqual([{ exhibitId: exhibit, canReview: false, review: { class: 'non-sensitive-unused', result: 'inspect', ground: null, reviewedBy: 'Tom Bell' } }]);
    const told = await priya.ask<{ exhibitDisclosure: { reviews: { seq: number }[]; canReview: boolean } }>('query ($id: ID!) { exhibitDisclosure(id: $id) { canReview reviews { seq } } }', { id: exhibit });
    expect(told.exhibitDisclosure).toEqual({ canReview: false, reviews: [{ seq: 2 }, { seq: 1 }] });
  });

  it('of two at once takes one', async () => {
    const both = await Promise.all([review(amira, exhibit, { seen: 2 }), review(tom, exhibit, { seen: 2 })]);
    expect(both.map(({ id, code }) => id ?? code).toSorted()).toEqual([exhibit, 'stale'].toSorted());
  });

  it('by the agency it is from, that it is sensitive, is taken back by that agency alone', async () => {
    const theirs = await deposit(priya, workspace, newFile(10));
    expect((await review(priya, theirs, SENSITIVE)).id).toBe(theirs);
    expect(await review(amira, theirs, { seen: 1 })).toMatchObject({ code: 'conflict', message: expect.stringContaining('Northmoor Police, whose exhibit it is') });
    expect((await review(amira, theirs, { ...SENSITIVE, result: 'in-part', seen: 1 })).id).toBe(theirs);
    // Nor in two steps: what the lead has said meanwhile changes nothing about whose word it is.
    expect(await review(amira, theirs, { class: 'non-sensitive-unused', result: 'disclose', seen: 2 })).toMatchObject({ code: 'conflict' });
    expect(await review(frank, theirs, { seen: 2 })).toMatchObject({ code: 'not-found' });
    expect((await review(priya, theirs, { class: 'used', seen: 2 })).id).toBe(theirs);
  });

  it('is of an exhibit: of a note there is none', async () => {
    const { addNote } = await amira.ask<{ addNote: { id: string } }>(
      'mutation ($input: AddNoteInput!) { addNote(input: $input) { ... on Item { id } } }', { input: { workspaceId: workspace, title: 'A', body: 'B', marking: { sensitive: true, descriptors: [], handling: [] } } });
    expect(await review(amira, addNote.id)).toMatchObject({ code: 'not-found' });
  });
});

describe('a disclosure schedule', () => {
  it('is signed off by the agency that leads, when nothing is open, as it was read and not as it became', async () => {
    const workspace = await newCase();
    expect(await sign(amira, workspace)).toMatchObject({ code: 'conflict', message: expect.stringContaining('no exhibit') });
    const [first, second] = [await deposit(amira, workspace, newFile(10)), await deposit(priya, workspace, newFile(10))];
    await review(amira, first);
    expect(await sign(amira, workspace)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Not every exhibit was reviewed') });
    const { state } = await scheduleOf(amira, workspace);
    await review(priya, second, SENSITIVE);
    expect(await sign(amira, workspace, { state })).toMatchObject({ code: 'stale' });
    expect(await sign(priya, workspace)).toMatchObject({ code: 'not-found' });
    expect(await sign(amira, workspace, { statement: '' })).toMatchObject({ faults: [{ field: 'input.statement' }] });
    expect((await sign(amira, workspace)).id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await sign(amira, workspace)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Nothing has come since version 1') });
    expect(await scheduleOf(priya, workspace)).toMatchObject({ current: true, since: [], versions: [{ version: 1, signedBy: 'Amira Rahman' }], canSign: false });
  });

  it('is not current once anything was added, reviewed again or disposed of, says what, and keeps what each version listed', async () => {
    const workspace = await newCase();
    const [first, doomed] = [await deposit(amira, workspace, newFile(10)), await deposit(amira, workspace, newFile(10))];
    await review(amira, first);
    await review(amira, doomed, { class: 'non-sensitive-unused', result: 'not-disclosable' });
    await sign(amira, workspace);
    await review(tom, first, { class: 'non-sensitive-unused', result: 'disclose', seen: 1 });
    await keep(amira, 'proposeDisposal', { exhibitId: doomed, rule: 'council-6', reason: 'Over' });
    await keep(tom, 'decideDisposal', { exhibitId: doomed, approve: true, reason: 'Agreed' });
    const added = await deposit(amira, workspace, newFile(10));
    expect(await scheduleOf(amira, workspace)).toMatchObject({ current: false, since: [{ exhibitId: first, what: 'reviewed-again' }, { exhibitId: doomed, what: 'disposed' }, { exhibitId: added, what: 'added' }] });
    expect((await scheduleOf(amira, workspace, 1)).lines.map(({ exhibitId, review: said, canReview }) => [exhibitId, said?.result, canReview])).toEqual([[first, 'served', false], [doomed, 'not-disclosable', false]]);
    expect(await (await open(workspace, 'used/html?version=1')).text()).toContain('NOT CURRENT');
    await review(amira, added);
    await sign(tom, workspace);
    expect(await scheduleOf(amira, workspace)).toMatchObject({ current: true, since: [], versions: [{ version: 2, signedBy: 'Tom Bell' }, { version: 1 }] });
    const [again, earlier] = [await (await open(workspace, 'used/html?version=2')).text(), await (await open(workspace, 'used/html?version=1')).text()];
    expect([again.includes('NOT CURRENT'), earlier.includes('NOT CURRENT')]).toEqual([false, true]);
    expect((await amira.graphql(SCHEDULE, { id: workspace, version: 3 })).data).toEqual({ disclosureSchedule: null });
  });

  it('is not current where a disposal was under way while it was signed off, whose time is before its own', async () => {
    const workspace = await newCase();
    const doomed = await deposit(amira, workspace, newFile(10));
    await review(amira, doomed);
    await keep(amira, 'proposeDisposal', { exhibitId: doomed, rule: 'council-6', reason: 'Over' });
    const waiting = async (): Promise<boolean> => (await world.superuser.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)).rowCount !== 0;
    await world.superuser.query('BEGIN');
    await world.superuser.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`custody ${doomed}`]);
    const disposing = keep(tom, 'decideDisposal', { exhibitId: doomed, approve: true, reason: 'Agreed' });
    while (!(await waiting())) await new Promise((again) => setImmediate(again));
    const signed = await sign(amira, workspace);
    await world.superuser.query('COMMIT');
    expect([(await disposing).code, signed.code]).toEqual([undefined, undefined]);
    const { rows } = await world.superuser.query('SELECT FROM disposal d JOIN disclosure_schedule s ON s.workspace_id = $1 AND d.decided_at < s.signed_at WHERE d.item_id = $2', [workspace, doomed]);
    expect(rows).toHaveLength(1);
    expect(await scheduleOf(priya, workspace)).toMatchObject({ current: false, since: [{ exhibitId: doomed, what: 'disposed' }] });
    expect((await sign(amira, workspace)).code).toBeUndefined();
    expect(await scheduleOf(priya, workspace)).toMatchObject({ current: true, since: [] });
    const told = await Promise.all([1, 2].map((version) => amira.ask('query ($id: ID!, $version: Int) { disclosureSchedule(id: $id, version: $version) { lines { disposed } } }', { id: workspace, version })));
    expect(told).toEqual([{ disclosureSchedule: { lines: [{ disposed: false }] } }, { disclosureSchedule: { lines: [{ disposed: true }] } }]);
  });

  it('changes no byte for whoever may not see an exhibit: not by its review, not in a version, not in a count or as something come since', async () => {
    const workspace = await newCase();
    const seen = await deposit(amira, workspace, newFile(10));
    await review(amira, seen, { class: 'non-sensitive-unused', result: 'inspect' });
    await sign(amira, workspace);
    const look = async (): Promise<readonly string[]> => [
      (await frank.graphql(SCHEDULE, { id: workspace })).text, (await frank.graphql(SCHEDULE, { id: workspace, version: 1 })).text,
      await (await open(workspace, 'sensitive-unused/csv', frank)).text(), await (await open(workspace, 'exhibits/csv', frank)).text(),
    ];
    const before = await look();
    const hidden = await deposit(amira, workspace, newFile(10), { marking: onlyFor((await agencyIds(amira))['ashworth'] ?? '', police) });
    expect(await look()).toEqual(before);
    await review(amira, hidden, SENSITIVE);
    expect(await look()).toEqual(before);
    await sign(amira, workspace);
    expect((await scheduleOf(frank, workspace, 2)).lines.map(({ exhibitId }) => exhibitId)).toEqual([seen]);
    expect((await scheduleOf(priya, workspace, 2)).lines.map(({ exhibitId }) => exhibitId)).toEqual([seen, hidden]);
    expect(await review(frank, hidden)).toMatchObject({ code: 'not-found' });
    expect((await look()).slice(2)).toEqual(before.slice(2));
  });

  it('is held by the database too: only the lead signs, and no line is added to a version afterwards', async () => {
    const workspace = await newCase();
    const exhibit = await deposit(amira, workspace, newFile(10));
    await review(amira, exhibit);
    await sign(amira, workspace);
    const as = async (name: string, statement: string): Promise<string> => {
      await world.superuser.query('BEGIN');
      try {
        await world.superuser.query(`SELECT set_config('concordat.person', p.id::text, true), set_config('concordat.agency', p.agency_id::text, true), set_config('concordat.roles', 'duty-officer', true) FROM person p WHERE display_name = $1`, [name]);
        await world.superuser.query('SET LOCAL ROLE concordat_app');
        return await world.superuser.query(statement).then(({ rowCount }) => `${rowCount ?? 0} rows`, (fault: unknown) => String(fault));
      } finally {
        await world.superuser.query('ROLLBACK');
      }
    };
    const version = (person: string): string => `INSERT INTO disclosure_schedule (id, workspace_id, version, statement, agency_name, signed_by, signed_by_name, signed_at) SELECT gen_random_uuid(), '${workspace}', 9, 'X', 'X', id, 'X', now() FROM person WHERE display_name = '${person}'`;
    const said = (seq: number, person: string): string => `INSERT INTO disclosure_review SELECT '${exhibit}', ${seq}, 'used', 'served', NULL, 'X', agency_id, 'X', id, 'X', now() FROM person WHERE display_name = '${person}'`;
    const line = `INSERT INTO disclosure_schedule_line SELECT id, '${exhibit}', 1, false FROM disclosure_schedule WHERE workspace_id = '${workspace}' AND version = 1`;
    expect([await as('Amira Rahman', version('Amira Rahman')), await as('Priya Shah', version('Priya Shah')), await as('Amira Rahman', version('Tom Bell'))]).toEqual(['1 rows', expect.stringContaining('row-level security'), expect.stringContaining('row-level security')]);
    expect([await as('Tom Bell', said(2, 'Tom Bell')), await as('Priya Shah', said(2, 'Priya Shah'))]).toEqual(['1 rows', expect.stringContaining('row-level security')]);
    const named = (agency: string, person: string): string => `INSERT INTO disclosure_review SELECT '${exhibit}', 2, 'used', 'served', NULL, 'X', a.id, 'X', p.id, 'X', now() FROM agency a, person p WHERE a.code = '${agency}' AND p.display_name = '${person}'`;
    expect([await as('Tom Bell', named('ashworth', 'Amira Rahman')), await as('Tom Bell', named('northmoor-police', 'Tom Bell'))]).toEqual([expect.stringContaining('row-level security'), expect.stringContaining('row-level security')]);
    await world.superuser.query('CREATE TEMP TABLE taken AS SELECT * FROM disclosure_schedule_line');
    await world.superuser.query('DELETE FROM disclosure_schedule_line');
    expect(await as('Amira Rahman', line)).toContain('row-level security');
    await world.superuser.query('INSERT INTO disclosure_schedule_line SELECT * FROM taken');
    for (const table of ['disclosure_review', 'disclosure_schedule', 'disclosure_schedule_line']) expect(await as('Amira Rahman', `DELETE FROM ${table}`)).toContain('permission denied');
  });
});

describe('a list of evidence as a document', () => {
  let workspace: string;
  beforeAll(async () => {
    workspace = await newCase();
    const [used, plain, secret] = [await deposit(amira, workspace, newFile(10), { title: '=HYPERLINK("x")' }), await deposit(amira, workspace, newFile(10), { title: '<b>Menu</b>' }), await deposit(amira, workspace, newFile(10), { title: 'Informant' })];
    await review(amira, used);
    await review(amira, plain, { class: 'non-sensitive-unused', result: 'inspect' });
    await review(amira, secret, SENSITIVE);
    await sign(amira, workspace);
  });

  it.each([['html', 'text/html; charset=utf-8', 'inline'], ['csv', 'text/csv; charset=utf-8; header=present', 'attachment'], ['pdf', 'application/pdf', 'attachment']])(
    'is handed out as %s with its marking, to print or to keep', async (form, type, how) => {
      const answer = await open(workspace, `exhibits/${form}`);
      const { headers } = answer;
      expect([answer.status, headers.get('content-type'), headers.get('concordat-marking'), headers.get('cache-control')]).toEqual([200, type, 'OFFICIAL-SENSITIVE', 'no-store']);
      expect(headers.get('content-disposition')).toMatch(new RegExp(`^${how}; filename="exhibits-ASH-[^"]*\\.${form}"`));
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      const body = Buffer.from(await answer.arrayBuffer());
      if (form === 'pdf') expect(body.subarray(0, 5).toString()).toBe('%PDF-');
      else expect(body.toString()).toContain('OFFICIAL-SENSITIVE');
    });

  it('runs nothing: neither in a page nor in a spreadsheet', async () => {
    const page = await (await open(workspace, 'exhibits/html')).text();
    expect(page).toContain('&lt;b&gt;Menu&lt;/b&gt;');
    expect(page).toMatch(/@page\{[^<]*counter\(pages\)/);
    expect(await (await open(workspace, 'exhibits/csv')).text()).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('of one class says nothing of another, and of a version who signed it off', async () => {
    const plain = await (await open(workspace, 'non-sensitive-unused/html?version=1')).text();
    expect(plain).toMatch(/MG6C[^]*Version 1, signed off by Amira Rahman, Ashworth[^]*Menu[^]*Inspect: the defence may look at it/);
    expect(plain).not.toMatch(/Informant|informant|MG6D/);
    expect(await (await open(workspace, 'sensitive-unused/csv?version=1')).text()).toMatch(/Informant[^]*"sensitive-unused","withheld","Names an informant"/);
  });

  it('is recorded: which, in which form, of which exhibits; and absent for strangers and where there is none', async () => {
    await open(workspace, 'sensitive-unused/pdf?version=1');
    const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'document.take' ORDER BY at DESC LIMIT 1`);
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ outcome: 'done', actor: { name: 'Amira Rahman' }, details: { document: 'sensitive-unused', form: 'pdf', version: 1, count: 1, items: [expect.any(String)] } });
    for (const path of ['exhibits/docx', 'secrets/csv', 'used/csv?version=9', 'used/csv?version=0', 'used/csv?version=x']) expect({ path, status: (await open(workspace, path)).status }).toEqual({ path, status: 404 });
    const [stranger, absent] = [await open(workspace, 'exhibits/csv', await world.signIn('sam.stone')), await open(crypto.randomUUID(), 'exhibits/csv')];
    expect([stranger.status, await stranger.text()]).toEqual([404, await absent.text()]);
  });

  it('holds so many exhibits and refuses more in words, while a version that lists fewer is handed out still', async () => {
    const large = await newCase();
    const { id } = await act(amira, 'recordPhysicalExhibit', thing(large));
    await review(amira, id);
    await sign(amira, large);
    // 1,999 more, copied from the one.
    await world.superuser.query(`
      WITH copied AS (
        INSERT INTO item SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid()))).* FROM item i, generate_series(2, 2000) WHERE i.id = '${id}' RETURNING id)
      INSERT INTO exhibit SELECT (jsonb_populate_record(x, jsonb_build_object('item_id', c.id, 'reference', 'COPY/' || c.id))).* FROM copied c, exhibit x WHERE x.item_id = '${id}'`);
    expect((await open(large, 'exhibits/csv')).status).toBe(200);
    // One of so many pages takes seconds to draw. Others are answered meanwhile, and so many wait for their turn.
    const whole = { isDone: false };
    const drawn = open(large, 'exhibits/pdf').then((answer) => ((whole.isDone = true), answer.status));
    await eventually('it being drawn', async () => (await world.superuser.query(`SELECT FROM ledger_entry WHERE verb = 'document.take' AND body::jsonb #>> '{details,form}' = 'pdf' AND workspace_id = $1`, [large])).rowCount === 1);
    expect([(await open(workspace, 'exhibits/html')).status, whole.isDone]).toEqual([200, false]);
    const waiting = await Promise.all(Array.from({ length: 12 }, async () => (await open(workspace, 'used/pdf')).status));
    expect([await drawn, waiting.toSorted()]).toEqual([200, [...Array.from({ length: 9 }, () => 200), 429, 429, 429]]);
    await act(amira, 'recordPhysicalExhibit', thing(large, { seal: 'B124' }));
    const refused = await open(large, 'exhibits/csv');
    expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining('up to 2000 exhibits')]);
    const { rows } = await world.superuser.query<{ reason: string }>(`SELECT body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb = 'document.take' AND outcome = 'refused' AND workspace_id = ANY ($1) ORDER BY at`, [[large, workspace]]);
    expect(rows.map(({ reason }) => reason).slice(-4)).toEqual(['too-many-at-once', 'too-many-at-once', 'too-many-at-once', 'too-many-exhibits']);
    expect(await (await open(large, 'used/csv?version=1')).text()).toContain('Knife');
    expect(await sign(amira, large)).toMatchObject({ code: 'too-large' });
  });
});
