import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['disclosure_schedule', 'disclosure_schedule_line'];

/**
 * Whether an exhibit had been disposed of when a version listed it. A disposal that was under way at that moment bears an earlier time
 * than the version and is seen only after it: no comparison of times can say which of the two knew of the other.
 */
export class KeepWhatWasDisposedAtSigning1763700025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE disclosure_schedule_line ADD COLUMN disposed boolean NOT NULL DEFAULT false`);
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    // Of the versions before, times are all there is to go by.
    await runner.query(`
      UPDATE disclosure_schedule_line l SET disposed = true FROM disclosure_schedule s, disposal d
       WHERE s.id = l.schedule_id AND d.item_id = l.item_id AND d.approved AND d.decided_at <= s.signed_at`);
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE disclosure_schedule_line ALTER COLUMN disposed DROP DEFAULT`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE disclosure_schedule_line DROP COLUMN disposed`);
    await runner.query(`RESET ROLE`);
  }
}
