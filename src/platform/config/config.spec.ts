import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EXAMPLE_KEY_FINGERPRINTS, EXAMPLE_SECRETS } from './example-keys.js';
import { ConfigError, loadConfig, loadConfigWithoutDatabase, projectFolder } from './index.js';
import { fingerprint } from './key-faults.js';

const folder = mkdtempSync(join(tmpdir(), 'concordat-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DATABASE = {
  DATABASE_APP_URL: 'postgres://concordat_app:a@127.0.0.1/c',
  DATABASE_WORKER_URL: 'postgres://concordat_worker:w@127.0.0.1/c',
};

/** Option names blamed, in order. */
function blamed(env: Record<string, string>): readonly string[] {
  try {
    loadConfig({ ...DATABASE, ...env });
    return [];
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.faults.map(({ option }) => option);
    throw fault;
  }
}

const example = (name: string): string => readFileSync(join(projectFolder(), 'keys-example', name), 'utf8');
const ownLedgerKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });

const PRODUCTION = {
  CONCORDAT_MODE: 'production',
  BASE_URL: 'https://portal.example.gov',
  SMTP_URL: 'smtps://mail.example.gov',
  MAIL_FROM: 'no-reply@example.gov',
  KEY_PASSPHRASE: 'a passphrase of our own',
  COOKIE_SECRET: 'a cookie secret of our own, long enough',
  LEDGER_ORIGIN: 'portal.example.gov/ledger',
  LEDGER_SIGNING_KEY: ownLedgerKey.toString(),
};

describe('configuration', () => {
  it('needs nothing but the database in demo mode', () => {
    const config = loadConfig(DATABASE);
    expect(config).toMatchObject({ mode: 'demo', host: '127.0.0.1', port: 8080, baseUrl: 'http://localhost:8080', demo: true });
    expect(config.smtp.url).toBe('smtp://127.0.0.1:8100');
    expect(config.session).toEqual({ idleSeconds: 1800, absoluteSeconds: 36_000 });
    expect(config.dataFolder).toBe(join(projectFolder(), '.concordat'));
  });

  it('counts an empty value as unset', () => {
    expect(loadConfig({ ...DATABASE, PORT: '', REDIS_URL: '  ' })).toMatchObject({ port: 8080 });
  });

  it('lists every fault at once', () => {
    expect(blamed({ PORT: 'eighty', BASE_URL: 'ftp://x', SESSION_IDLE_SECONDS: '99999', LOG_LEVEL: 'loud', REDIS_URL: 'localhost' })).toEqual([
      'PORT', 'BASE_URL', 'REDIS_URL', 'SESSION_IDLE_SECONDS', 'LOG_LEVEL',
    ]);
  });

  it('says which database addresses a part needs, and the launcher needs none', () => {
    expect(blamed({ DATABASE_APP_URL: '', DATABASE_WORKER_URL: '' })).toEqual(['DATABASE_APP_URL', 'DATABASE_WORKER_URL']);
    expect(loadConfigWithoutDatabase({}).database).toEqual({ appUrl: '', workerUrl: '' });
  });

  it('takes a secret from a file, without its last line end', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'a cookie secret out of a mounted file\n');
    expect(loadConfig({ ...DATABASE, COOKIE_SECRET_FILE: file }).keys.cookieSecret).toBe('a cookie secret out of a mounted file');
  });

  it('refuses a secret given twice, and a file that is not there', () => {
    expect(blamed({ COOKIE_SECRET: 'x'.repeat(40), COOKIE_SECRET_FILE: join(folder, 'secret') })).toEqual(['COOKIE_SECRET']);
    expect(blamed({ COOKIE_SECRET_FILE: join(folder, 'absent') })).toEqual(['COOKIE_SECRET_FILE']);
  });

  it('refuses keys of the wrong kind and a certificate of another key', () => {
    expect(blamed({ LEDGER_SIGNING_KEY: example('saml-sp.key.pem') })).toEqual(['LEDGER_SIGNING_KEY']);
    expect(blamed({ SAML_SP_KEY: ownLedgerKey.toString(), SAML_SP_CERT: example('saml-sp.cert.pem') })).toEqual(['SAML_SP_KEY']);
    expect(blamed({ SAML_SP_KEY: example('saml-sp.key.pem'), SAML_SP_CERT: example('idp-wexcombe.cert.pem') })).toEqual(['SAML_SP_CERT']);
    expect(blamed({ SAML_SP_KEY: example('saml-sp.key.pem') })).toEqual(['SAML_SP_CERT']);
  });

  it('keeps a demonstration, whose keys and passwords are published, on this machine', () => {
    for (const HOST of ['0.0.0.0', '::', '10.0.0.5', 'portal.example.gov', '127.0.0.1.example.gov']) expect(blamed({ HOST })).toEqual(['HOST']);
    for (const HOST of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) expect(blamed({ HOST })).toEqual([]);
    expect(blamed({ ...PRODUCTION, HOST: '0.0.0.0' })).not.toContain('HOST');
  });

  it('takes proxies by address, and nothing that is none', () => {
    expect(loadConfig(DATABASE).trustedProxies).toEqual([]);
    expect(loadConfig({ ...DATABASE, TRUSTED_PROXY: '10.0.0.5, 10.1.0.0/16,::1' }).trustedProxies).toEqual(['10.0.0.5', '10.1.0.0/16', '::1']);
    for (const TRUSTED_PROXY of ['true', 'proxy.example.gov', '10.0.0.0/33', '10.0.0.1/8/8', '10.0.0.5,,::1']) expect(blamed({ TRUSTED_PROXY })).toEqual(['TRUSTED_PROXY']);
  });

  it('wants no path in the base address, and strips the last slash', () => {
    expect(blamed({ BASE_URL: 'https://portal.example.gov/app' })).toEqual(['BASE_URL']);
    expect(loadConfig({ ...DATABASE, BASE_URL: 'https://portal.example.gov/' }).baseUrl).toBe('https://portal.example.gov');
  });

  it('never prints the value of an option', () => {
    const options = ['COOKIE_SECRET', 'KEY_PASSPHRASE', 'LEDGER_SIGNING_KEY', 'SMTP_URL', 'DATABASE_URL', 'PORT'];
    fc.assert(
      fc.property(fc.constantFrom(...options), fc.stringMatching(/^[g-z]{9,14}\d$/), (option, value) => {
        expect(() => loadConfig({ ...DATABASE, [option]: value })).toThrow(ConfigError);
        expect(() => loadConfig({ ...DATABASE, [option]: value })).not.toThrow(value);
      }),
    );
  });
});

describe('where sealed exhibits are kept', () => {
  const bucket = { S3_BUCKET: 'evidence', S3_ENDPOINT: 'https://objects.example.gov' };

  it('is a folder unless a bucket is named, and what belongs to a bucket is refused without one', () => {
    expect(loadConfig(DATABASE).s3).toBeUndefined();
    expect(blamed({ S3_REGION: 'eu-west-2', S3_SECRET_ACCESS_KEY: 'x' })).toEqual(['S3_REGION', 'S3_SECRET_ACCESS_KEY']);
    expect(loadConfig({ ...DATABASE, S3_BUCKET: 'evidence' }).s3).toEqual({ bucket: 'evidence', endpoint: undefined, region: 'us-east-1', pathStyle: false, credentials: undefined, timeoutMs: 30_000 });
  });

  it('takes the secret of a bucket from a file', () => {
    const file = join(folder, 's3-secret');
    writeFileSync(file, 'the secret\n');
    const { s3 } = loadConfig({ ...DATABASE, ...bucket, S3_ACCESS_KEY_ID: 'me', S3_SECRET_ACCESS_KEY_FILE: file, S3_TIMEOUT_SECONDS: '5' });
    expect(s3).toMatchObject({ pathStyle: true, timeoutMs: 5_000, credentials: { accessKeyId: 'me', secretAccessKey: 'the secret' } });
  });

  it.each([
    ['half of a key', { S3_ACCESS_KEY_ID: 'me' }, 'S3_SECRET_ACCESS_KEY'],
    ['an address with a password', { S3_ENDPOINT: 'https://me:secret@objects.example.gov' }, 'S3_ENDPOINT'],
    ['an address with a path', { S3_ENDPOINT: 'https://objects.example.gov/evidence' }, 'S3_ENDPOINT'],
    ['what is no name of a bucket', { S3_BUCKET: 'Evidence/2' }, 'S3_BUCKET'],
    ['exhibits larger than a body can be put together', { UPLOAD_LIMIT_BYTES: String(100 * 1024 ** 3) }, 'UPLOAD_LIMIT_BYTES'],
  ])('is not %s', (_, change, option) => {
    expect(blamed({ ...bucket, ...change })).toContain(option);
  });

  it('is reached by https in production', () => {
    expect(blamed({ ...PRODUCTION, ...bucket, S3_ENDPOINT: 'http://objects.example.gov' })).toContain('S3_ENDPOINT');
    expect(blamed({ ...PRODUCTION, ...bucket })).not.toContain('S3_ENDPOINT');
  });
});

describe('the scanner for malware', () => {
  it('is none unless its address is given, and keeps sealed what was not scanned unless told otherwise', () => {
    expect(loadConfig(DATABASE).clamd).toBeUndefined();
    expect(loadConfig({ ...DATABASE, CLAMD_ADDRESS: 'tcp://127.0.0.1:3310' }).clamd).toEqual({ address: 'tcp://127.0.0.1:3310', mostBytes: 26_214_400, timeoutMs: 180_000, unscanned: 'sealed', rescanDays: 30 });
    expect(loadConfig({ ...DATABASE, CLAMD_ADDRESS: '/run/clamav/clamd.ctl', CLAMD_UNSCANNED: 'open', CLAMD_RESCAN_DAYS: '0' }).clamd).toMatchObject({ address: '/run/clamav/clamd.ctl', unscanned: 'open', rescanDays: 0 });
  });

  it.each(['clamd', 'http://127.0.0.1:3310', 'tcp://127.0.0.1', 'tcp://me:secret@127.0.0.1:3310'])('is not reached at %s', (CLAMD_ADDRESS) => {
    expect(blamed({ CLAMD_ADDRESS })).toEqual(['CLAMD_ADDRESS']);
  });
});

describe('whoever dates the ledger', () => {
  const certificate = example('idp-wexcombe.cert.pem');
  const TIMESTAMP_AUTHORITY_URL = 'http://time.example.gov/tsa?tenant=1';

  it('is nobody unless an address is given with certificates to believe it by', () => {
    expect(loadConfig(DATABASE).timestamps).toEqual({ authorityUrl: undefined, trustedCertificates: undefined, policy: undefined, intervalSeconds: 3600 });
    expect(blamed({ TIMESTAMP_AUTHORITY_URL })).toEqual(['TIMESTAMP_TRUSTED_CERTIFICATES']);
    const given = { TIMESTAMP_AUTHORITY_URL, TIMESTAMP_TRUSTED_CERTIFICATES: certificate, TIMESTAMP_POLICY: '1.3.6.1.4.1.13762.3', TIMESTAMP_INTERVAL_SECONDS: '60' };
    expect(loadConfig({ ...DATABASE, ...given }).timestamps).toMatchObject({ authorityUrl: TIMESTAMP_AUTHORITY_URL, policy: '1.3.6.1.4.1.13762.3', intervalSeconds: 60 });
    // An authority that is asked no more is still believed.
    expect(blamed({ TIMESTAMP_TRUSTED_CERTIFICATES: certificate })).toEqual([]);
  });

  it.each([
    ['an address with a password', { TIMESTAMP_AUTHORITY_URL: 'https://me:secret@time.example.gov/' }, 'TIMESTAMP_AUTHORITY_URL'],
    ['another protocol', { TIMESTAMP_AUTHORITY_URL: 'ftp://time.example.gov/' }, 'TIMESTAMP_AUTHORITY_URL'],
    ['a key among the certificates', { TIMESTAMP_TRUSTED_CERTIFICATES: `${certificate}\n${example('idp-wexcombe.key.pem')}` }, 'TIMESTAMP_TRUSTED_CERTIFICATES'],
    ['what is no certificate', { TIMESTAMP_TRUSTED_CERTIFICATES: 'trust me' }, 'TIMESTAMP_TRUSTED_CERTIFICATES'],
    ['what is no object identifier', { TIMESTAMP_POLICY: '1.03.6' }, 'TIMESTAMP_POLICY'],
    ['no interval at all', { TIMESTAMP_INTERVAL_SECONDS: '0' }, 'TIMESTAMP_INTERVAL_SECONDS'],
  ])('is not taken from %s', (_, change, option) => {
    expect(blamed({ TIMESTAMP_AUTHORITY_URL, TIMESTAMP_TRUSTED_CERTIFICATES: certificate, ...change })).toEqual([option]);
  });
});

describe('production', () => {
  const samlPair = { SAML_SP_KEY: example('saml-sp.key.pem'), SAML_SP_CERT: example('saml-sp.cert.pem') };

  it('names everything that is missing', () => {
    expect(blamed({ NODE_ENV: 'production' })).toEqual([
      'BASE_URL', 'SMTP_URL', 'MAIL_FROM', 'KEY_PASSPHRASE', 'COOKIE_SECRET', 'LEDGER_SIGNING_KEY', 'LEDGER_ORIGIN', 'SAML_SP_KEY', 'SAML_SP_CERT',
    ]);
  });

  it('refuses a published SAML key and nothing else of an otherwise complete configuration', () => {
    expect(blamed({ ...PRODUCTION, ...samlPair })).toEqual(['SAML_SP_KEY']);
  });

  it.each([
    ['an http base address', { BASE_URL: 'http://portal.example.gov' }, 'BASE_URL'],
    ['the published ledger key', { LEDGER_SIGNING_KEY: example('ledger.key.pem') }, 'LEDGER_SIGNING_KEY'],
    ['the published passphrase', { KEY_PASSPHRASE: EXAMPLE_SECRETS.passphrase }, 'KEY_PASSPHRASE'],
    ['the published cookie secret', { COOKIE_SECRET: EXAMPLE_SECRETS.cookieSecret }, 'COOKIE_SECRET'],
    ['demonstration people', { CONCORDAT_DEMO: 'on' }, 'CONCORDAT_DEMO'],
    ['the owner as the application', { DATABASE_URL: 'postgres://concordat_app:a@127.0.0.1/c' }, 'DATABASE_APP_URL'],
  ])('refuses %s', (_, change, option) => {
    expect(blamed({ ...PRODUCTION, ...samlPair, ...change })).toContain(option);
  });

  it('knows the fingerprint of every published key, and its README lists it', () => {
    const readme = example('README.md');
    const keys = readdirSync(join(projectFolder(), 'keys-example')).filter((name) => name.endsWith('.key.pem'));
    expect(keys).toHaveLength(EXAMPLE_KEY_FINGERPRINTS.size);
    for (const name of keys) {
      const print = fingerprint(example(name)) ?? '';
      expect(EXAMPLE_KEY_FINGERPRINTS).toContain(print);
      expect(readme).toContain(`| \`${name}\` |`);
      expect(readme).toContain(print);
    }
  });
});
