import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { runChild } from '../builders/child.js';
import type { TestDatabase } from '../builders/cluster.js';
import { createDemonstration } from '../builders/demonstration.js';

const folder = mkdtempSync(join(tmpdir(), 'concordat-leaks-'));
let copy: TestDatabase | undefined;

afterEach(async () => {
  await copy?.drop();
  copy = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function leakCheck({ ownerUrl, appUrl, workerUrl }: TestDatabase, ...args: string[]): Promise<{ code: number | null; output: string }> {
  return runChild('run/cli.js', { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, DATABASE_WORKER_URL: workerUrl, CONCORDAT_DATA: folder, KEY_PASSPHRASE: 'a passphrase of the copy' }, ['leak-check', ...args]);
}

async function freshCopy(fault?: string): Promise<TestDatabase> {
  copy = await createDemonstration();
  const superuser = new Client({ connectionString: copy.superuserUrl });
  await superuser.connect();
  if (fault !== undefined) await superuser.query(fault);
  await superuser.end();
  return copy;
}

/** Somebody means well, and keeps what there is under an agreement with the agreement, which all its parties read. */
const SUMMED_UP = `
  CREATE FUNCTION sum_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN UPDATE agreement SET title = NEW.title; RETURN NULL; END $$;
  CREATE TRIGGER sum_up AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION sum_up()`;

interface Report {
  readonly canaries: readonly { readonly kind: string; readonly audience: string }[];
  readonly looked: readonly { readonly role: string; readonly met: readonly string[]; readonly leaks: readonly { readonly where: string; readonly what: string }[] }[];
  readonly mails: number;
}

describe('concordat leak-check', () => {
  it('finds that people of a member agency are shown what is theirs to see and are told of nothing else, those who work on cases, audit and administrate', async () => {
    const database = await freshCopy();
    const { code, output } = await leakCheck(database, '--copy', database.name, '--agency', 'northmoor-health', '--role', 'health-practitioner', '--role', 'auditor', '--role', 'administrator', '--json');
    const report = JSON.parse(output) as Report;
    expect({ code, leaks: report.looked.flatMap(({ leaks }) => leaks) }).toEqual({ code: 0, leaks: [] });
    expect(report.canaries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['investigation', 'note', 'record', 'finding', 'exhibit']));
    const met = Object.fromEntries(report.looked.map(({ role, met: cells }) => [role, cells.join('')]));
    // The case and its five things for every member; nothing of what is for others, nor of the case that nobody else is in.
    expect(met['health-practitioner']).toMatch(/^r{5}\.{13}$/);
    expect(met['auditor']).toMatch(/^t{18}$/);
    expect(met['administrator']).toMatch(/^\.{18}$/);
    expect(report.mails).toBeGreaterThan(0);
  }, 300_000);

  it('names each way by which something is seen that is not for who looks', async () => {
    const database = await freshCopy(SUMMED_UP);
    const { code, output } = await leakCheck(database, '--copy', database.name, '--agency', 'northmoor-police', '--role', 'police-officer');
    expect(code).toBe(1);
    expect(output).toMatch(/^Northmoor Police, police-officer .*X/m);
    expect(output).toMatch(/\d+ LEAKS:\n.*title of \d+ \(.*\) by agreements$/m);
    expect(output).not.toMatch(/canary[0-9a-f]{16}/);
  }, 300_000);

  it('writes into no database but the copy that is named, and into none that somebody works with', async () => {
    const database = await freshCopy();
    expect(await leakCheck(database, '--copy', 'concordat')).toEqual({ code: 2, output: expect.stringContaining(`The database is ${database.name}, not concordat.`) });
    expect(await leakCheck(database)).toMatchObject({ code: 2, output: expect.stringContaining('--copy') });
    const somebody = new Client({ connectionString: database.appUrl });
    await somebody.connect();
    try {
      expect(await leakCheck(database, '--copy', database.name)).toEqual({ code: 1, output: expect.stringContaining('Somebody else is connected') });
      const { rows } = await somebody.query(`SELECT FROM person WHERE display_name LIKE 'Leak Check%'`);
      expect(rows).toEqual([]);
    } finally {
      await somebody.end();
    }
    expect(await leakCheck(database, '--copy', database.name, '--agency', 'nobody')).toEqual({ code: 2, output: expect.stringContaining('There is no agency nobody') });
  }, 120_000);
});
