import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Agencies, the identity provider each vouches with, and the persons it has vouched for. Only the owner of the schema makes
 * agencies and identity providers: whoever could do that from the running application could sign in as anybody.
 */
export class CreateAgenciesAndPersons1763700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE agency (
        id uuid PRIMARY KEY,
        code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9-]{1,39}$'),
        name text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind IN ('council', 'police', 'fire', 'health', 'audit', 'other')),
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE agency_idp (
        agency_id uuid PRIMARY KEY REFERENCES agency (id),
        entity_id text NOT NULL UNIQUE CHECK (char_length(entity_id) BETWEEN 1 AND 1024),
        sso_url text NOT NULL,
        slo_url text,
        certificates jsonb NOT NULL CHECK (jsonb_typeof(certificates) = 'array' AND jsonb_array_length(certificates) BETWEEN 1 AND 2),
        authn_contexts text[] NOT NULL CHECK (cardinality(authn_contexts) > 0),
        roles_allowed text[] NOT NULL,
        attribute_map jsonb NOT NULL,
        imported_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE person (
        id uuid PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES agency (id),
        idp_entity_id text NOT NULL,
        name_id text NOT NULL CHECK (char_length(name_id) BETWEEN 1 AND 256),
        display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
        email text CHECK (char_length(email) BETWEEN 3 AND 320),
        initials text NOT NULL CHECK (char_length(initials) BETWEEN 1 AND 8),
        exhibit_initials text NOT NULL UNIQUE CHECK (char_length(exhibit_initials) BETWEEN 1 AND 20),
        roles text[] NOT NULL,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (idp_entity_id, name_id),
        UNIQUE (id, agency_id)
      )`);
    await runner.query(`CREATE INDEX person_agency ON person (agency_id)`);
    await runner.query(`GRANT SELECT ON agency, agency_idp, person TO concordat_app, concordat_worker, concordat_auditor`);
    await runner.query(`GRANT INSERT, UPDATE ON person TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE person, agency_idp, agency`);
  }
}
