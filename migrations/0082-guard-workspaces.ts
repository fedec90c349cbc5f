import type { MigrationInterface, QueryRunner } from 'typeorm';

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
   * law.standing is every agency's and is read by the law alone, with the law's own rights. Policies call law.sight(), the
   * acting agency's own: a function, because its plan is kept for the session, where a view would be planned anew into
   * every query; and a set, because one hashed set per query costs less than one question per row.
   */
  private async createStanding(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE VIEW law.standing AS
        SELECT w.lead_agency_id AS agency_id, w.id AS workspace_id, l.tier, l.sensitive
          FROM public.workspace w
          JOIN law.level held ON held.tier = w.tier AND held.sensitive = w.sensitive
          CROSS JOIN law.level l
        UNION ALL
        SELECT m.agency_id, m.workspace_id, l.tier, l.sensitive
          FROM public.workspace_member m
          JOIN public.workspace w ON w.id = m.workspace_id AND w.lead_agency_id <> m.agency_id
          JOIN law.level held ON held.tier = w.tier AND held.sensitive = w.sensitive
          JOIN public.agreement a ON a.id = m.agreement_id
          JOIN public.agreement_party member ON member.agreement_id = a.id AND member.agency_id = m.agency_id
          JOIN public.agreement_party lead ON lead.agreement_id = a.id AND lead.agency_id = w.lead_agency_id
          JOIN law.level l ON l.rank <= law.rank(a.ceiling_tier, a.ceiling_sensitive)
         WHERE a.status = 'live'
           AND a.valid_from <= (SELECT law.moment()) AND (SELECT law.moment()) < a.valid_to
           AND m.valid_from <= (SELECT law.moment()) AND (m.valid_to IS NULL OR (SELECT law.moment()) < m.valid_to)
           AND held.rank <= law.rank(a.ceiling_tier, a.ceiling_sensitive)`);
    await runner.query(`
      CREATE FUNCTION law.sight() RETURNS TABLE (workspace_id uuid, tier smallint, sensitive boolean)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 100 AS $$
      BEGIN
        IF law.works_on_cases() THEN
          RETURN QUERY SELECT s.workspace_id, s.tier, s.sensitive FROM law.standing s WHERE s.agency_id = law.agency();
        END IF;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.sight() FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.sight() TO concordat_app`);
  }

  private async createPolicies(runner: QueryRunner): Promise<void> {
    // Beside law.sight(), which cannot yet know of a row that is being inserted.
    const lead = `lead_agency_id = (SELECT law.agency()) AND (SELECT law.works_on_cases())
      AND law.rank(tier, sensitive) <= law.ceiling()`;
    const led = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id = (SELECT law.agency()))`;
    await runner.query(`
      CREATE POLICY agency_reads ON workspace FOR SELECT TO concordat_app USING ((${lead})
        OR (id, tier, sensitive) IN (SELECT s.workspace_id, s.tier, s.sensitive FROM law.sight() s))`);
    await runner.query(`CREATE POLICY lead_opens ON workspace FOR INSERT TO concordat_app WITH CHECK (${lead})`);
    await runner.query(`CREATE POLICY lead_changes ON workspace FOR UPDATE TO concordat_app USING (${lead}) WITH CHECK (${lead})`);
    await runner.query(`
      CREATE POLICY agency_reads ON workspace_member FOR SELECT TO concordat_app
        USING (EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id))`);
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
    await runner.query(`DROP FUNCTION law.sight()`);
    await runner.query(`DROP VIEW law.standing`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`REVOKE SELECT ON workspace, workspace_member FROM concordat_law`);
    await runner.query(`RESET ROLE`);
  }
}
