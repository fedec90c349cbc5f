import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';

/** One migration and whether this database has it. */
export interface MigrationState {
  readonly name: string;
  readonly applied: boolean;
}

/** Moves one database's schema up and down, as the role that owns it. */
export interface Migrator {
  /** Applies everything missing, each migration in a transaction of its own; answers the names applied. */
  up(): Promise<readonly string[]>;
  /** Takes back the last migration; answers its name, or undefined when there is none. */
  down(): Promise<string | undefined>;
  status(): Promise<readonly MigrationState[]>;
}

/** Any number; two migrators of one database wait for each other on it. */
const ADVISORY_LOCK = 6_020_110_412;

/**
 * Opens the database at `ownerUrl`, lets `act` migrate it and closes it. Only one migrator works on a database at a time.
 *
 * @throws Error of the database driver when it cannot be reached or a migration fails.
 */
export async function withMigrator<T>(ownerUrl: string, act: (migrator: Migrator) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...migrations],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    applicationName: 'concordat migrate',
    poolSize: 3,
  });
  await source.initialize();
  const guard = source.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await act(migratorOver(source));
  } finally {
    await guard.release();
    await source.destroy();
  }
}

function migratorOver(source: DataSource): Migrator {
  const applied = async (): Promise<readonly string[]> => {
    const [table] = await source.query<{ name: string | null }[]>(`SELECT to_regclass('schema_migration') AS name`);
    if (table?.name == null) return [];
    const rows = await source.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY id');
    return rows.map((row) => row.name);
  };
  return {
    async up() {
      return (await source.runMigrations()).map((migration) => migration.name);
    },
    async down() {
      const last = (await applied()).at(-1);
      if (last !== undefined) await source.undoLastMigration();
      return last;
    },
    async status() {
      const done = new Set(await applied());
      return source.migrations.map((migration) => {
        const name = migration.name ?? migration.constructor.name;
        return { name, applied: done.has(name) };
      });
    },
  };
}
