import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the operator does on the command line is recorded like everything else. The command line acts as the owner of the
 * schema, which row-level security binds too: it may append entries that name no person, and only those.
 */
export class LetOperatorRecord1763700007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE POLICY ledger_append_as_operator ON ledger_entry FOR INSERT TO concordat_owner WITH CHECK (person_id IS NULL)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP POLICY ledger_append_as_operator ON ledger_entry`);
  }
}
