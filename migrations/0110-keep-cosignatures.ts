import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What witnesses said of checkpoints: their cosignatures, and where one of them holds a checkpoint that contradicts the
 * ledger, that one. Append-only like the ledger: a contradiction that was found stays found.
 */
export class KeepCosignatures1763700011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE ledger_cosignature (
        size bigint NOT NULL REFERENCES ledger_checkpoint (size),
        witness text NOT NULL,
        line text NOT NULL,
        cosigned_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (size, witness)
      )`);
    await runner.query(`
      CREATE TABLE ledger_witness_conflict (
        witness text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('cut', 'forked', 'broken')),
        theirs text NOT NULL,
        theirs_size bigint NOT NULL,
        ours text NOT NULL,
        ours_size bigint NOT NULL,
        found_at timestamptz NOT NULL,
        UNIQUE (witness, kind, theirs_size)
      )`);
    for (const table of ['ledger_cosignature', 'ledger_witness_conflict']) {
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
    await runner.query(`DROP TABLE ledger_cosignature, ledger_witness_conflict`);
  }
}
