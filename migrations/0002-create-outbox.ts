import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events leave in the act's own transaction; effects are kept once per event, however often a job is delivered. */
export class CreateOutbox1763700000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        payload jsonb NOT NULL,
        correlation_id text NOT NULL,
        created_at timestamptz NOT NULL,
        dispatched_at timestamptz
      )`);
    await runner.query(`CREATE INDEX outbox_waiting ON outbox (created_at) WHERE dispatched_at IS NULL`);
    await runner.query(`
      CREATE TABLE effect (
        event_id uuid NOT NULL,
        effect text NOT NULL,
        done_at timestamptz NOT NULL,
        PRIMARY KEY (event_id, effect)
      )`);
    await runner.query(`GRANT INSERT ON outbox TO concordat_app`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON outbox TO concordat_worker`);
    await runner.query(`GRANT SELECT, INSERT ON effect TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE effect`);
    await runner.query(`DROP TABLE outbox`);
  }
}
