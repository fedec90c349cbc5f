import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One shared investigation and who takes part in it. A membership names the clause it rests on; the lead agency's own
 * rests on none. References count within one agency and year, so that a number says nothing about another agency.
 */
export class CreateWorkspaces1763700003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE workspace (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        title text NOT NULL,
        summary text NOT NULL,
        business jsonb NOT NULL,
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
        lead_agency_id uuid NOT NULL REFERENCES agency (id),
        tier smallint NOT NULL,
        sensitive boolean NOT NULL,
        descriptors text[] NOT NULL DEFAULT '{}',
        handling text[] NOT NULL DEFAULT '{}',
        purpose text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES person (id),
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        words tsvector NOT NULL GENERATED ALWAYS AS (
          to_tsvector('english', title || ' ' || summary || ' ' || coalesce(business ->> 'name', '') || ' '
            || coalesce(business ->> 'address', '') || ' ' || coalesce(business ->> 'postcode', ''))
        ) STORED
      )`);
    await runner.query(`CREATE INDEX workspace_newest ON workspace (created_at DESC, id DESC)`);
    await runner.query(`
      CREATE TABLE workspace_member (
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        agreement_id uuid REFERENCES agreement (id),
        clause_id uuid REFERENCES agreement_clause (id),
        purpose text,
        invited_by uuid NOT NULL REFERENCES person (id),
        invited_by_name text NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        PRIMARY KEY (workspace_id, agency_id, valid_from),
        CHECK (valid_to IS NULL OR valid_to > valid_from),
        CHECK ((agreement_id IS NULL) = (clause_id IS NULL)),
        CHECK ((agreement_id IS NULL) = (purpose IS NULL))
      )`);
    await runner.query(`CREATE INDEX workspace_member_agency ON workspace_member (agency_id, workspace_id)`);
    await runner.query(`CREATE TABLE case_prefix (agency_id uuid PRIMARY KEY REFERENCES agency (id), prefix text NOT NULL UNIQUE)`);
    await runner.query(`GRANT SELECT, INSERT ON workspace, workspace_member, case_prefix TO concordat_app`);
    await runner.query(`GRANT SELECT ON workspace, workspace_member TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE case_prefix, workspace_member, workspace`);
  }
}
