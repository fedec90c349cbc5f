import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['workspace', 'workspace_member', 'item', 'custody_event'];

/**
 * Whoever owns the schema may compare what is stored with what is recorded, by way of `concordat ledger check`. It gives the
 * owner nothing: who owns a table can switch its guard off. No login of the application, the worker or an auditor has this role.
 */
export class LetOperatorCompare1763700015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) await runner.query(`CREATE POLICY operator_compares ON ${table} FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) await runner.query(`DROP POLICY operator_compares ON ${table}`);
    await runner.query(`RESET ROLE`);
  }
}
