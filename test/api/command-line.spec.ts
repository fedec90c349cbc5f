import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { parseVerifierKey } from '../../libs/note/index.js';
import { withClient } from '../../scripts/postgres/provision.js';
import { projectFolder } from '../../src/platform/config/index.js';
import { AGENCIES, AGREEMENT, DUTY_POSTS } from '../../src/demonstration/borough.js';
import { sandboxIdpMetadata } from '../../src/demonstration/idp-metadata.js';
import { runChild } from '../builders/child.js';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../builders/cluster.js';

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

describe('concordat', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-cli-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const concordat = (...args: string[]): Promise<Ran> =>
    runChild('run/cli.js', { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, DATABASE_WORKER_URL: database.workerUrl, CONCORDAT_DATA: folder }, args);

  async function rows<Row extends object>(text: string): Promise<readonly Row[]> {
    return withClient(database.superuserUrl, async (client) => (await client.query<Row>(text)).rows);
  }

  const json = ({ output }: Ran): Record<string, unknown> => JSON.parse(output) as Record<string, unknown>;

  it('lists its commands, and says which code means what', async () => {
    const { code, output } = await concordat('--help');
    expect(code).toBe(0);
    for (const name of ['migrate up|down|status', 'seed', 'agency import', 'idp import', 'person disable', 'session end', 'agreement import', 'agreement end', 'duty-post open', 'duty-post close', 'ledger check', 'ledger export', 'ledger key', 'ledger prove', 'ledger proof', 'witness new-key', 'witness --key', 'doctor']) {
      expect(output).toContain(`concordat ${name}`);
    }
    expect(output).toContain('Exit codes: 0 done, 1 refused, failed or found something, 2 wrong usage.');
  });

  it.each([[['frobnicate'], 'There is no command frobnicate'], [['migrate', 'sideways'], 'Usage: concordat migrate up|down|status'], [['agency', 'import'], '--code'], [['seed', '--loud'], '--loud'], [['session', 'end', 'x'], 'is no id']])(
    'answers wrong usage %j with exit 2 and a sentence',
    async (args, words) => {
      const { code, output } = await concordat(...args);
      expect(code).toBe(2);
      expect(output).toContain(words);
    },
  );

  it('says that no database is set, and prints one JSON document for --json', async () => {
    const { code, output } = await runChild('run/cli.js', { CONCORDAT_DATA: folder }, ['migrate', 'status', '--json']);
    expect(code).toBe(1);
    expect(output).toContain('"error":"No database: set DATABASE_URL');
  });

  it('never prints the password of a database that does not answer', async () => {
    const { code, output } = await runChild('run/cli.js', { DATABASE_URL: 'postgres://someone:hunter2-secret@127.0.0.1:1/none' }, ['migrate', 'status']);
    expect(code).toBe(1);
    expect(output).toContain('does not answer');
    expect(output).not.toContain('hunter2');
  });

  it('migrates an empty database up, twice without harm, and tells where it stands', async () => {
    const empty = await createEmptyDatabase();
    const migrate = (direction: string): Promise<Ran> => runChild('run/cli.js', { DATABASE_URL: empty.ownerUrl }, ['migrate', direction, '--json']);
    try {
      expect((await migrate('status')).code).toBe(1);
      expect(json(await migrate('up'))['applied']).not.toEqual([]);
      expect(json(await migrate('up'))['applied']).toEqual([]);
      expect(json(await migrate('status'))).toMatchObject({ missing: 0 });
      expect(json(await migrate('down'))['takenBack']).toMatch(/\d$/);
    } finally {
      await empty.drop();
    }
  });

  it('seeds the borough, and seeding again changes nothing', async () => {
    expect(await concordat('seed')).toMatchObject({ code: 0 });
    const picture = async (): Promise<unknown> => [
      await rows('SELECT id, code, name, kind FROM agency ORDER BY code'),
      await rows('SELECT agency_id, entity_id, roles_allowed FROM agency_idp ORDER BY entity_id'),
      await rows('SELECT id, reference, status FROM agreement'),
      await rows('SELECT id, code FROM agreement_clause ORDER BY code'),
      await rows('SELECT id, name FROM duty_post ORDER BY name'),
    ];
    const first = await picture();
    expect(await concordat('seed')).toMatchObject({ code: 0 });
    expect(await picture()).toEqual(first);
    expect(await rows('SELECT 1 FROM agency')).toHaveLength(AGENCIES.length);
    expect(await rows('SELECT 1 FROM duty_post')).toHaveLength(DUTY_POSTS.length);
  });

  it('gives no agency a role its people do not have in the borough', async () => {
    const [wexcombe] = await rows<{ roles: string[] }>(`SELECT roles_allowed AS roles FROM agency_idp JOIN agency ON id = agency_id WHERE code = 'wexcombe'`);
    expect(wexcombe?.roles).toEqual(['environmental-health-officer']);
  });

  it('refuses to seed in production', async () => {
    const { code, output } = await runChild('run/cli.js', { DATABASE_URL: database.ownerUrl, CONCORDAT_MODE: 'production' }, ['seed']);
    expect(code).toBe(1);
    expect(output).not.toContain('The demonstration borough is there');
  });

  it('imports an agency and its identity provider, says when the certificate ends, and records both', async () => {
    const metadata = join(folder, 'idp.xml');
    writeFileSync(metadata, sandboxIdpMetadata('wexcombe', 5999));
    expect(await concordat('agency', 'import', '--code', 'eastmere', '--name', 'Eastmere Council', '--kind', 'council')).toMatchObject({ code: 0 });
    const imported = await concordat('idp', 'import', '--agency', 'eastmere', '--metadata', metadata, '--roles', 'auditor,administrator', '--json');
    expect(json(imported)).toMatchObject({ entityId: 'http://localhost:5999/metadata', certificates: [{ validTo: expect.stringMatching(/^20\d\d-/) }] });
    const recorded = await rows<{ body: string }>(`SELECT body FROM ledger_entry WHERE body LIKE '%eastmere%'`);
    expect(recorded.map(({ body }) => (JSON.parse(body) as { verb: string; system: string }))).toEqual(
      expect.arrayContaining([expect.objectContaining({ verb: 'agency.import', system: 'cli' }), expect.objectContaining({ verb: 'idp.import', system: 'cli' })]),
    );
  });

  it('refuses metadata that is none, an agency nobody knows, and a role there is not', async () => {
    const file = join(folder, 'none.xml');
    writeFileSync(file, '<html/>');
    expect(await concordat('idp', 'import', '--agency', 'ashworth', '--metadata', file, '--roles', 'auditor')).toMatchObject({ code: 1 });
    writeFileSync(file, sandboxIdpMetadata('ashworth', 5998));
    expect(await concordat('idp', 'import', '--agency', 'nowhere', '--metadata', file, '--roles', 'auditor')).toMatchObject({ code: 1 });
    expect(await concordat('idp', 'import', '--agency', 'ashworth', '--metadata', file, '--roles', 'king')).toMatchObject({ code: 2 });
  });

  const DRAWN_UP = { ...AGREEMENT, reference: 'ISA-2026-02', parties: ['ashworth', 'wexcombe'] };
  const drawUp = (given: unknown): Promise<Ran> => {
    const file = join(folder, 'agreement.json');
    writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
    return concordat('agreement', 'import', file, '--json');
  };

  it('draws up an agreement once, ends it once, and records both', async () => {
    expect(json(await drawUp(DRAWN_UP))).toMatchObject({ reference: 'ISA-2026-02', parties: ['ashworth', 'wexcombe'] });
    const again = await drawUp(DRAWN_UP);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('is known already')]);
    const parties = `SELECT a.code FROM agreement g JOIN agreement_party p ON p.agreement_id = g.id JOIN agency a ON a.id = p.agency_id WHERE g.reference = 'ISA-2026-02' ORDER BY a.code`;
    expect(await rows(parties)).toEqual([{ code: 'ashworth' }, { code: 'wexcombe' }]);
    expect(await concordat('agreement', 'end', 'ISA-2026-02')).toMatchObject({ code: 0 });
    expect(await rows(`SELECT status FROM agreement WHERE reference = 'ISA-2026-02'`)).toEqual([{ status: 'ended' }]);
    expect(await concordat('agreement', 'end', 'ISA-2026-02')).toMatchObject({ code: 1 });
    const recorded = await rows(`SELECT verb, body::jsonb -> 'recipients' AS told, body::jsonb -> 'lacks' AS lacks FROM ledger_entry WHERE body LIKE '%"ISA-2026-02"%' ORDER BY at`);
    const told = { told: ['ashworth', 'wexcombe'], lacks: null };
    expect(recorded).toEqual([{ verb: 'agreement.sign', ...told }, { verb: 'agreement.end', ...told }]);
  });

  it('says of a file that is no agreement all that is wrong with it', async () => {
    expect(await drawUp('{')).toMatchObject({ code: 1, output: expect.stringContaining('is not JSON') });
    const { code, output } = await drawUp({ ...DRAWN_UP, reference: 'ISA-2026-03', parties: ['ashworth'], clauses: [] });
    expect([code, output]).toEqual([1, expect.stringMatching(/parties: An agreement has at least two parties\. clauses: An agreement has at least one clause/)]);
  });

  it('opens a duty post, gives it another address, and closes it, each recorded without the address', async () => {
    const post = (act: string, ...more: string[]): Promise<Ran> => concordat('duty-post', act, '--agency', 'wexcombe', '--name', 'Night desk', ...more);
    expect(await post('open', '--email', 'night@wexcombe.example')).toMatchObject({ code: 0 });
    expect(await post('open', '--email', 'desk@wexcombe.example')).toMatchObject({ code: 0 });
    expect(await post('open', '--email', 'desk@wexcombe.example')).toMatchObject({ code: 0 });
    expect(await rows(`SELECT email, closed_at FROM duty_post WHERE name = 'Night desk'`)).toEqual([{ email: 'desk@wexcombe.example', closed_at: null }]);
    expect(await post('open', '--email', 'nobody')).toMatchObject({ code: 1 });
    expect(await post('close')).toMatchObject({ code: 0 });
    expect(await post('close')).toMatchObject({ code: 1 });
    const recorded = await rows<{ verb: string; body: string }>(`SELECT verb, body FROM ledger_entry WHERE body LIKE '%"Night desk"%' ORDER BY at`);
    expect(recorded.map(({ verb }) => verb)).toEqual(['duty-post.open', 'duty-post.open', 'duty-post.close']);
    expect(recorded.map(({ body }) => body).join('')).not.toContain('wexcombe.example');
  });

  it('says that nobody was shut out when there is nobody', async () => {
    const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    expect(await concordat('person', 'disable', id)).toMatchObject({ code: 1 });
    expect(await concordat('session', 'end', id)).toMatchObject({ code: 1 });
  });

  it('checks the ledger, and names the entry altered behind the application\'s back', async () => {
    expect(json(await concordat('ledger', 'check', '--json'))).toMatchObject({ whole: true });
    const [entry] = await rows<{ id: string }>(`SELECT id FROM ledger_entry WHERE body LIKE '%"agency.import"%' LIMIT 1`);
    await withClient(database.superuserUrl, (client) =>
      client.query(`SET session_replication_role = replica; UPDATE ledger_entry SET body = replace(body, 'Ashworth', 'Ashwarth'), salt = salt WHERE id = '${entry?.id ?? ''}'`),
    );
    const check = await concordat('ledger', 'check');
    expect(check.code).toBe(1);
    expect(check.output).toContain(entry?.id);
  });

  it('proves nothing where nothing was signed, and tells wrong words from a wrong ledger', async () => {
    const none = await concordat('ledger', 'prove', '--from', '0', '--json');
    expect(none.code).toBe(1);
    expect(json(none)).toMatchObject({ holds: false, code: 'cut', proof: '' });
    expect(await concordat('ledger', 'proof', '--entry', '0')).toMatchObject({ code: 1, output: expect.stringContaining('There is no entry 0') });
    for (const args of [['prove'], ['prove', '--from', join(folder, 'absent')], ['prove', '--from', join(folder, 'none.xml')], ['proof', '--entry', '-1'], ['proof', '--entry', 'x']]) {
      expect({ args, code: (await concordat('ledger', ...args)).code }).toEqual({ args, code: 2 });
    }
  });

  it('prints the public key of the ledger, as witnesses and policies take it, and nothing secret', async () => {
    const { code, output } = await concordat('ledger', 'key');
    expect(code).toBe(0);
    const key = must(parseVerifierKey(output.trim()));
    expect(json(await concordat('ledger', 'key', '--json'))).toEqual({ origin: key.name, verifierKey: output.trim() });
    const secret = createPrivateKey(readFileSync(join(projectFolder(), 'keys-example', 'ledger.key.pem'), 'utf8'));
    expect(Buffer.from(key.publicKey).toString('base64url')).toBe(createPublicKey(secret).export({ format: 'jwk' }).x);
    expect(output).not.toContain(secret.export({ format: 'jwk' }).d);
  });

  it('doctor looks at every part and names what is bad', async () => {
    const checked = json(await concordat('doctor', '--json'))['findings'] as { check: string; state: string }[];
    const stateOf = (check: string): string | undefined => checked.find((finding) => finding.check === check)?.state;
    expect(stateOf('application login')).toBe('good');
    expect(stateOf('worker login')).toBe('good');
    expect(stateOf('migrations')).toBe('good');
    expect(stateOf('clock')).toBe('good');
    expect(stateOf('identity provider certificates')).toBe('good');
    expect(stateOf('mode')).toBe('warning');
    expect(stateOf('mail server')).toBe('bad');
  });

  it('doctor finds an application that signs in above row-level security', async () => {
    const env = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.superuserUrl, DATABASE_WORKER_URL: database.workerUrl, CONCORDAT_DATA: folder };
    const { code, output } = await runChild('run/cli.js', env, ['doctor']);
    expect(code).toBe(1);
    expect(output).toMatch(/bad\s+application login: postgres is above row-level security/);
  });

  it('is described in docs/operations.md, command by command', () => {
    const manual = readFileSync(join(projectFolder(), 'docs', 'operations.md'), 'utf8');
    for (const command of ['migrate', 'seed', 'agency import', 'idp import', 'person disable', 'session end', 'agreement import', 'agreement end', 'duty-post open', 'duty-post close', 'ledger check', 'ledger export', 'ledger key', 'ledger prove', 'ledger proof', 'witness new-key', 'witness --key', 'doctor']) {
      expect(manual).toContain(`concordat ${command}`);
    }
  });
});
