import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That somebody was asked to explain a read is a matter of those who ask and are asked, and of auditors. It is recorded with
 * the case it is about, and without this everybody of her agency who works on the case, she herself among them, would find it
 * in the access log.
 */
export class KeepExplanationsOutOfAccessLogs1763700016300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE POLICY explanations_are_not_shown ON ledger_entry AS RESTRICTIVE FOR SELECT TO concordat_app USING (verb NOT LIKE 'unusual-use.%')`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY explanations_are_not_shown ON ledger_entry`);
    await runner.query(`RESET ROLE`);
  }
}
