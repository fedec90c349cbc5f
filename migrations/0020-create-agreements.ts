import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Information sharing agreements: without a live one between two agencies nothing passes from one to the other. */
export class CreateAgreements1763700002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE agreement (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE CHECK (char_length(reference) BETWEEN 1 AND 50),
        title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
        status text NOT NULL CHECK (status IN ('draft', 'live', 'suspended', 'ended')),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz NOT NULL,
        ceiling_tier smallint NOT NULL CHECK (ceiling_tier BETWEEN 1 AND 3),
        ceiling_sensitive boolean NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (valid_from < valid_to),
        CHECK (ceiling_tier = 1 OR NOT ceiling_sensitive)
      )`);
    await runner.query(`
      CREATE TABLE agreement_party (
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        PRIMARY KEY (agreement_id, agency_id)
      )`);
    await runner.query(`CREATE INDEX agreement_party_agency ON agreement_party (agency_id)`);
    await runner.query(`
      CREATE TABLE agreement_clause (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
        purpose text NOT NULL CHECK (char_length(purpose) BETWEEN 1 AND 200),
        gateway text NOT NULL CHECK (char_length(gateway) BETWEEN 1 AND 100),
        category text NOT NULL CHECK (char_length(category) BETWEEN 1 AND 200),
        words text NOT NULL CHECK (char_length(words) BETWEEN 1 AND 4000),
        UNIQUE (agreement_id, code),
        UNIQUE (id, agreement_id)
      )`);
    await runner.query(`GRANT SELECT ON agreement, agreement_party, agreement_clause TO concordat_app, concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE agreement_clause`);
    await runner.query(`DROP TABLE agreement_party`);
    await runner.query(`DROP TABLE agreement`);
  }
}
