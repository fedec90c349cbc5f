import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { projectFolder } from '../../src/platform/config/index.js';
import { signInAuditor } from '../builders/auditor.js';
import { runChild } from '../builders/child.js';
import { openCase } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';

jest.setTimeout(120_000);

describe('what an auditor takes away of the ledger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-download-'));
  let world: World;
  let auditor: Visitor;
  let key: string;
  let id: string;

  beforeAll(async () => {
    world = await startWorld();
    await openCase(await world.signIn('amira.rahman'), []);
    auditor = await signInAuditor(world);
    await world.startWorker();
    [{ id }] = (await eventually('the entry of the case having its place', async () => {
      const { rows } = await world.superuser.query<{ id: string }>(`SELECT e.id FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.verb = 'workspace.open'`);
      return rows.length > 0 ? (rows as [{ id: string }]) : undefined;
    }));
    key = (await command('key')).output.trim();
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  });

  const command = (...words: string[]): ReturnType<typeof runChild> => runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', ...words]);

  function verify(...words: readonly string[]): { readonly code: number | null; readonly out: string } {
    const run = spawnSync(process.execPath, [join(projectFolder(), 'dist', 'libs', 'verifier', 'bin.js'), '--key', key, ...words], { cwd: folder, encoding: 'utf8', env: {} });
    return { code: run.status, out: run.stdout + run.stderr };
  }

  async function download(visitor: Visitor, path: string): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
    const answer = await visitor.fetch(path);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  async function exports(): Promise<readonly unknown[]> {
    const { rows } = await world.superuser.query<{ said: unknown }>(
      `SELECT jsonb_build_object('outcome', outcome, 'who', coalesce(person_name, body::jsonb ->> 'system'), 'reason', body::jsonb ->> 'reason', 'subject', body::jsonb #>> '{subject,id}',
         'file', body::jsonb #>> '{details,file}', 'count', body::jsonb #> '{details,count}', 'lacks', body::jsonb -> 'lacks') AS said FROM ledger_entry WHERE verb = 'ledger.export' ORDER BY at`);
    return rows.map(({ said }) => said);
  }

  it('is an entry and its proof, which hold elsewhere, and each is recorded as an export', async () => {
    const before = (await exports()).length;
    for (const [path, name] of [[`/ledger/entry/${id}`, 'entry'], [`/ledger/entry/${id}/proof`, 'proof']] as const) {
      const { status, text, headers } = await download(auditor, path);
      expect({ status, name: headers.get('content-disposition'), marking: headers.get('concordat-marking'), kept: headers.get('cache-control') }).toEqual({
        status: 200, name: expect.stringMatching(name === 'entry' ? /^attachment; filename="ledger-entry-\d+\.json"$/ : /\.tlog-proof"$/), marking: expect.stringMatching(/^OFFICIAL/), kept: 'no-store',
      });
      writeFileSync(join(folder, name), text);
    }
    expect(verify('proof', '--entry', 'entry')).toMatchObject({ code: 0, out: expect.stringMatching(/PROVEN {5}The entry hashes[\s\S]*PROVEN {5}It is entry \d+ of the/) });
    const done = { outcome: 'done', who: 'Alex Ward', reason: 'A check of the tests', subject: id, count: 1, lacks: null };
    expect((await exports()).slice(before)).toEqual([{ ...done, file: 'entry' }, { ...done, file: 'proof' }]);
  });

  it('does not hold with one bit turned over', () => {
    for (const [name, at] of [['entry', 40], ['entry', 300], ['proof', 60], ['proof', 200]] as const) {
      const octets = readFileSync(join(folder, name));
      octets[at] = (octets[at] ?? 0) ^ 1;
      writeFileSync(join(folder, `bad-${name}`), octets);
      const words = name === 'entry' ? ['proof', '--entry', 'bad-entry'] : ['bad-proof', '--entry', 'entry'];
      expect(verify(...words)).toMatchObject({ code: 1, out: expect.stringContaining('NOT PROVEN') });
    }
  });

  it('is nothing to anybody else, nor for what is not there; each is recorded as refused', async () => {
    const before = (await exports()).length;
    const amira = await world.signIn('amira.rahman');
    const absent = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const answers = [];
    for (const [who, path] of [[amira, id], [amira, absent], [auditor, absent], [auditor, 'none'], [amira, `${id}/proof`], [auditor, `${absent}/proof`]] as const) {
      const { status, text } = await download(who, `/ledger/entry/${path}`);
      answers.push(`${status} ${text}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
    expect((await exports()).slice(before)).toEqual(Array.from({ length: 6 }, () => expect.objectContaining({ outcome: 'refused' })));
    expect((await world.stranger().fetch(`/ledger/entry/${id}`, { redirect: 'manual' })).status).not.toBe(200);
  });

  it('is asked a reason for', async () => {
    const unasked = await world.signInAgain('alex.ward');
    const { status, text } = await download(unasked, `/ledger/entry/${id}`);
    expect([status, text]).toEqual([422, expect.stringContaining('State why you are looking')]);
  });

  it('is offered on the page of the entry', async () => {
    const { text } = await download(auditor, `/audit/entries/${id}`);
    for (const href of [`/ledger/entry/${id}`, `/ledger/entry/${id}/proof`]) expect(text).toContain(`href="${href}" download`);
  });

  it('is the whole ledger at the command line, which holds elsewhere and is recorded', async () => {
    const before = (await exports()).length;
    const exported = await command('export', '--to', join(folder, 'whole'), '--entries', 'on');
    expect(exported).toMatchObject({ code: 0, output: expect.stringMatching(/The ledger of \d+ entries is in/) });
    expect((await exports()).slice(before)).toEqual([expect.objectContaining({ outcome: 'done', who: 'cli', file: 'ledger', count: expect.any(Number), lacks: null })]);
    expect(readdirSync(join(folder, 'whole')).sort()).toEqual(['checkpoint', 'entries', 'tile']);
    expect(verify('--tiles', 'whole', '--entries', 'whole/entries')).toMatchObject({ code: 0, out: expect.stringMatching(/Every tile is there[\s\S]*Every one of the \d+ entries/) });
    const entries = join(folder, 'whole', 'entries');
    writeFileSync(entries, readFileSync(entries, 'utf8').replace('Amira', 'Admin'));
    expect(verify('--tiles', 'whole', '--entries', 'whole/entries')).toMatchObject({ code: 1, out: expect.stringMatching(/NOT PROVEN Entry \d+ does not hash to its leaf/) });
  });

  it('is written into a new folder only', async () => {
    const again = await command('export', '--to', join(folder, 'whole'));
    expect(again).toMatchObject({ code: 2, output: expect.stringContaining('is not empty') });
    expect(await command('export', '--to', join(folder, 'other'), '--entries', 'some')).toMatchObject({ code: 2 });
  });
});
