import { ask } from './ask.js';
import { bad, good, warning, type Check } from './check.js';

const OLDEST_POSTGRES = 150_000;
const CLOCK_DRIFT_MS = 2000;

interface LoginFacts {
  readonly name: string;
  readonly above: boolean;
  readonly owns: boolean;
}

/** A login that is a superuser, bypasses row-level security or owns the tables makes every policy void. */
const LOGIN_FACTS = `SELECT current_user AS name, rolsuper OR rolbypassrls AS above,
  EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relowner = r.oid) AS owns
  FROM pg_roles r WHERE rolname = current_user`;

function login(name: string, urlOf: (config: { appUrl: string; workerUrl: string }) => string): Check {
  return {
    name,
    async look({ config }) {
      const [facts] = await ask<LoginFacts>(urlOf(config.database), LOGIN_FACTS);
      if (facts === undefined) return bad('The database does not know this login.');
      if (facts.above) return bad(`${facts.name} is above row-level security; take SUPERUSER and BYPASSRLS from it.`);
      if (facts.owns) return bad(`${facts.name} owns tables; the owner must be another role.`);
      return good(`Signs in as ${facts.name}, subject to row-level security.`);
    },
  };
}

/** What the database must be. */
export const databaseChecks: readonly Check[] = [
  {
    name: 'database version',
    async look({ config }) {
      const [row] = await ask<{ number: string; version: string }>(
        config.database.appUrl,
        `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version`,
      );
      return Number(row?.number) >= OLDEST_POSTGRES ? good(`PostgreSQL ${row?.version ?? ''}.`) : bad('PostgreSQL 15 or newer is needed.');
    },
  },
  login('application login', (database) => database.appUrl),
  login('worker login', (database) => database.workerUrl),
  {
    name: 'migrations',
    async look({ context }) {
      if (!context.env['DATABASE_URL'] && !context.env['DATABASE_URL_FILE']) return warning('Not looked at: DATABASE_URL is not set.');
      const { withMigrator } = await import('../migrator.js');
      const missing = await withMigrator(context.ownerUrl(), async (migrator) => (await migrator.status()).filter((state) => !state.applied));
      return missing.length === 0 ? good('Every migration is applied.') : bad(`${missing.length} missing; run concordat migrate up.`);
    },
  },
  {
    name: 'clock',
    async look({ config }) {
      const before = Date.now();
      const [row] = await ask<{ now: Date }>(config.database.appUrl, 'SELECT clock_timestamp() AS now');
      const drift = Math.abs((row?.now.getTime() ?? 0) - (before + Date.now()) / 2);
      return drift <= CLOCK_DRIFT_MS ? good('This machine and the database agree on the time.') : bad(`This machine and the database differ by ${Math.round(drift / 1000)} s; synchronise both.`);
    },
  },
];
