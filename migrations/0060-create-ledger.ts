import type { MigrationInterface, QueryRunner } from 'typeorm';

const APPEND_ONLY = ['ledger_entry', 'ledger_leaf', 'ledger_node', 'ledger_checkpoint'];

/**
 * The ledger. An entry is its salt and its canonical JSON body; everything it can be searched by is generated from the
 * body, so that a search can never say anything the record does not. Leaves, nodes and checkpoints are the sequencer's.
 * Nothing in these tables is ever changed or removed: no grant allows it, and a trigger stops whoever has more.
 */
export class CreateLedger1763700006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    // A cast from text to timestamptz depends on settings of the session; of an RFC 3339 text in UTC it need not.
    await runner.query(`
      CREATE FUNCTION ledger_instant(text) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT make_timestamp(substr($1, 1, 4)::int, substr($1, 6, 2)::int, substr($1, 9, 2)::int,
          substr($1, 12, 2)::int, substr($1, 15, 2)::int, substr($1, 18, 6)::double precision) AT TIME ZONE 'UTC' $$`);
    await this.createEntries(runner);
    await this.createTree(runner);
    await this.createQueue(runner);
    await this.forbidChange(runner);
    await this.grant(runner);
    await runner.query(`RESET ROLE`);
  }

  private async createEntries(runner: QueryRunner): Promise<void> {
    const from = (type: string, path: string): string =>
      `${type} GENERATED ALWAYS AS ((body::jsonb #>> '{${path}}')${type === 'text' ? '' : `::${type}`}) STORED`;
    await runner.query(`
      CREATE TABLE ledger_entry (
        id uuid PRIMARY KEY,
        salt bytea NOT NULL CHECK (octet_length(salt) = 16),
        body text NOT NULL,
        leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
        at timestamptz NOT NULL GENERATED ALWAYS AS (ledger_instant(body::jsonb ->> 'at')) STORED,
        verb ${from('text', 'verb')} NOT NULL,
        category ${from('text', 'category')} NOT NULL,
        outcome ${from('text', 'outcome')} NOT NULL,
        person_id ${from('uuid', 'actor,person')},
        person_name ${from('text', 'actor,name')},
        agency_id ${from('uuid', 'actor,agencyId')},
        agency_code text GENERATED ALWAYS AS (coalesce(body::jsonb #>> '{actor,agency}', body::jsonb ->> 'agencyCode')) STORED,
        workspace_id ${from('uuid', 'workspace,id')},
        workspace_reference ${from('text', 'workspace,reference')},
        subject_id ${from('text', 'subject,id')},
        item_ids jsonb GENERATED ALWAYS AS (body::jsonb #> '{details,items}') STORED,
        clause ${from('text', 'clause')},
        purpose ${from('text', 'purpose')},
        CHECK ((body::jsonb ->> 'id')::uuid = id)
      )`);
    await runner.query(`CREATE INDEX ledger_entry_newest ON ledger_entry (at DESC, id DESC)`);
    await runner.query(`CREATE INDEX ledger_entry_workspace ON ledger_entry (workspace_id, at DESC, id DESC)`);
    await runner.query(`CREATE INDEX ledger_entry_subject ON ledger_entry (subject_id, at DESC, id DESC)`);
    await runner.query(`CREATE INDEX ledger_entry_items ON ledger_entry USING gin (item_ids jsonb_path_ops)`);
  }

  private async createTree(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_leaf (
        index bigint PRIMARY KEY CHECK (index >= 0),
        entry_id uuid NOT NULL UNIQUE REFERENCES ledger_entry (id),
        leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32)
      )`);
    await runner.query(`
      CREATE TABLE ledger_node (
        level smallint NOT NULL CHECK (level > 0),
        index bigint NOT NULL CHECK (index >= 0),
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (level, index)
      )`);
    await runner.query(`
      CREATE TABLE ledger_checkpoint (
        size bigint PRIMARY KEY CHECK (size > 0),
        note text NOT NULL,
        signed_at timestamptz NOT NULL
      )`);
  }

  /**
   * What still awaits an index. The trigger fills it, so that no entry can be made without being queued. A notifying
   * transaction holds a lock of the whole server while it commits, so of those under way at one moment only one notifies;
   * the sequencer looks again by itself for the others.
   */
  private async createQueue(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_waiting (
        ticket bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        entry_id uuid NOT NULL REFERENCES ledger_entry (id)
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`);
    await runner.query(`
      CREATE FUNCTION ledger_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF pg_try_advisory_xact_lock(hashtext('concordat_ledger')) THEN PERFORM pg_notify('concordat_ledger', ''); END IF;
        INSERT INTO public.ledger_waiting (entry_id) VALUES (NEW.id);
        RETURN NULL;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION ledger_enqueue() FROM PUBLIC`);
    await runner.query(`
      CREATE TRIGGER ledger_entry_enqueue AFTER INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_enqueue()`);
  }

  private async forbidChange(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ledger_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    for (const table of APPEND_ONLY) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
      await runner.query(`
        CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid_change()`);
    }
  }

  private async grant(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT INSERT (id, salt, body, leaf_hash) ON ledger_entry TO concordat_app, concordat_worker`);
    await runner.query(`GRANT SELECT ON ledger_entry TO concordat_app, concordat_worker, concordat_auditor`);
    await runner.query(`GRANT SELECT, INSERT ON ledger_leaf, ledger_node, ledger_checkpoint TO concordat_worker`);
    await runner.query(`GRANT SELECT, DELETE ON ledger_waiting TO concordat_worker`);
    await runner.query(`GRANT SELECT ON ledger_leaf, ledger_node, ledger_checkpoint, ledger_waiting TO concordat_auditor`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ledger_waiting, ledger_checkpoint, ledger_node, ledger_leaf, ledger_entry`);
    await runner.query(`DROP FUNCTION ledger_enqueue(), ledger_forbid_change(), ledger_instant(text)`);
  }
}
