import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every act of custody is signed as it is written. The portal's own key signs for people of an agency that holds its private key
 * itself. The application gets of all these keys, locked, only the one that signs for the acting agency, and only for an exhibit that
 * the agency sees.
 */
export class SignCustody1763700021100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE custody_event ADD COLUMN signer text, ADD COLUMN signature bytea`);
    await runner.query(`
      ALTER TABLE custody_event ADD CONSTRAINT signed_since_version_2
        CHECK (version = 1 OR (signer IS NOT NULL AND signature IS NOT NULL AND by_roles IS NOT NULL))`);
    await runner.query(`
      CREATE TABLE portal_key (
        fingerprint text PRIMARY KEY CHECK (fingerprint ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
        public_key bytea NOT NULL,
        locked_key bytea NOT NULL,
        created_at timestamptz NOT NULL,
        retired_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX portal_key_in_use ON portal_key ((true)) WHERE retired_at IS NULL`);
    await runner.query(`GRANT SELECT (fingerprint, public_key, created_at, retired_at), INSERT ON portal_key TO concordat_app`);
    await this.createFunction(runner);
    await runner.query(`RESET ROLE`);
  }

  private async createFunction(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION signing_key_of_exhibit(exhibit uuid) RETURNS TABLE (fingerprint text, locked_key bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        WITH own AS (
          SELECT k.fingerprint, k.locked_key FROM public.agency_key k
           WHERE k.agency_id = (SELECT law.agency()) AND k.retired_at IS NULL AND k.portal_held
        )
        SELECT s.fingerprint, s.locked_key FROM (
          SELECT o.fingerprint, o.locked_key FROM own o
          UNION ALL
          SELECT p.fingerprint, p.locked_key FROM public.portal_key p WHERE p.retired_at IS NULL AND NOT EXISTS (SELECT FROM own)
        ) s
        WHERE law.agency_may_see_item((SELECT law.agency()), $1);
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION signing_key_of_exhibit(uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION signing_key_of_exhibit(uuid) TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP FUNCTION signing_key_of_exhibit(uuid)`);
    await runner.query(`DROP TABLE portal_key`);
    await runner.query(`ALTER TABLE custody_event DROP CONSTRAINT signed_since_version_2`);
    await runner.query(`ALTER TABLE custody_event DROP COLUMN signature, DROP COLUMN signer`);
    await runner.query(`RESET ROLE`);
  }
}
