import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions and what signing in must remember. Of a session token only its SHA-256 is kept, so that whoever reads the table
 * cannot act as anybody. Ended sessions and disabled persons are told to every process by trigger, whoever made the change.
 */
export class CreateSessions1763700001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.createTables(runner);
    await this.tellOfEndings(runner);
    await runner.query(`GRANT SELECT, INSERT ON session TO concordat_app`);
    await runner.query(`GRANT UPDATE (last_seen_at, ended_at, ended_why) ON session TO concordat_app`);
    await runner.query(`GRANT SELECT, INSERT, DELETE ON saml_request TO concordat_app`);
    await runner.query(`GRANT UPDATE (consumed_at) ON saml_request TO concordat_app`);
    await runner.query(`GRANT SELECT, INSERT, DELETE ON saml_assertion TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  private async createTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        person_id uuid NOT NULL,
        agency_id uuid NOT NULL,
        roles text[] NOT NULL,
        idp_session_index text,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        absolute_expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_why text,
        FOREIGN KEY (person_id, agency_id) REFERENCES person (id, agency_id)
      )`);
    await runner.query(`CREATE INDEX session_open ON session (person_id) WHERE ended_at IS NULL`);
    await runner.query(`
      CREATE TABLE saml_request (
        id text PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES agency (id),
        idp_entity_id text NOT NULL,
        browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
        relay_state text NOT NULL UNIQUE,
        return_to text NOT NULL CHECK (char_length(return_to) <= 2000),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        consumed_at timestamptz
      )`);
    await runner.query(`CREATE INDEX saml_request_expiry ON saml_request (expires_at)`);
    await runner.query(`
      CREATE TABLE saml_assertion (
        idp_entity_id text NOT NULL,
        assertion_id text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL,
        PRIMARY KEY (idp_entity_id, assertion_id)
      )`);
    await runner.query(`CREATE INDEX saml_assertion_expiry ON saml_assertion (expires_at)`);
  }

  private async tellOfEndings(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('concordat_live', json_build_object('kind', 'session-ended',
          'ids', json_build_object('sessionId', NEW.id, 'personId', NEW.person_id))::text);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER session_ended AFTER UPDATE OF ended_at ON session FOR EACH ROW
        WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION tell_session_ended()`);
    await runner.query(`
      CREATE FUNCTION tell_person_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('concordat_live', json_build_object('kind', 'person-disabled',
          'ids', json_build_object('personId', NEW.id))::text);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER person_disabled AFTER UPDATE OF disabled_at ON person FOR EACH ROW
        WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL) EXECUTE FUNCTION tell_person_disabled()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE saml_assertion, saml_request, session`);
    await runner.query(`DROP TRIGGER person_disabled ON person`);
    await runner.query(`DROP FUNCTION tell_session_ended(), tell_person_disabled()`);
  }
}
