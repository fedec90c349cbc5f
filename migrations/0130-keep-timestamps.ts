import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which checkpoints are to be dated, and the timestamps they were given. Append-only like the ledger: what was to be dated
 * stays to be dated, so that a timestamp that was removed is missed.
 */
export class KeepTimestamps1763700013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE ledger_timestamp_due (
        size bigint PRIMARY KEY REFERENCES ledger_checkpoint (size),
        due_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE ledger_timestamp (
        size bigint PRIMARY KEY REFERENCES ledger_timestamp_due (size),
        token bytea NOT NULL,
        dated timestamptz NOT NULL,
        received_at timestamptz NOT NULL
      )`);
    for (const table of ['ledger_timestamp_due', 'ledger_timestamp']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
      await runner.query(`
        CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid_change()`);
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO concordat_worker`);
      await runner.query(`GRANT SELECT ON ${table} TO concordat_auditor`);
    }
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ledger_timestamp, ledger_timestamp_due`);
  }
}
