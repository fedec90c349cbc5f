import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Evidence: what was deposited, who can open it, and who had it when. Only tickets and counters ever change; exhibits,
 * packets, custody events and keys are added and read. The file itself lies sealed in the blob store, not here.
 */
export class CreateEvidence1763700004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.createKeys(runner);
    await this.createExhibits(runner);
    await this.createTickets(runner);
    await runner.query(`RESET ROLE`);
  }

  /** One key in use per agency. Without a locked key the agency holds its own and the portal cannot open for it. */
  private async createKeys(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agency_key (
        fingerprint text PRIMARY KEY CHECK (fingerprint ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
        agency_id uuid NOT NULL REFERENCES agency (id),
        public_key bytea NOT NULL,
        locked_key bytea,
        created_at timestamptz NOT NULL,
        retired_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX agency_key_in_use ON agency_key (agency_id) WHERE retired_at IS NULL`);
    await runner.query(`GRANT SELECT, INSERT ON agency_key TO concordat_app`);
  }

  private async createExhibits(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exhibit (
        item_id uuid PRIMARY KEY,
        kind text NOT NULL DEFAULT 'exhibit' CHECK (kind = 'exhibit'),
        reference text NOT NULL UNIQUE,
        producer_id uuid NOT NULL REFERENCES person (id),
        producer_name text NOT NULL,
        file_name text NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 255),
        media_type text NOT NULL,
        size_bytes bigint NOT NULL CHECK (size_bytes > 0),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        blob_key uuid NOT NULL UNIQUE,
        description text NOT NULL,
        FOREIGN KEY (item_id, kind) REFERENCES item (id, kind)
      )`);
    await runner.query(`
      CREATE TABLE exhibit_packet (
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        key_fingerprint text NOT NULL REFERENCES agency_key (fingerprint),
        packet bytea NOT NULL,
        added_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, agency_id, key_fingerprint)
      )`);
    await runner.query(`
      CREATE TABLE custody_event (
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        seq integer NOT NULL CHECK (seq > 0),
        act text NOT NULL,
        at timestamptz NOT NULL,
        by_id uuid NOT NULL,
        by_name text NOT NULL,
        by_agency text NOT NULL,
        by_agency_name text NOT NULL,
        sha256 text NOT NULL,
        from_party text,
        to_party text,
        reason text,
        previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
        hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        PRIMARY KEY (item_id, seq)
      )`);
    await runner.query(`GRANT SELECT, INSERT ON exhibit, exhibit_packet, custody_event TO concordat_app`);
  }

  /** A ticket is its person's alone; the sweeper of abandoned uploads sees them all. */
  private async createTickets(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE exhibit_number (person_id uuid PRIMARY KEY REFERENCES person (id), last integer NOT NULL CHECK (last > 0))`);
    await runner.query(`
      CREATE TABLE upload_ticket (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        person_id uuid NOT NULL REFERENCES person (id),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
        why text,
        reference text NOT NULL UNIQUE,
        title text NOT NULL,
        description text NOT NULL,
        marking jsonb NOT NULL,
        file_name text,
        size_bytes bigint CHECK (size_bytes > 0),
        sha256 text,
        wrapped_key bytea,
        item_id uuid UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`ALTER TABLE upload_ticket ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own_ticket ON upload_ticket TO concordat_app
        USING (person_id = (SELECT nullif(current_setting('concordat.person', true), '')::uuid))`);
    await runner.query(`
      CREATE POLICY sweeper_reads ON upload_ticket FOR SELECT TO concordat_app
        USING ((SELECT current_setting('concordat.system', true)) = 'worker')`);
    await runner.query(`ALTER TABLE exhibit_number ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own_number ON exhibit_number TO concordat_app
        USING (person_id = (SELECT nullif(current_setting('concordat.person', true), '')::uuid))`);
    await runner.query(`GRANT SELECT, INSERT ON upload_ticket, exhibit_number TO concordat_app`);
    await runner.query(`GRANT UPDATE (last) ON exhibit_number TO concordat_app`);
    await runner.query(`GRANT UPDATE (state, why, wrapped_key, item_id) ON upload_ticket TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE upload_ticket, exhibit_number, custody_event, exhibit_packet, exhibit, agency_key`);
  }
}
