import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQL: whether what `marked` is marked lies within the acting agency's reach in `workspace`; both name columns of the guarded row. */
export function inSight(workspace: string, marked: string): string {
  const rank = `law.rank(${marked}.tier, ${marked}.sensitive)`;
  return `CASE WHEN (SELECT law.looks_across())
    THEN (${workspace}, ${rank}) IN (SELECT s.workspace_id, s.rank FROM law.whole_sight() s)
    ELSE ${rank} <= (SELECT max(s.reach) FROM law.sight s WHERE s.workspace_id = ${workspace}) END`;
}

/** Who has a standing in which workspace, up to which level; a workspace and its members are seen by those and nobody else. */
export class GuardWorkspaces1763700008200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    // A clause of another agreement would justify nothing.
    await runner.query(`
      ALTER TABLE workspace_member ADD CONSTRAINT workspace_member_clause_of_agreement
        FOREIGN KEY (clause_id, agreement_id) REFERENCES agreement_clause (id, agreement_id)`);
    await runner.query(`CREATE INDEX workspace_lead ON workspace (lead_agency_id)`);
    await runner.query(`GRANT SELECT ON workspace, workspace_member TO concordat_law`);
    for (const table of ['workspace', 'workspace_member']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY law_decides ON ${table} FOR SELECT TO concordat_law USING (true)`);
    }
    await this.createStanding(runner);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.createPolicies(runner);
    await runner.query(`RESET ROLE`);
  }

  /**
   * How high each agency reaches in which workspace. law.standing is every agency's and is read by the law alone, with the
   * law's own rights; law.sight is the acting agency's own. Policies look one workspace up in it for each row: a few index
   * look-ups, whatever else the agency may see. A statement that looks across all of an agency's workspaces says so and asks
   * for law.whole_sight() instead, once, which costs it less than one question per row: the same facts from the same view.
   */
  private async createStanding(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE VIEW law.standing AS
        SELECT w.lead_agency_id AS agency_id, w.id AS workspace_id, law.ceiling() AS reach
          FROM public.workspace w
         WHERE law.rank(w.tier, w.sensitive) <= law.ceiling()
        UNION ALL
        SELECT m.agency_id, m.workspace_id, least(law.ceiling(), law.rank(a.ceiling_tier, a.ceiling_sensitive))
          FROM public.workspace_member m
          JOIN public.workspace w ON w.id = m.workspace_id AND w.lead_agency_id <> m.agency_id
          JOIN public.agreement a ON a.id = m.agreement_id
          JOIN public.agreement_party member ON member.agreement_id = a.id AND member.agency_id = m.agency_id
          JOIN public.agreement_party lead ON lead.agreement_id = a.id AND lead.agency_id = w.lead_agency_id
         WHERE a.status = 'live'
           AND a.valid_from <= (SELECT law.moment()) AND (SELECT law.moment()) < a.valid_to
           AND m.valid_from <= (SELECT law.moment()) AND (m.valid_to IS NULL OR (SELECT law.moment()) < m.valid_to)
           AND law.rank(w.tier, w.sensitive) <= law.ceiling()
           AND law.rank(w.tier, w.sensitive) <= law.rank(a.ceiling_tier, a.ceiling_sensitive)`);
    await runner.query(`
      CREATE VIEW law.sight WITH (security_barrier) AS
        SELECT s.workspace_id, s.reach FROM law.standing s
         WHERE s.agency_id = (SELECT law.agency()) AND (SELECT law.works_on_cases())`);
    await runner.query(`
      CREATE FUNCTION law.whole_sight() RETURNS TABLE (workspace_id uuid, rank integer)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 1000 AS $$
      BEGIN
        RETURN QUERY SELECT s.workspace_id, level.rank
          FROM law.sight s JOIN (VALUES (2), (3), (4), (6)) AS level (rank) ON level.rank <= s.reach;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.whole_sight() FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.whole_sight() TO concordat_app`);
    await runner.query(`GRANT SELECT ON law.sight TO concordat_app`);
  }

  private async createPolicies(runner: QueryRunner): Promise<void> {
    // Beside the sight, which cannot yet know of a row that is being inserted.
    const lead = `lead_agency_id = (SELECT law.agency()) AND (SELECT law.works_on_cases())
      AND law.rank(tier, sensitive) <= law.ceiling()`;
    const led = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id = (SELECT law.agency()))`;
    await runner.query(`
      CREATE POLICY agency_reads ON workspace FOR SELECT TO concordat_app USING ((${lead})
        OR ${inSight('workspace.id', 'workspace')})`);
    await runner.query(`CREATE POLICY lead_opens ON workspace FOR INSERT TO concordat_app WITH CHECK (${lead})`);
    await runner.query(`CREATE POLICY lead_changes ON workspace FOR UPDATE TO concordat_app USING (${lead}) WITH CHECK (${lead})`);
    await runner.query(`
      CREATE POLICY agency_reads ON workspace_member FOR SELECT TO concordat_app
        USING (CASE WHEN (SELECT law.looks_across()) THEN workspace_id IN (SELECT s.workspace_id FROM law.whole_sight() s)
          ELSE (SELECT max(s.reach) FROM law.sight s WHERE s.workspace_id = workspace_member.workspace_id) IS NOT NULL END)`);
    await runner.query(`CREATE POLICY worker_reads ON workspace_member FOR SELECT TO concordat_worker USING (true)`);
    await runner.query(`CREATE POLICY lead_invites ON workspace_member FOR INSERT TO concordat_app WITH CHECK (${led})`);
    await runner.query(`CREATE POLICY lead_ends ON workspace_member FOR UPDATE TO concordat_app USING (${led}) WITH CHECK (${led})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const policy of ['agency_reads', 'lead_invites', 'lead_ends', 'worker_reads', 'law_decides']) {
      await runner.query(`DROP POLICY ${policy} ON workspace_member`);
    }
    for (const policy of ['agency_reads', 'lead_opens', 'lead_changes', 'law_decides']) {
      await runner.query(`DROP POLICY ${policy} ON workspace`);
    }
    await runner.query(`DROP INDEX workspace_lead`);
    await runner.query(`ALTER TABLE workspace_member DROP CONSTRAINT workspace_member_clause_of_agreement`);
    for (const table of ['workspace', 'workspace_member']) {
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.whole_sight()`);
    await runner.query(`DROP VIEW law.sight, law.standing`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`REVOKE SELECT ON workspace, workspace_member FROM concordat_law`);
    await runner.query(`RESET ROLE`);
  }
}
