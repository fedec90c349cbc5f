import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_A_FILE = ['file_name', 'media_type', 'size_bytes', 'sha256', 'blob_key'] as const;

/** An exhibit can be a thing on a shelf, which has no file: all that is said of a file is then absent, and of a file all of it is there. */
export class LetExhibitsBeThings1763700021200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE exhibit ADD COLUMN form text NOT NULL DEFAULT 'file' CHECK (form IN ('file', 'physical'))`);
    for (const column of OF_A_FILE) await runner.query(`ALTER TABLE exhibit ALTER COLUMN ${column} DROP NOT NULL`);
    await runner.query(`
      ALTER TABLE exhibit ADD CONSTRAINT file_is_whole
        CHECK (num_nonnulls(${OF_A_FILE.join(', ')}) = CASE form WHEN 'file' THEN ${OF_A_FILE.length} ELSE 0 END)`);
    // By its form it is known which act must have made it.
    await runner.query(`CREATE POLICY operator_compares ON exhibit FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY operator_compares ON exhibit`);
    await runner.query(`ALTER TABLE exhibit DROP CONSTRAINT file_is_whole`);
    for (const column of OF_A_FILE) await runner.query(`ALTER TABLE exhibit ALTER COLUMN ${column} SET NOT NULL`);
    await runner.query(`ALTER TABLE exhibit DROP COLUMN form`);
    await runner.query(`RESET ROLE`);
  }
}
