import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Somebody in the agency's directory. */
export interface DirectoryPerson {
  readonly username: string;
  readonly givenName: string;
  readonly surname: string;
  readonly initials: string;
  readonly mail: string;
  readonly roles: readonly string[];
}

interface Directory {
  readonly agency: string;
  readonly entityId: string;
  readonly people: readonly DirectoryPerson[];
}

/** Everything one identity provider process is set up with. */
export interface Settings extends Directory {
  readonly port: number;
  /** Address under which browsers reach it, without a trailing slash. */
  readonly baseUrl: string;
  readonly password: string;
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** Service providers are trusted when their entityID and addresses start with this. */
  readonly trustedPrefix: string;
}

const PASSWORD = 'demonstration';

/**
 * Reads IDP_AGENCY, IDP_PORT and BASE_URL (of the portal), and where they are set IDP_BASE_URL, IDP_DIRECTORY, IDP_KEY_FILE,
 * IDP_CERT_FILE and IDP_PASSWORD.
 *
 * @throws Error with one sentence when something needed is missing.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const agency = need(env, 'IDP_AGENCY');
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(agency)) throw new Error('IDP_AGENCY must be the code of an agency.');
  const port = Number(need(env, 'IDP_PORT'));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('IDP_PORT must be a port number.');
  const file = (name: string, usual: string): string => readFileSync(env[name] ?? usual, 'utf8');
  const keys = join(checkout(), 'keys-example');
  const directory = JSON.parse(file('IDP_DIRECTORY', fileURLToPath(new URL(`directories/${agency}.json`, import.meta.url)))) as Directory;
  return {
    ...directory,
    port,
    baseUrl: env['IDP_BASE_URL'] ?? `http://localhost:${port}`,
    password: env['IDP_PASSWORD'] ?? PASSWORD,
    key: file('IDP_KEY_FILE', join(keys, `idp-${agency}.key.pem`)),
    certificate: file('IDP_CERT_FILE', join(keys, `idp-${agency}.cert.pem`)),
    trustedPrefix: `${need(env, 'BASE_URL').replace(/\/$/, '')}/saml/`,
  };
}

function need(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}.`);
  return value;
}

function checkout(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Where browsers are sent to sign in and out. */
export function endpoints({ baseUrl }: Settings): { readonly sso: string; readonly slo: string } {
  return { sso: `${baseUrl}/sso`, slo: `${baseUrl}/slo` };
}

/** The base64 body of the certificate, as metadata and signatures carry it. */
export function certificateBody({ certificate }: Settings): string {
  return new X509Certificate(certificate).raw.toString('base64');
}

/**
 * The name this provider gives a person, for good: opaque, the same at every sign-in, never given to anybody else. Made from
 * the directory alone, so that a demonstration started anew still knows its people.
 */
export function persistentName({ entityId }: Settings, username: string): string {
  return createHash('sha256').update(`${entityId}\n${username}`).digest('hex');
}
