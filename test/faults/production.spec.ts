import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { startCluster, THROW_AWAY, type Cluster } from '../../scripts/postgres/cluster.js';
import { addressAs, newPassword, withClient } from '../../scripts/postgres/provision.js';
import { projectFolder } from '../../src/platform/config/index.js';
import { overviewDocument } from '../../src/portal/documents/overview.js';
import { shellDocument } from '../../src/portal/documents/shell.js';
import { eventually } from '../api/alert-case.js';
import { runChild, startChild, type Child } from '../builders/child.js';
import { ed25519Key, selfSigned } from '../builders/self-signed.js';
import { documentId } from '../../src/platform/graphql/trusted-documents.js';
import { TlsClient, TlsFront } from './tls-front.js';

const AGENCY = 'ashworth';
const published = (name: string): string => readFileSync(join(projectFolder(), 'keys-example', name), 'utf8');

/** The steps of docs/operations.md, "In production", one after the other. */
describe('production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-production-'));
  const tls = selfSigned('localhost');
  const saml = selfSigned('Concordat SAML');
  const agencyKey = selfSigned('Ashworth staff sign-in');
  const children: Child[] = [];
  let cluster: Cluster;
  let front: TlsFront;
  let port = 0;
  let env: Readonly<Record<string, string>> = {};

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const concordat = (...args: string[]): Promise<{ code: number | null; output: string }> => runChild('run/cli.js', env, args);
  const browser = (): TlsClient => new TlsClient(front.baseUrl, tls.certificate);

  beforeAll(async () => {
    // Below a folder that the account of the server may enter, as every cluster of the tests.
    cluster = await startCluster({ folder: join(process.env['CONCORDAT_TEST_RUN'] ?? folder, 'production-cluster'), logFile: join(folder, 'postgres.log'), settings: THROW_AWAY });
    port = await freePort();
    front = await TlsFront.start(tls, port);
    env = await options();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(children.map((child) => child.stop()));
    await front.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function options(): Promise<Record<string, string>> {
    const [deployer, app, worker] = [newPassword(), newPassword(), newPassword()];
    await withClient(cluster.superuserUrl(), async (client) => {
      await client.query(`CREATE ROLE concordat_deployer LOGIN CREATEROLE PASSWORD '${deployer}'`);
      await client.query('CREATE DATABASE concordat OWNER concordat_deployer');
    });
    const owner = addressAs(cluster.superuserUrl(), 'concordat_deployer', deployer, 'concordat');
    const smtpPort = await freePort();
    mkdirSync(join(folder, 'data'), { mode: 0o711 });
    children.push(await startChild('sandbox/smtp/main.js', { SMTP_PORT: String(smtpPort), SMTP_WEB_PORT: String(await freePort()), SMTP_DATA: join(folder, 'mail') }, 'is ready'));
    const given = {
      CONCORDAT_MODE: 'production', BASE_URL: front.baseUrl, PORT: String(port), TRUSTED_PROXY: '127.0.0.1', CONCORDAT_DATA: join(folder, 'data'),
      DATABASE_URL: owner, DATABASE_APP_URL: addressAs(owner, 'concordat_app', app), DATABASE_WORKER_URL: addressAs(owner, 'concordat_worker', worker),
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, MAIL_FROM: 'Concordat <no-reply@ashworth.example>',
      KEY_PASSPHRASE_FILE: file('passphrase', randomBytes(24).toString('base64')), COOKIE_SECRET_FILE: file('cookie-secret', randomBytes(32).toString('base64')),
      LEDGER_SIGNING_KEY_FILE: file('ledger.pem', ed25519Key()), LEDGER_ORIGIN: 'ashworth.example/ledger',
      SAML_SP_KEY_FILE: file('saml.key.pem', saml.key), SAML_SP_CERT_FILE: file('saml.cert.pem', saml.certificate), METRICS_TOKEN: randomBytes(16).toString('hex'),
    };
    expect(await runChild('run/cli.js', given, ['migrate', 'up'])).toMatchObject({ code: 0 });
    await withClient(owner, async (client) => {
      await client.query(`ALTER ROLE concordat_app LOGIN PASSWORD '${app}'`);
      await client.query(`ALTER ROLE concordat_worker LOGIN PASSWORD '${worker}'`);
    });
    return given;
  }

  it('refuses everything that is published, known or plain, all of it at once', async () => {
    const { code, output } = await runChild('run/main.js', {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.endsWith('_FILE'))),
      BASE_URL: 'http://portal.example.gov', CONCORDAT_DEMO: 'on', DATABASE_APP_URL: env['DATABASE_URL'] ?? '',
      KEY_PASSPHRASE: 'demonstration-passphrase-not-secret', COOKIE_SECRET: 'demonstration-cookie-secret-that-protects-nothing',
      LEDGER_SIGNING_KEY: published('ledger.key.pem'), SAML_SP_KEY: published('saml-sp.key.pem'), SAML_SP_CERT: published('saml-sp.cert.pem'),
    }, []);
    expect(code).toBe(1);
    for (const option of ['BASE_URL', 'CONCORDAT_DEMO', 'DATABASE_APP_URL', 'KEY_PASSPHRASE', 'COOKIE_SECRET', 'LEDGER_SIGNING_KEY', 'SAML_SP_KEY']) expect(output).toContain(`${option}: `);
    expect(output).not.toMatch(/demonstration-(passphrase|cookie)|PRIVATE KEY/);
  });

  it('starts nothing with nothing set, and names all that is missing', async () => {
    for (const entry of ['run/main.js', 'run/worker.js']) {
      const { code, output } = await runChild(entry, { CONCORDAT_MODE: 'production' }, []);
      expect(code).toBe(1);
      for (const option of ['BASE_URL', 'SMTP_URL', 'MAIL_FROM', 'KEY_PASSPHRASE', 'COOKIE_SECRET', 'LEDGER_SIGNING_KEY', 'LEDGER_ORIGIN', 'SAML_SP_KEY', 'SAML_SP_CERT']) expect(output).toContain(`${option}: Required`);
    }
  });

  it('takes over an agency and its identity provider, but none whose key is published, and no demonstration', async () => {
    expect(await concordat('agency', 'import', '--code', AGENCY, '--name', 'Ashworth Borough Council', '--kind', 'council')).toMatchObject({ code: 0 });
    const idpPort = await freePort();
    const idp = { BASE_URL: front.baseUrl, IDP_AGENCY: AGENCY, IDP_PORT: String(idpPort), IDP_SP_CERT_FILE: env['SAML_SP_CERT_FILE'] ?? '' };
    const importOf = async (): Promise<{ code: number | null; output: string }> => {
      const metadata = file('metadata.xml', await (await fetch(`http://127.0.0.1:${idpPort}/metadata`)).text());
      return concordat('idp', 'import', '--agency', AGENCY, '--metadata', metadata, '--roles', 'environmental-health-officer,service-manager');
    };
    const known = await startChild('sandbox/idp/main.js', idp, 'is ready');
    const refused = await importOf();
    await known.stop();
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('is published: anybody could sign in with it')]);
    children.push(await startChild('sandbox/idp/main.js', { ...idp, IDP_KEY_FILE: file('idp.key.pem', agencyKey.key), IDP_CERT_FILE: file('idp.cert.pem', agencyKey.certificate) }, 'is ready'));
    const taken = await importOf();
    expect([taken.code, taken.output]).toEqual([0, expect.stringContaining('Ashworth staff sign-in')]);
    expect(await concordat('seed')).toMatchObject({ code: 1, output: expect.stringContaining('production refuses it') });
  }, 60_000);

  it('starts portal and worker, and the doctor finds nothing bad', async () => {
    children.push(await startChild('run/main.js', env, 'The portal is ready'), await startChild('run/worker.js', env, 'The worker is ready'));
    const { code, output } = await concordat('doctor');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Production.') });
  }, 90_000);

  it('signs a person in through her agency, with cookies that never leave this host or TLS', async () => {
    const amira = browser();
    const work = await signIn(amira);
    expect(work.session).toMatch(/^__Host-concordat=[\w-]+; (?!.*Domain)(?=.*Path=\/)(?=.*HttpOnly)(?=.*Secure)(?=.*SameSite=Lax)/);
    expect(work.login).toMatch(/^__Host-concordat-login=[\w.-]+; (?!.*Domain)(?=.*Path=\/)(?=.*HttpOnly)(?=.*Secure)(?=.*SameSite=None)/);
    const page = await amira.get('/my-work');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Amira Rahman')]);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const opened = await amira.post('/investigations/new', {
      csrf, title: 'The Golden Ladle', 'business.name': 'The Golden Ladle', 'business.address': '12 Harbour Street', 'business.postcode': 'AS1 2HB', summary: 'Two people fell ill.',
      purpose: 'Outbreak control', 'marking.sensitive': 'yes',
    }, { origin: front.baseUrl, 'sec-fetch-site': 'same-origin' });
    expect([opened.status, opened.cookies]).toEqual([303, [expect.stringMatching(/^concordat-flash=.*HttpOnly.*Secure/)]]);
    expect((await amira.get(opened.headers.location ?? '')).text).toContain('The Golden Ladle');
    const foreign = await amira.post('/investigations/new', { csrf }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  }, 60_000);

  it('knows no session by the name of a cookie that plain http could set', async () => {
    const amira = browser();
    await signIn(amira);
    const value = amira.cookie.replaceAll(/.*__Host-concordat=([^;]+).*/g, '$1');
    const planted = await fetch(`http://127.0.0.1:${port}/my-work`, { redirect: 'manual', headers: { cookie: `concordat=${value}` } });
    expect([planted.status, planted.headers.get('location')]).toEqual([303, '/']);
    const known = await fetch(`http://127.0.0.1:${port}/my-work`, { redirect: 'manual', headers: { cookie: `__Host-concordat=${value}` } });
    expect(known.status).toBe(200);
  }, 60_000);

  it('runs the portal’s own documents, by their text or their digest, and nothing else: no look at the schema either', async () => {
    const amira = browser();
    await signIn(amira);
    const digest = await amira.json('/graphql', { documentId: documentId(shellDocument.text) });
    expect([digest.status, digest.text]).toEqual([200, expect.stringContaining('Amira Rahman')]);
    expect((await amira.json('/graphql', { query: shellDocument.text })).status).toBe(200);
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { fields { name } } }', '{ me { id } }', `${shellDocument.text}\n`, overviewDocument.text.replace('workspace', 'w: workspace')]) {
      const answer = await amira.json('/graphql', { query });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('only trusted documents')]);
    }
  }, 60_000);

  it('keeps its figures to whoever bears the token', async () => {
    const figures = (headers: Record<string, string>): Promise<number> => fetch(`http://127.0.0.1:${port}/metrics`, { headers }).then(({ status }) => status);
    expect([await figures({}), await figures({ authorization: `Bearer ${env['METRICS_TOKEN'] ?? ''}` })]).toEqual([404, 200]);
  });

  it('has all of it in a ledger signed by its own key under its own name', async () => {
    const { code, output } = await concordat('ledger', 'check', '--json');
    expect({ code, output }).toMatchObject({ code: 0 });
    const superuser = addressAs(cluster.superuserUrl(), 'postgres', new URL(cluster.superuserUrl()).password, 'concordat');
    const note = await eventually('a signed checkpoint', () => withClient(superuser, async (client) => (await client.query<{ note: string }>('SELECT note FROM ledger_checkpoint LIMIT 1')).rows[0]?.note));
    expect(note).toMatch(/^ashworth\.example\/ledger\n/);
  });

  /** From the portal to the agency's identity provider and back, as a browser goes. */
  async function signIn(client: TlsClient): Promise<{ session: string; login: string }> {
    const begun = await client.get(`/saml/${AGENCY}/login`);
    const sso = new URL(begun.headers.location ?? '');
    expect(sso.protocol).toBe('http:');
    const answered = await fetch(`${sso.origin}/sign-in`, { method: 'POST', body: new URLSearchParams({ request: sso.search.slice(1), username: 'amira.rahman', password: 'demonstration' }) });
    const fields = Object.fromEntries([...(await answered.text()).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
    const done = await client.post(`/saml/${AGENCY}/acs`, fields, { origin: sso.origin, 'sec-fetch-site': 'cross-site' });
    expect([302, 303]).toContain(done.status);
    const of = (cookies: readonly string[], name: string): string => cookies.find((line) => line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`)) ?? '';
    return { session: of(done.cookies, '__Host-concordat'), login: of(begun.cookies, '__Host-concordat-login') };
  }
});
