import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An act that answers several cases records each with its clause, and is found by any of them. Generated from the body
 * like everything else an entry can be searched by, so that a search can never say what the record does not.
 */
export class FindListsByClause1763700010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE ledger_entry ADD COLUMN cases jsonb GENERATED ALWAYS AS (body::jsonb #> '{details,cases}') STORED`);
    await runner.query(`CREATE INDEX ledger_entry_cases ON ledger_entry USING gin (cases jsonb_path_ops)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP INDEX ledger_entry_cases`);
    await runner.query(`ALTER TABLE ledger_entry DROP COLUMN cases`);
    await runner.query(`RESET ROLE`);
  }
}
