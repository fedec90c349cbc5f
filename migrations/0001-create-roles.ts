import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Least privilege by role: the owner migrates, the application and the worker act under row-level security, the auditor
 * reads the ledger. Passwords are set where the database is provisioned, never here.
 */
export class CreateRoles1763700000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('concordat roles'));
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_owner') THEN CREATE ROLE concordat_owner NOLOGIN; END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_auditor') THEN CREATE ROLE concordat_auditor NOLOGIN; END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_app') THEN CREATE ROLE concordat_app LOGIN NOINHERIT; END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_worker') THEN CREATE ROLE concordat_worker LOGIN; END IF;
        GRANT concordat_auditor TO concordat_app;
        -- The role that made another administers it but cannot yet act as it (PostgreSQL 16 and later).
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          BEGIN
            EXECUTE format('GRANT concordat_owner TO %I', current_user);
          EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'concordat_owner was granted by somebody else';
          END;
        END IF;
      END $$`);
    await runner.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
    await runner.query(`GRANT CREATE, USAGE ON SCHEMA public TO concordat_owner`);
    await runner.query(`GRANT USAGE ON SCHEMA public TO concordat_app, concordat_worker, concordat_auditor`);
    await runner.query(
      `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO concordat_owner', current_database()); END $$`,
    );
  }

  /** Roles belong to the whole cluster and may serve another database: only this database's grants are taken back. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM concordat_owner', current_database()); END $$`,
    );
    await runner.query(`REVOKE ALL ON SCHEMA public FROM concordat_owner, concordat_app, concordat_worker, concordat_auditor`);
    await runner.query(`GRANT USAGE ON SCHEMA public TO PUBLIC`);
  }
}
