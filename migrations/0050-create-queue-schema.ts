import { runMigrations } from 'bullmq';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SCHEMA = 'bullmq';

/**
 * The queue's own tables, in a schema of their own that only the worker may use: a queue is a hint, it may be emptied at
 * any moment, and nothing else in the database refers to it. The library brings its schema up to its own version; after
 * an upgrade of the library a further migration like this one does so again.
 */
export class CreateQueueSchema1763700005000 implements MigrationInterface {
  /** The library's migrations open a transaction of their own. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET ROLE concordat_owner`);
    const client = (await runner.connect()) as Parameters<typeof runMigrations>[0];
    await runMigrations(client, SCHEMA);
    await runner.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO concordat_worker`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO concordat_worker`);
    await runner.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO concordat_worker`);
    await runner.query(`REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA ${SCHEMA} CASCADE`);
  }
}
