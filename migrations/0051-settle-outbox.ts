import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the reconciler needs: which dispatched events still miss an effect, without reading those long done; and the
 * jobs that were given up, visible until somebody has them done again.
 */
export class SettleOutbox1763700005100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE outbox ADD COLUMN settled_at timestamptz`);
    await runner.query(`
      CREATE INDEX outbox_unsettled ON outbox (dispatched_at, id) WHERE dispatched_at IS NOT NULL AND settled_at IS NULL`);
    await runner.query(`
      CREATE TABLE dead_letter (
        event_id uuid NOT NULL REFERENCES outbox (id),
        effect text NOT NULL,
        code text NOT NULL,
        attempts integer NOT NULL,
        failed_at timestamptz NOT NULL,
        replayed_at timestamptz,
        PRIMARY KEY (event_id, effect)
      )`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON dead_letter TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE dead_letter`);
    await runner.query(`DROP INDEX outbox_unsettled`);
    await runner.query(`ALTER TABLE outbox DROP COLUMN settled_at`);
  }
}
