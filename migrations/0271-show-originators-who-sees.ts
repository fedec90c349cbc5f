import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What decides who sees an item, for people of the agency it is from while they see it: the markings it has had, and every membership
 * of its investigation with the agreement behind it. Of an agreement to which that agency is no party it is told whether it lets
 * somebody see the item, and neither which agreement it is nor under which clause.
 */
export class ShowOriginatorsWhoSees1763700027100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT SELECT ON item_marking TO concordat_app`);
    // Asks the item's own policy, as whoever asks.
    await runner.query(`
      CREATE POLICY originator_reads ON item_marking FOR SELECT TO concordat_app
        USING (EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency())))`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.memberships_behind(item uuid)
        RETURNS TABLE ("agencyId" uuid, "validFrom" timestamptz, "validTo" timestamptz, agreement jsonb, clause jsonb, statuses jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT m.agency_id, m.valid_from, m.valid_to,
               jsonb_build_object('id', a.id, 'reference', CASE WHEN own.known THEN a.reference ELSE '' END, 'status', a.status,
                 'validFrom', a.valid_from, 'validTo', a.valid_to, 'parties', to_jsonb(array(SELECT p.agency_id FROM public.agreement_party p WHERE p.agreement_id = a.id)),
                 'ceiling', jsonb_build_object('tier', a.ceiling_tier, 'sensitive', a.ceiling_sensitive)),
               jsonb_build_object('agreementId', c.agreement_id, 'code', CASE WHEN own.known THEN c.code ELSE '' END,
                 'purpose', CASE WHEN own.known THEN c.purpose ELSE '' END, 'gateway', CASE WHEN own.known THEN c.gateway ELSE '' END),
               (SELECT coalesce(jsonb_agg(jsonb_build_object('since', s.since, 'status', s.status) ORDER BY s.since), '[]')
                  FROM public.agreement_status s WHERE s.agreement_id = a.id)
          FROM public.item i
          JOIN public.workspace_member m ON m.workspace_id = i.workspace_id
          JOIN public.agreement a ON a.id = m.agreement_id
          JOIN public.agreement_clause c ON c.id = m.clause_id
          CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM public.agreement_party p WHERE p.agreement_id = a.id AND p.agency_id = law.agency())) AS own (known)
         WHERE i.id = $1 AND i.originator_agency_id = law.agency() AND law.works_on_cases()
           AND law.agency() IN (SELECT law.audience_of_item($1))
         ORDER BY m.valid_from;
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.memberships_behind(uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.memberships_behind(uuid) TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.memberships_behind(uuid)`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY originator_reads ON item_marking`);
    await runner.query(`REVOKE SELECT ON item_marking FROM concordat_app`);
    await runner.query(`RESET ROLE`);
  }
}
