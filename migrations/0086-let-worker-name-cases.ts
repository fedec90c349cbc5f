import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the worker records about a case carries the reference of the case, like every other entry, so that the auditor finds
 * it by that. Of a workspace the worker may read this and nothing else: no title, no summary, no business.
 */
export class LetWorkerNameCases1763700008600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`REVOKE SELECT ON workspace FROM concordat_worker`);
    await runner.query(`GRANT SELECT (id, reference) ON workspace TO concordat_worker`);
    await runner.query(`CREATE POLICY worker_names ON workspace FOR SELECT TO concordat_worker USING (true)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY worker_names ON workspace`);
    await runner.query(`REVOKE SELECT (id, reference) ON workspace FROM concordat_worker`);
    await runner.query(`GRANT SELECT ON workspace TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }
}
