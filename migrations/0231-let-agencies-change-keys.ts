import type { MigrationInterface, QueryRunner } from 'typeorm';

const HANDLES = `coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY['service-manager', 'administrator'], false)`;
const AUDITS = `coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY['auditor'], false)`;

/**
 * An agency's keys are changed by two of its people: one proposes, another approves. Public keys stay known to all; of an
 * agency's keys only its own people retire one, and nobody alters anything else.
 */
export class LetAgenciesChangeKeys1763700023100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE agency_key ADD COLUMN label text, ADD COLUMN expires_at timestamptz, ADD COLUMN reads_seipd2 boolean, ADD COLUMN revoked_at timestamptz`);
    await runner.query(`ALTER TABLE agency_key ADD CONSTRAINT revoked_is_retired CHECK (revoked_at IS NULL OR retired_at IS NOT NULL)`);
    await runner.query(`GRANT SELECT (label, expires_at, reads_seipd2, revoked_at) ON agency_key TO concordat_app`);
    await runner.query(`GRANT UPDATE (retired_at, revoked_at) ON agency_key TO concordat_app`);
    await runner.query(`ALTER TABLE agency_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY known_to_all ON agency_key FOR SELECT USING (true)`);
    await runner.query(`CREATE POLICY made_when_needed ON agency_key FOR INSERT TO concordat_app WITH CHECK (retired_at IS NULL AND revoked_at IS NULL)`);
    await runner.query(`
      CREATE POLICY own_people_retire ON agency_key FOR UPDATE TO concordat_app
        USING (agency_id = (SELECT law.agency()) AND (SELECT ${HANDLES})) WITH CHECK (retired_at IS NOT NULL)`);
    await this.createChanges(runner);
    await runner.query(`RESET ROLE`);
  }

  private async createChanges(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE key_change (
        id uuid PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES agency (id),
        kind text NOT NULL CHECK (kind IN ('register', 'renew', 'revoke')),
        fingerprint text CHECK (fingerprint ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
        public_key bytea,
        reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
        proposed_by uuid NOT NULL REFERENCES person (id),
        proposed_by_name text NOT NULL,
        proposed_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'withdrawn')),
        settled_by uuid REFERENCES person (id),
        settled_by_name text,
        settled_at timestamptz,
        CHECK ((kind = 'renew') = (fingerprint IS NULL)),
        CHECK ((kind = 'register') = (public_key IS NOT NULL)),
        CHECK ((state = 'waiting') = (settled_at IS NULL)),
        CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
        CONSTRAINT two_people CHECK (state <> 'done' OR settled_by <> proposed_by)
      )`);
    await runner.query(`CREATE UNIQUE INDEX key_change_waiting ON key_change (agency_id) WHERE state = 'waiting'`);
    await runner.query(`CREATE INDEX key_change_newest ON key_change (agency_id, proposed_at DESC)`);
    await runner.query(`ALTER TABLE key_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    const own = `(agency_id = (SELECT law.agency()) AND (SELECT ${HANDLES}))`;
    await runner.query(`CREATE POLICY own_people_read ON key_change FOR SELECT TO concordat_app USING (${own} OR (SELECT ${AUDITS}))`);
    await runner.query(`
      CREATE POLICY own_people_propose ON key_change FOR INSERT TO concordat_app
        WITH CHECK (${own} AND proposed_by = (SELECT law.person()) AND state = 'waiting')`);
    await runner.query(`
      CREATE POLICY own_people_settle ON key_change FOR UPDATE TO concordat_app
        USING (${own} AND state = 'waiting') WITH CHECK (${own} AND settled_by = (SELECT law.person()))`);
    await runner.query(`GRANT SELECT, INSERT ON key_change TO concordat_app`);
    await runner.query(`GRANT UPDATE (state, settled_by, settled_by_name, settled_at) ON key_change TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE key_change`);
    await runner.query(`DROP POLICY own_people_retire ON agency_key`);
    await runner.query(`DROP POLICY made_when_needed ON agency_key`);
    await runner.query(`DROP POLICY known_to_all ON agency_key`);
    await runner.query(`ALTER TABLE agency_key NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    await runner.query(`REVOKE UPDATE (retired_at, revoked_at) ON agency_key FROM concordat_app`);
    await runner.query(`ALTER TABLE agency_key DROP COLUMN revoked_at, DROP COLUMN reads_seipd2, DROP COLUMN expires_at, DROP COLUMN label`);
    await runner.query(`RESET ROLE`);
  }
}
