import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Who owns the database: may make roles and databases, is no superuser, and so is itself subject to grants. */
export const DEPLOYER = 'concordat_deployer';

/** The addresses the parts of the product connect with. */
export interface Logins {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
}

/** Passwords of the two login roles; kept by whoever provisions. */
export interface LoginPasswords {
  readonly app: string;
  readonly worker: string;
}

/** A password no one has to type. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** `url` with another user, password and, when given, database. */
export function addressAs(url: string, user: string, password: string, database?: string): string {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  if (database !== undefined) address.pathname = `/${database}`;
  return address.href;
}

/** Makes the deployer (or renews its password) and, when absent, the database it owns. Safe to repeat. */
export async function provisionDatabase(superuserUrl: string, database: string, password: string): Promise<string> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [DEPLOYER]);
    const act = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${act} ROLE ${DEPLOYER} LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD ${client.escapeLiteral(password)}`);
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (existing.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${DEPLOYER}`);
    }
  });
  return addressAs(superuserUrl, DEPLOYER, password, database);
}

/** Lets the application's and the worker's roles, made by the first migration, sign in. Safe to repeat. */
export async function openLogins(ownerUrl: string, passwords: LoginPasswords): Promise<Logins> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`ALTER ROLE concordat_app LOGIN PASSWORD ${client.escapeLiteral(passwords.app)}`);
    await client.query(`ALTER ROLE concordat_worker LOGIN PASSWORD ${client.escapeLiteral(passwords.worker)}`);
  });
  return {
    ownerUrl,
    appUrl: addressAs(ownerUrl, 'concordat_app', passwords.app),
    workerUrl: addressAs(ownerUrl, 'concordat_worker', passwords.worker),
  };
}

/** Runs `act` over one connection to `url` and closes it whatever happens. */
export async function withClient<T>(url: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Without a listener a server that goes away between queries would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
