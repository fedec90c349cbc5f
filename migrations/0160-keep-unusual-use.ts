import type { MigrationInterface, QueryRunner } from 'typeorm';

const HANDLES = `coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY['service-manager'], false)`;
const AUDITS = `coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY['auditor'], false)`;

/**
 * Reads that want an explanation, and for each agency concerned how far it has come with its part. No title and no text of
 * a case stands in either: an explanation is asked for by reference. An entry is named and not referred to, because its
 * body may one day be erased and what was answered about it stays.
 */
export class KeepUnusualUse1763700016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.create(runner);
    await this.guard(runner);
    await runner.query(`RESET ROLE`);
  }

  private async create(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unusual_use (
        id uuid PRIMARY KEY,
        rule text NOT NULL,
        rule_version integer NOT NULL,
        rule_words text NOT NULL,
        evidence text NOT NULL,
        once_key text NOT NULL,
        entry_id uuid NOT NULL,
        verb text NOT NULL,
        happened_at timestamptz NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id),
        person_name text NOT NULL,
        agencies uuid[] NOT NULL CHECK (cardinality(agencies) BETWEEN 1 AND 2),
        workspace_id uuid,
        workspace_reference text,
        found_at timestamptz NOT NULL,
        UNIQUE (rule, once_key)
      )`);
    await runner.query(`CREATE INDEX unusual_use_newest ON unusual_use (found_at DESC, id DESC)`);
    await runner.query(`
      CREATE TABLE unusual_use_side (
        unusual_use_id uuid NOT NULL REFERENCES unusual_use (id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        agencies uuid[] NOT NULL,
        assignee_id uuid,
        assignee_name text,
        assigned_at timestamptz,
        answer text CHECK (char_length(answer) <= 4000),
        answered_at timestamptz,
        outcome text CHECK (outcome IN ('explained', 'taken-up')),
        closing text CHECK (char_length(closing) <= 4000),
        closed_by_name text,
        closed_at timestamptz,
        PRIMARY KEY (unusual_use_id, agency_id),
        FOREIGN KEY (assignee_id, agency_id) REFERENCES person (id, agency_id),
        CHECK ((assignee_id IS NULL) = (assigned_at IS NULL)),
        CHECK (answered_at IS NULL OR assignee_id IS NOT NULL),
        CHECK (closed_at IS NULL OR (answered_at IS NOT NULL AND outcome IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX unusual_use_side_assignee ON unusual_use_side (assignee_id) WHERE closed_at IS NULL`);
    await runner.query(`CREATE TABLE unusual_use_mark (single boolean PRIMARY KEY DEFAULT true CHECK (single), next_index bigint NOT NULL)`);
    // What was recorded before there were rules is not asked about; who had looked at what by then is known.
    await runner.query(`INSERT INTO unusual_use_mark (next_index) SELECT coalesce(max(index) + 1, 0) FROM ledger_leaf`);
    await runner.query(`
      CREATE TABLE first_look (
        agency_id uuid NOT NULL REFERENCES agency (id),
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        at timestamptz NOT NULL,
        PRIMARY KEY (agency_id, workspace_id)
      )`);
    await runner.query(`
      INSERT INTO first_look (agency_id, workspace_id, at)
      SELECT e.agency_id, e.workspace_id, min(e.at) FROM ledger_entry e JOIN agency a ON a.id = e.agency_id JOIN workspace w ON w.id = e.workspace_id
       WHERE e.outcome = 'done' AND e.verb IN ('workspace.read', 'workspace.search', 'item.read', 'record.read', 'exhibit.read', 'exhibit.open')
       GROUP BY e.agency_id, e.workspace_id`);
  }

  private async guard(runner: QueryRunner): Promise<void> {
    const handled = `((SELECT law.agency()) = ANY (agencies) AND (SELECT ${HANDLES}))`;
    const own = `agency_id = (SELECT law.agency()) AND ((SELECT ${HANDLES}) OR assignee_id = (SELECT law.person()))`;
    for (const table of ['unusual_use', 'unusual_use_side', 'first_look']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY worker_finds ON ${table} TO concordat_worker USING (true) WITH CHECK (true)`);
    }
    await runner.query(`
      CREATE POLICY side_reads ON unusual_use_side FOR SELECT TO concordat_app
        USING ((SELECT ${AUDITS}) OR ${handled} OR assignee_id = (SELECT law.person()))`);
    await runner.query(`CREATE POLICY side_answers ON unusual_use_side FOR UPDATE TO concordat_app USING (${own}) WITH CHECK (agency_id = (SELECT law.agency()))`);
    await runner.query(`
      CREATE POLICY concerned_reads ON unusual_use FOR SELECT TO concordat_app
        USING ((SELECT ${AUDITS}) OR ${handled} OR EXISTS (SELECT FROM unusual_use_side s WHERE s.unusual_use_id = id))`);
    await runner.query(`GRANT SELECT, INSERT ON unusual_use, unusual_use_side, first_look TO concordat_worker`);
    await runner.query(`GRANT SELECT ON unusual_use_mark TO concordat_worker`);
    await runner.query(`GRANT UPDATE (next_index) ON unusual_use_mark TO concordat_worker`);
    await runner.query(`GRANT SELECT ON unusual_use, unusual_use_side TO concordat_app`);
    await runner.query(`
      GRANT UPDATE (assignee_id, assignee_name, assigned_at, answer, answered_at, outcome, closing, closed_by_name, closed_at)
        ON unusual_use_side TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE first_look, unusual_use_mark, unusual_use_side, unusual_use`);
  }
}
