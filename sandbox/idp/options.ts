import { existsSync, readFileSync } from 'node:fs';
import type { DirectoryPerson } from './directory.js';

/** What one identity provider is told at its start. */
export interface IdpOptions {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly port: number;
  /** The address it is known by; its entityID is `<baseUrl>/metadata`. */
  readonly baseUrl: string;
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  readonly people: readonly DirectoryPerson[];
  readonly password: string;
  /** entityID of the one service provider it answers to, and the certificate its messages are signed with. */
  readonly serviceProvider: { readonly entityId: string; readonly certificate: string };
}

/** As the files of directories/ are written. */
interface Directory {
  readonly agencyName: string;
  readonly people: readonly Omit<DirectoryPerson, 'agency'>[];
}

const PASSWORD = 'demonstration';

/** Beside the checkout's package.json: this runs from dist/. */
const KEYS = new URL('../../../keys-example/', import.meta.url);


/**
 * Reads IDP_AGENCY, IDP_PORT, BASE_URL (the portal's); where it is known by another address than it listens on,
 * IDP_BASE_URL; and where it signs with a key of its own, which production asks for, IDP_KEY_FILE and IDP_CERT_FILE.
 *
 * @throws Error with one sentence when an option is missing or unknown.
 */
export function readOptions(env: NodeJS.ProcessEnv): IdpOptions {
  const code = env['IDP_AGENCY'] ?? '';
  const file = new URL(`directories/${code}.json`, import.meta.url);
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(code) || !existsSync(file)) throw new Error('IDP_AGENCY must be the code of an agency with a file in directories/.');
  const { agencyName, people } = JSON.parse(readFileSync(file, 'utf8')) as Directory;
  const port = Number(env['IDP_PORT']);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error('IDP_PORT must be a port number.');
  const portal = env['BASE_URL'];
  if (portal === undefined || !URL.canParse(portal)) throw new Error('BASE_URL must be the address of the portal.');
  return {
    agencyCode: code,
    agencyName,
    port,
    baseUrl: env['IDP_BASE_URL'] ?? `http://localhost:${port}`,
    key: readFileSync(env['IDP_KEY_FILE'] ?? new URL(`idp-${code}.key.pem`, KEYS), 'utf8'),
    certificate: readFileSync(env['IDP_CERT_FILE'] ?? new URL(`idp-${code}.cert.pem`, KEYS), 'utf8'),
    people: people.map((person) => ({ ...person, agency: code })),
    password: PASSWORD,
    serviceProvider: {
      entityId: `${portal.replace(/\/$/, '')}/saml/${code}`,
      certificate: readFileSync(env['IDP_SP_CERT_FILE'] ?? new URL('saml-sp.cert.pem', KEYS), 'utf8'),
    },
  };
}
