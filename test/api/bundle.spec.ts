import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { projectFolder } from '../../src/platform/config/index.js';
import { runChild } from '../builders/child.js';
import { openingInput } from '../builders/case.js';
import { OpenedBundle } from '../builders/opened-bundle.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { act, thing } from './custody-scene.js';
import { deposit, formToken, newFile, setTheScene, sha256, type Scene } from './evidence-scene.js';

jest.setTimeout(120_000);

const FOR = { recipients: 'Ashworth Magistrates’ Court', reason: 'Prosecution of the Copper Kettle' };

describe('a court bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bundle-'));
  const video = newFile(3_000_001);
  const note = newFile(10);
  let world: World;
  let scene: Scene;
  let key: string;
  let ids: readonly string[];

  beforeAll(async () => {
    world = await startWorld({ worker: true, env: { EXPORT_IDLE_SECONDS: '5' } });
    scene = await setTheScene(world);
    ids = [await deposit(scene.amira, scene.workspaceId, video, { fileName: 'Küche, 2. Stock.mp4' }), await deposit(scene.amira, scene.workspaceId, note, { fileName: 'CON' })];
    await (await scene.priya.fetch(`/evidence/${ids[0] ?? ''}/content`)).arrayBuffer();
    key = (await runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', 'key'])).output.trim();
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  });

  async function make(who: Visitor, name: string, fields: Readonly<Record<string, string | readonly string[]>> = {}, more: RequestInit = {}): Promise<Response> {
    const body = new URLSearchParams();
    for (const [field, value] of Object.entries({ csrf: await formToken(world, name), scope: 'all', ...FOR, ...fields })) for (const one of [value].flat()) body.append(field, one);
    const asked = (): Promise<Response> => who.fetch(`/evidence/bundles/${scene.workspaceId}`, { method: 'POST', body, ...more });
    // The place of a bundle that was read to its end is free a moment after.
    return eventually('a place to make a bundle in', async () => {
      const response = await asked();
      return response.status === 503 ? undefined : response;
    });
  }

  async function entries(verb: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { rows } = await world.superuser.query<{ body: string }>('SELECT body FROM ledger_entry WHERE verb = $1 ORDER BY at', [verb]);
    return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  /** The end of a bundle is on record a moment after its last byte, and its place free. */
  async function after(ends: number): Promise<void> {
    await eventually('the end of every bundle', async () => ((await entries('bundle.end')).length >= ends ? true : undefined));
  }

  function verify(octets: Buffer, ...words: readonly string[]): { readonly code: number | null; readonly out: string } {
    const path = join(folder, 'bundle.zip');
    writeFileSync(path, octets);
    const run = spawnSync(process.execPath, [join(projectFolder(), 'dist', 'libs', 'verifier', 'bin.js'), ...words, path], { cwd: folder, encoding: 'utf8', env: {} });
    return { code: run.status, out: run.stdout + run.stderr };
  }

  const octetsOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

  it('carries the very bytes under safe names, and is proven elsewhere, its own making included', async () => {
    const response = await make(scene.amira, 'Amira Rahman');
    expect([response.status, response.headers.get('content-type'), response.headers.get('concordat-marking')]).toEqual([200, 'application/zip', 'OFFICIAL-SENSITIVE']);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="court-bundle-.*\.zip"/);
    const octets = await octetsOf(response);
    const box = await OpenedBundle.open(octets);
    expect([sha256(box.files.get('data/exhibits/AR-1/AR-1_Kuche_2._Stock.mp4') ?? Buffer.of()), sha256(box.files.get('data/exhibits/AR-2/AR-2_CON') ?? Buffer.of())]).toEqual([sha256(video), sha256(note)]);
    expect(box.recorded()).toMatchObject({ ...FOR, madeBy: { name: 'Amira Rahman', agency: 'Ashworth Borough Council' }, clause: null, exhibits: [{ reference: 'AR/1', fileName: 'Küche, 2. Stock.mp4' }, { reference: 'AR/2', fileName: 'CON' }] });
    const checked = verify(octets, '--key', key);
    expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/PROVEN {5}AR\/1: events 1 to 3 on record in the ledger: [\s\S]*Everything that was asked is proven/) });
    expect(checked.out).not.toContain('NOT PROVEN');
    expect(verify(octets)).toMatchObject({ code: 3, out: expect.stringContaining('Whose it is was NOT checked') });
  });

  it('is not begun where its record would be longer than whoever checks it reads, and leaves no line in any chain', async () => {
    const ends = (await entries('bundle.end')).length;
    const long = await deposit(scene.amira, scene.workspaceId, newFile(10));
    await world.superuser.query(
      `INSERT INTO custody_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', n, 'hash', lpad(to_hex(n), 64, '0'), 'previous_hash', lpad(to_hex(n - 1), 64, '0')))).* FROM custody_event e, generate_series(2, 5000) n WHERE item_id = $1 AND seq = 1`, [long]);
    const lines = async (): Promise<unknown> => (await world.superuser.query<{ n: string }>('SELECT count(*) AS n FROM custody_event')).rows[0]?.n;
    const [before, made] = [await lines(), (await entries('bundle.make')).filter(({ outcome }) => outcome === 'done').length];
    const refused = await make(scene.amira, 'Amira Rahman');
    expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining('makes a longer record than whoever checks a bundle can read (64 MiB). Choose fewer exhibits')]);
    expect([await lines(), (await entries('bundle.make')).filter(({ outcome }) => outcome === 'done').length]).toEqual([before, made]);
    expect((await entries('bundle.make')).at(-1)).toMatchObject({ outcome: 'refused', reason: 'record-too-long' });
    expect((await octetsOf(await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: ids }))).length).toBeGreaterThan(1_000);
    await after(ends + 1);
    // A chain is only added to, by whoever: what was planted is taken away past the trigger that says so.
    await world.superuser.query('SET session_replication_role = replica');
    await world.superuser.query('DELETE FROM custody_event WHERE item_id = $1 AND seq > 1', [long]);
    await world.superuser.query('SET session_replication_role = origin');
  });

  it('holds no place for whoever hung up before it began: the next is made', async () => {
    const body = new URLSearchParams({ csrf: await formToken(world, 'Amira Rahman'), scope: 'all', ...FOR });
    const ended = (await entries('bundle.end')).length;
    await world.superuser.query('BEGIN; LOCK TABLE exhibit IN ACCESS EXCLUSIVE MODE');
    const hungUp = new AbortController();
    const asked = scene.amira.fetch(`/evidence/bundles/${scene.workspaceId}`, { method: 'POST', body, signal: hungUp.signal }).catch(() => 'hung up');
    await eventually('the making waits', async () => {
      const { rows } = await world.superuser.query(`SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE NOT l.granted AND c.relname = 'exhibit'`);
      return rows.length > 0 ? true : undefined;
    });
    hungUp.abort();
    expect(await asked).toBe('hung up');
    await world.superuser.query('COMMIT');
    await eventually('that it left nothing is on record', async () => ((await entries('bundle.end')).length > ended ? true : undefined));
    expect((await octetsOf(await make(scene.amira, 'Amira Rahman'))).length).toBeGreaterThan(1_000);
  });

  it('goes on where its proofs take longer than somebody may take nothing: there is nothing for her to take', async () => {
    const ends = (await entries('bundle.end')).length;
    // Larger than what lies between the two: the proofs come after the bytes, and are made only once she takes those.
    const film = await deposit(scene.amira, scene.workspaceId, newFile(24_000_000));
    const response = await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [film] });
    const other = new Client({ connectionString: world.database.superuserUrl });
    await other.connect();
    try {
      await other.query('BEGIN; LOCK TABLE ledger_leaf IN ACCESS EXCLUSIVE MODE');
      const taken = octetsOf(response);
      await eventually('the proofs having been waited for so long', async () => {
        const { rows } = await other.query(
          `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.relation = 'ledger_leaf'::regclass AND NOT l.granted AND a.application_name = 'concordat-app' AND clock_timestamp() - l.waitstart > interval '7 s'`);
        return rows.length > 0 ? true : undefined;
      });
      await other.query('COMMIT');
      expect((await OpenedBundle.open(await taken)).recorded().exhibits).toHaveLength(1);
      await after(ends + 1);
    } finally {
      // Whatever came of it, nobody else waits for this lock.
      await other.end();
    }
  });

  it('holds of a thing on a shelf its chain of custody, to be proven like that of a file', async () => {
    const ends = (await entries('bundle.end')).length;
    const other = (await scene.amira.ask<{ openWorkspace: { id: string } }>(
      'mutation ($input: OpenWorkspaceInput!) { openWorkspace(input: $input) { ... on Workspace { id } } }', { input: openingInput() })).openWorkspace.id;
    const { id } = await act(scene.amira, 'recordPhysicalExhibit', thing(other));
    const photograph = await deposit(scene.amira, other, newFile(10), { derivedFrom: id, relation: 'photograph' });
    const body = async (fields: Readonly<Record<string, string>>): Promise<URLSearchParams> => new URLSearchParams({ csrf: await formToken(world, 'Amira Rahman'), ...FOR, ...fields });
    const ask = async (fields: Readonly<Record<string, string>>): Promise<Response> => eventually('a place', async () => {
      const response = await scene.amira.fetch(`/evidence/bundles/${other}`, { method: 'POST', body: await body(fields) });
      return response.status === 503 ? undefined : response;
    });
    const octets = await octetsOf(await ask({ scope: 'all' }));
    const box = await OpenedBundle.open(octets);
    const recorded = box.recorded() as unknown as { exhibits: { id: string }[]; things: { id: string; reference: string }[] };
    expect([recorded.exhibits.map((one) => one.id), recorded.things]).toEqual([[photograph], [expect.objectContaining({ id, title: 'Knife' })]]);
    expect(box.text('data/report.html')).toMatch(/Physical exhibit AR\/\d+[^]*Custody of AR\/\d+[^]*Seized by Amira Rahman[^]*seal after B123/);
    const checked = verify(octets, '--key', key);
    expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/not asked {2}AR\/\d+: that the thing you are shown is the one these events are of/) });
    expect(checked.out).not.toContain('NOT PROVEN');
    const alone = await OpenedBundle.open(await octetsOf(await ask({ scope: 'chosen', exhibits: id })));
    expect((alone.recorded() as unknown as { exhibits: unknown[]; things: unknown[] })).toMatchObject({ exhibits: [], things: [{ id }] });
    expect((await entries('bundle.make')).filter(({ outcome }) => outcome === 'done').at(-1)).toMatchObject({ details: { items: [id], count: 1 } });
    await after(ends + 2);
  });

  it('is recorded as a disclosure before it leaves, in the custody of each exhibit, and as it ended', async () => {
    const before = { made: (await entries('bundle.make')).length, ended: (await entries('bundle.end')).length };
    const octets = await octetsOf(await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [ids[1] ?? ''] }));
    const [made] = (await entries('bundle.make')).slice(before.made);
    expect(made).toMatchObject({ category: 'disclosure', outcome: 'done', recipients: [FOR.recipients], reason: FOR.reason, subject: { kind: 'workspace', owner: 'Ashworth Borough Council' }, details: { items: [ids[1]], references: ['AR/2'], count: 1 } });
    expect(made).not.toHaveProperty('lacks');
    const ended = await eventually('the end', async () => (await entries('bundle.end'))[before.ended]);
    expect(ended).toMatchObject({ category: 'disclosure', details: { bundle: (made?.['details'] as { bundle: string }).bundle, count: 1, sent: octets.length, whole: true } });
    expect(ended).not.toHaveProperty('lacks');
    const { rows } = await world.superuser.query(`SELECT act, to_party, reason, by_name FROM custody_event WHERE item_id = $1 ORDER BY seq DESC LIMIT 1`, [ids[1]]);
    expect(rows).toEqual([{ act: 'copied', to_party: FOR.recipients, reason: FOR.reason, by_name: 'Amira Rahman' }]);
  });

  it('gives a partner the bytes and her own acts, and of what others did no word that she may not read', async () => {
    const octets = await octetsOf(await make(scene.priya, 'Priya Shah'));
    const box = await OpenedBundle.open(octets);
    const bodies = [...box.files].filter(([path]) => path.endsWith('.entry.json')).map(([, content]) => content.toString());
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.filter((body) => !body.includes('Priya Shah'))).toEqual([]);
    expect(box.recorded()).toMatchObject({ clause: expect.stringContaining('4.1'), madeBy: { name: 'Priya Shah' } });
    expect(verify(octets, '--key', key)).toMatchObject({ code: 0, out: expect.stringContaining('not asked  AR/1: what is said by entry') });
  });

  it('is made one at a time for each person', async () => {
    const leaving = new AbortController();
    const large = await deposit(scene.amira, scene.workspaceId, newFile(60_000_000));
    const first = await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [large] }, { signal: leaving.signal });
    const body = new URLSearchParams({ csrf: await formToken(world, 'Amira Rahman'), scope: 'all', ...FOR });
    const second = await scene.amira.fetch(`/evidence/bundles/${scene.workspaceId}`, { method: 'POST', body });
    expect([first.status, second.status, await second.text()]).toEqual([200, 503, expect.stringContaining('A bundle of yours is being written already')]);
    leaving.abort();
  });

  it('is marked on every page of its printed report', async () => {
    const box = await OpenedBundle.open(await octetsOf(await make(scene.amira, 'Amira Rahman')));
    const pdf = box.files.get('data/report.pdf')?.toString('latin1') ?? '';
    expect(pdf).toMatch(/^%PDF-1\.[3-7]/);
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(box.text('data/report.html').split('OFFICIAL-SENSITIVE</p>').length - 1).toBe(2);
    expect(box.text('verify.html')).toContain("default-src 'none'");
  });

  it('that breaks off is recorded as not whole', async () => {
    const before = (await entries('bundle.end')).length;
    const large = await deposit(scene.amira, scene.workspaceId, newFile(60_000_000));
    const leaving = new AbortController();
    const response = await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [large] }, { signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    const ended = await eventually('the end', async () => (await entries('bundle.end'))[before]);
    expect(ended).toMatchObject({ details: { count: 1, whole: false } });
    expect((ended['details'] as { sent: number }).sent).toBeLessThan(60_000_000);
    const next = await make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [ids[1] ?? ''] });
    expect([next.status, (await octetsOf(next)).length > 0]).toEqual([200, true]);
  });

  it('breaks off where an exhibit is not what was deposited, and is no bundle then', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(100));
    const { rows } = await world.superuser.query<{ key: string }>('SELECT blob_key AS key FROM exhibit WHERE item_id = $1', [id]);
    const blob = rows[0]?.key ?? '';
    rmSync(join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', 'published', blob.slice(0, 2), blob));
    const before = (await entries('bundle.end')).length;
    await expect(make(scene.amira, 'Amira Rahman', { scope: 'chosen', exhibits: [id] }).then(octetsOf)).rejects.toThrow();
    expect(await eventually('the end', async () => (await entries('bundle.end'))[before])).toMatchObject({ details: { whole: false } });
  });

  it.each<[string, Readonly<Record<string, string | readonly string[]>>, number, string]>([
    ['nobody is named', { recipients: ' ' }, 400, 'Say who the bundle is for.'],
    ['no reason is given', { reason: '' }, 400, 'Say why the bundle is made.'],
    ['nothing is chosen', { scope: 'chosen' }, 400, 'Choose at least one exhibit.'],
    ['the form is another session’s', { csrf: 'x' }, 404, 'This form did not come from your session'],
    ['an exhibit is not there', { scope: 'chosen', exhibits: ['00000000-0000-4000-8000-000000000000'] }, 404, 'No bundle was made'],
    ['an exhibit is named twice', { scope: 'chosen', exhibits: ['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000000'] }, 404, 'No bundle was made'],
  ])('is refused in words where %s', async (_, fields, status, words) => {
    const response = await make(scene.amira, 'Amira Rahman', fields);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await response.text()).toContain(words);
  });

  it('holds all that was chosen or nothing: where one cannot be opened, no chain says that another was copied', async () => {
    const { rows: [own] } = await world.superuser.query<{ count: string }>(`SELECT count(*) FROM custody_event WHERE act = 'copied'`);
    const hidden = await deposit(scene.amira, scene.workspaceId, newFile(10), { marking: { sensitive: true, descriptors: [], handling: [], releasableTo: [] } });
    const response = await make(scene.priya, 'Priya Shah', { scope: 'chosen', exhibits: [ids[0] ?? '', hidden] });
    expect(response.status).toBe(404);
    const { rows: [after] } = await world.superuser.query<{ count: string }>(`SELECT count(*) FROM custody_event WHERE act = 'copied'`);
    expect(after).toEqual(own);
    const box = await OpenedBundle.open(await octetsOf(await make(scene.priya, 'Priya Shah', { scope: 'chosen', exhibits: [ids[0] ?? ''] })));
    expect(box.recorded().exhibits.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
