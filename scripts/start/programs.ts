import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AGENCIES } from '../../src/demonstration/borough.js';
import { SANDBOX_PORTS, type Config } from '../../src/platform/config/index.js';
import type { Logins } from '../postgres/provision.js';
import { acceptsConnections, answersHttp } from './answers.js';
import type { DataFolder } from './data-folder.js';
import { keptSecretFile } from './kept-secret.js';
import type { Program } from './processes.js';

type Environment = Readonly<Record<string, string>>;

/** The folder of built files this launcher belongs to. */
const dist = new URL('../../', import.meta.url);

const module = (path: string): string => fileURLToPath(new URL(path, dist));

/**
 * What the API's engine is told: files of gigabytes pass through it in buffers that live for a moment. With a small young
 * generation they are found dead soon, and without a thread of its own for it they are given back at once, also when the
 * machine is busy. Both bound the memory of an upload. What outlives the young generation is looked through once it has grown by
 * half, and not by four times, which bounds the memory of an export. docs/operations.md says what they cost.
 */
export const API_FLAGS: readonly string[] = ['--max-semi-space-size=2', '--no-concurrent-array-buffer-sweeping', '--heap-growing-percent=50'];

/** Module that keeps each process from outliving the launcher. */
export const LEASH = new URL('leash.js', import.meta.url).href;

/** Stand-ins for systems we do not own: one identity provider per agency, and a mail server that keeps what it gets. */
export function sandboxPrograms(config: Config, folder: DataFolder): readonly Program[] {
  // The identity providers check the portal's signatures, whichever key it was given.
  const portalCertificate = join(folder.path, 'saml-sp.cert.pem');
  writeFileSync(portalCertificate, config.keys.samlCertificate);
  const providers = AGENCIES.map((agency) => ({
    name: `the identity provider of ${agency.name}`,
    logName: `idp-${agency.code}`,
    module: module('sandbox/idp/main.js'),
    env: {
      ...systemEnvironment(),
      BASE_URL: config.baseUrl,
      IDP_AGENCY: agency.code,
      IDP_PORT: String(config.port + agency.idpPort),
      IDP_SP_CERT_FILE: portalCertificate,
    },
    isReady: () => acceptsConnections(config.port + agency.idpPort),
  }));
  const mail = {
    name: 'the sandbox mail server',
    logName: 'smtp',
    module: module('sandbox/smtp/main.js'),
    env: {
      ...systemEnvironment(),
      SMTP_PORT: String(config.port + SANDBOX_PORTS.smtp),
      SMTP_WEB_PORT: String(config.port + SANDBOX_PORTS.mailbox),
      SMTP_DATA: join(folder.path, 'sandbox', 'mail'),
    },
    isReady: () => acceptsConnections(config.port + SANDBOX_PORTS.smtp),
  };
  return [...providers, mail];
}

/** The product: the API with the portal, and the worker. */
export function productPrograms(config: Config, env: Environment): { readonly api: Program; readonly worker: Program } {
  const ready = `http://${config.host.includes(':') ? `[${config.host}]` : config.host.replace('0.0.0.0', '127.0.0.1')}:${config.port}/health/ready`;
  return {
    api: { name: 'the portal', logName: 'api', module: module('run/main.js'), flags: API_FLAGS, env, isReady: () => answersHttp(ready) },
    worker: { name: 'the worker', logName: 'worker', module: module('run/worker.js'), env },
  };
}

/**
 * What the API and the worker are started with: the options given to the launcher, the database logins, and secrets made
 * for this installation where none were given. Never the owner of the database: neither process may migrate.
 */
export function productEnvironment(given: NodeJS.ProcessEnv, config: Config, folder: DataFolder, logins: Logins): Environment {
  const made = config.mode === 'demo' ? madeSecrets(given, folder) : {};
  const env = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  for (const name of ['DATABASE_URL', 'DATABASE_URL_FILE', 'DATABASE_APP_URL_FILE', 'DATABASE_WORKER_URL_FILE']) Reflect.deleteProperty(env, name);
  return {
    ...env,
    ...made,
    CONCORDAT_DATA: folder.path,
    DATABASE_APP_URL: logins.appUrl,
    DATABASE_WORKER_URL: logins.workerUrl,
  };
}

function madeSecrets(given: NodeJS.ProcessEnv, folder: DataFolder): Environment {
  const names = ['KEY_PASSPHRASE', 'COOKIE_SECRET'].filter((name) => !given[name] && !given[`${name}_FILE`]);
  return Object.fromEntries(names.map((name) => [`${name}_FILE`, keptSecretFile(folder.secrets, name.toLowerCase().replace('_', '-'))]));
}

function systemEnvironment(): Environment {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
