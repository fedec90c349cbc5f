import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrations } from '../../migrations/index.js';
import { withClient } from '../../scripts/postgres/provision.js';
import { withMigrator } from '../../src/cli/migrator.js';
import { createDatabase, createEmptyDatabase } from '../builders/cluster.js';
import { schemaPicture } from '../builders/schema-picture.js';

type Empty = Awaited<ReturnType<typeof createEmptyDatabase>>;

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** Takes back one migration after the other until none is left. */
async function takeBackAll(url: string): Promise<void> {
  await withMigrator(url, async (migrator) => {
    while ((await migrator.down()) !== undefined);
  });
}

describe('migrations', () => {
  let database: Empty;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });

  afterAll(() => database.drop());

  it('are listed once each, in the order of their files, named after them', () => {
    const files = readdirSync(folder).filter((name) => /^\d{4}-.*\.ts$/.test(name)).sort();
    const names = files.map((name) => {
      const [number = '', ...words] = name.replace(/\.ts$/, '').split('-');
      return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}1763700${number}00`;
    });
    expect(migrations.map(({ name }) => name)).toEqual(names);
  });

  it('go up, all the way down leaving nothing, and up again to the very same schema', async () => {
    const before = await schemaPicture(database.ownerUrl);
    await withMigrator(database.ownerUrl, (migrator) => migrator.up());
    const up = await schemaPicture(database.ownerUrl);
    await takeBackAll(database.ownerUrl);
    expect(await schemaPicture(database.ownerUrl)).toEqual(before);
    await withMigrator(database.ownerUrl, (migrator) => migrator.up());
    expect(await schemaPicture(database.ownerUrl)).toEqual(up);
    expect(up.length).toBeGreaterThan(100);
  });

  it('each go down and up by themselves to the same schema', async () => {
    await withMigrator(database.ownerUrl, async (migrator) => {
      await migrator.up();
      const last = (await migrator.status()).at(-1)?.name;
      expect(await migrator.down()).toBe(last);
      expect((await migrator.status()).filter(({ applied }) => !applied).map(({ name }) => name)).toEqual([last]);
      expect(await migrator.up()).toEqual([last]);
      expect(await migrator.up()).toEqual([]);
    });
  });

  it('leave a picture that shows a drift: one column, one grant, one policy', async () => {
    const drifted = await createDatabase();
    try {
      const clean = await schemaPicture(drifted.ownerUrl);
      const drifts = ['ALTER TABLE agency ADD COLUMN drift int', 'GRANT DELETE ON agency TO concordat_app', 'CREATE POLICY drift ON agency USING (true)'];
      for (const drift of drifts) {
        const earlier = await schemaPicture(drifted.ownerUrl);
        await withClient(drifted.superuserUrl, (client) => client.query(drift));
        expect(await schemaPicture(drifted.ownerUrl)).not.toEqual(earlier);
      }
      expect(clean).not.toEqual(await schemaPicture(drifted.ownerUrl));
    } finally {
      await drifted.drop();
    }
  });

  it('put every table under an owner that cannot sign in', async () => {
    const owners = await withClient(database.ownerUrl, (client) =>
      client.query<{ name: string; owner: string; login: boolean }>(
        `SELECT c.relname AS name, r.rolname AS owner, r.rolcanlogin AS login FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
         JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_migration'`,
      ),
    );
    expect(owners.rows.filter(({ login }) => login)).toEqual([]);
    expect(owners.rows.length).toBeGreaterThan(10);
  });

  it('give no login of the product a right above row-level security', async () => {
    const { rows } = await withClient(database.ownerUrl, (client) =>
      client.query<{ above: boolean }>(`SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS above FROM pg_roles WHERE rolname LIKE 'concordat\\_%' AND rolname <> 'concordat_deployer'`),
    );
    expect(rows.length).toBeGreaterThanOrEqual(4);
    expect(rows.some(({ above }) => above)).toBe(false);
  });
});
