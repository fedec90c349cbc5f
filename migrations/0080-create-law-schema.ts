import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The law inside the database. Its schema belongs to a role that nobody signs in as and that may only read what decides:
 * policies ask it who sees what, and the answer does not depend on what the asking role may read itself.
 */
export class CreateLawSchema1763700008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('concordat roles'));
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_law') THEN CREATE ROLE concordat_law NOLOGIN; END IF;
        IF NOT pg_has_role(current_user, 'concordat_law', 'USAGE') THEN
          EXECUTE format('GRANT concordat_law TO %I', current_user);
        END IF;
      END $$`);
    await runner.query(`GRANT USAGE ON SCHEMA public TO concordat_law`);
    await runner.query(`CREATE SCHEMA law AUTHORIZATION concordat_law`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`GRANT USAGE ON SCHEMA law TO concordat_owner, concordat_app, concordat_worker, concordat_auditor`);
    await this.createContext(runner);
    await this.createLevels(runner);
    await runner.query(`RESET ROLE`);
  }

  /** Who acts, when, and in what capacity: the settings of this transaction. An unset or empty one is nobody. */
  private async createContext(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION law.agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('concordat.agency', true), '')::uuid`);
    await runner.query(`
      CREATE FUNCTION law.person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('concordat.person', true), '')::uuid`);
    await runner.query(`
      CREATE FUNCTION law.works_on_cases() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        RETURN coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY[
          'environmental-health-officer', 'licensing-officer', 'trading-standards-officer', 'police-officer', 'fire-officer',
          'health-practitioner', 'duty-officer', 'service-manager'], false)`);
    // A moment of one's own choosing answers "who could see this on that day"; otherwise it is the statement's.
    await runner.query(`
      CREATE FUNCTION law.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
        RETURN coalesce(nullif(current_setting('concordat.at', true), '')::timestamptz, statement_timestamp())`);
    // Says which of two ways to the same answer is the quicker; see law.sight and law.whole_sight().
    await runner.query(`
      CREATE FUNCTION law.looks_across() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        RETURN coalesce(current_setting('concordat.across', true), '') = 'yes'`);
    await runner.query(`
      CREATE FUNCTION law.is_worker() RETURNS boolean LANGUAGE sql STABLE
        RETURN pg_has_role(session_user, 'concordat_worker', 'MEMBER')`);
  }

  /**
   * The one order of levels, and how far up it this deployment goes: OFFICIAL-SENSITIVE. What is no level has no rank, is
   * therefore below nothing, and is seen by nobody.
   */
  private async createLevels(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION law.rank(tier smallint, sensitive boolean) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE WHEN tier = 1 THEN 2 + sensitive::integer WHEN tier IN (2, 3) AND NOT sensitive THEN tier * 2 END`);
    await runner.query(`CREATE FUNCTION law.ceiling() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 3`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP SCHEMA law CASCADE`);
    await runner.query(`RESET ROLE`);
    await runner.query(`REVOKE USAGE ON SCHEMA public FROM concordat_law`);
  }
}
