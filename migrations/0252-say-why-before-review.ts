import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an exhibit is disposed of before the day until which its agency said that it keeps it; null where that day has come, or none was set. */
export class SayWhyBeforeReview1763700025200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE disposal ADD COLUMN before_review text`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE disposal DROP COLUMN before_review`);
    await runner.query(`RESET ROLE`);
  }
}
