import type { MigrationInterface, QueryRunner } from 'typeorm';

const ADDED = {
  happened_at: 'timestamptz',
  by_roles: 'text[]',
  done_by: 'text',
  to_agency: 'text',
  location: 'text',
  seal_before: 'text',
  seal_after: 'text',
  about: 'text',
} as const;

/**
 * An act of custody says when it happened beside when it was recorded, where, by whom if by another, with which seals, and what
 * came of it. Events written before stay as they are, of version 1: their hashes are over what they said. A physical exhibit has no
 * file, and so no hash of one.
 */
export class SayMoreOfCustody1763700021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE custody_event ADD COLUMN version smallint NOT NULL DEFAULT 1 CHECK (version IN (1, 2))`);
    await runner.query(`ALTER TABLE custody_event ALTER COLUMN version DROP DEFAULT`);
    await runner.query(`ALTER TABLE custody_event ALTER COLUMN sha256 DROP NOT NULL`);
    for (const [name, type] of Object.entries(ADDED)) await runner.query(`ALTER TABLE custody_event ADD COLUMN ${name} ${type}`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of Object.keys(ADDED)) await runner.query(`ALTER TABLE custody_event DROP COLUMN ${name}`);
    await runner.query(`ALTER TABLE custody_event ALTER COLUMN sha256 SET NOT NULL`);
    await runner.query(`ALTER TABLE custody_event DROP COLUMN version`);
    await runner.query(`RESET ROLE`);
  }
}
