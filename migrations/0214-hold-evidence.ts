import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEEN = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id) AND (item_id IS NULL OR EXISTS (SELECT FROM item i WHERE i.id = item_id))`;

/**
 * A hold on an exhibit, or on all of an investigation's: nothing under it is disposed of. Whoever sees what is held sees the hold, so
 * that whoever may dispose of it sees every one. Only the agency that placed a hold lifts it, once; nothing else of it changes.
 */
export class HoldEvidence1763700021400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE evidence_hold (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        item_id uuid,
        reason text NOT NULL,
        agency_id uuid NOT NULL REFERENCES agency (id),
        agency_name text NOT NULL,
        placed_by uuid NOT NULL REFERENCES person (id),
        placed_by_name text NOT NULL,
        placed_at timestamptz NOT NULL,
        lifted_by uuid REFERENCES person (id),
        lifted_by_name text,
        lifted_at timestamptz,
        lifted_for text,
        FOREIGN KEY (item_id, workspace_id) REFERENCES item (id, workspace_id),
        CHECK (num_nonnulls(lifted_by, lifted_by_name, lifted_at, lifted_for) IN (0, 4))
      )`);
    await runner.query(`CREATE INDEX evidence_hold_standing ON evidence_hold (workspace_id, item_id) WHERE lifted_at IS NULL`);
    await runner.query(`ALTER TABLE evidence_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY reader_reads ON evidence_hold FOR SELECT TO concordat_app USING (${SEEN})`);
    await runner.query(`
      CREATE POLICY adds ON evidence_hold FOR INSERT TO concordat_app
        WITH CHECK (${SEEN} AND placed_by = (SELECT law.person()) AND agency_id = (SELECT law.agency()) AND lifted_at IS NULL)`);
    await runner.query(`
      CREATE POLICY lifts ON evidence_hold FOR UPDATE TO concordat_app
        USING (${SEEN} AND agency_id = (SELECT law.agency()) AND lifted_at IS NULL) WITH CHECK (lifted_by = (SELECT law.person()))`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE (lifted_by, lifted_by_name, lifted_at, lifted_for) ON evidence_hold TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE evidence_hold`);
    await runner.query(`RESET ROLE`);
  }
}
