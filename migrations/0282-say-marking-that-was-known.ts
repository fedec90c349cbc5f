import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a recalled agency is told of an exhibit names the marking it knew: the last one before its packet, or before the exhibit was shown
 * to it, and none that was given once it no longer saw it. Answered to the agency the exhibit is from.
 */
export class SayMarkingThatWasKnown1763700028200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT SELECT ON item_marking TO concordat_law`);
    await runner.query(`GRANT SELECT (item_id, agency_id, added_at) ON exhibit_packet TO concordat_law`);
    await runner.query(`CREATE POLICY law_looks_back ON item_marking FOR SELECT TO concordat_law USING (true)`);
    await runner.query(`CREATE POLICY law_looks_back ON exhibit_packet FOR SELECT TO concordat_law USING (true)`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.marking_when_shared(item uuid, agency uuid)
      RETURNS TABLE (originator_agency_id uuid, tier smallint, sensitive boolean, descriptors text[], handling text[], releasable_to uuid[])
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT i.originator_agency_id, k.tier, k.sensitive, k.descriptors, k.handling, k.releasable_to
          FROM public.item i JOIN public.item_marking k ON k.item_id = i.id
          CROSS JOIN LATERAL (SELECT coalesce(max(p.added_at), i.created_at) AS at FROM public.exhibit_packet p WHERE p.item_id = $1 AND p.agency_id = $2) shared
         WHERE i.id = $1 AND i.originator_agency_id = law.agency()
         ORDER BY k.since <= shared.at DESC, abs(extract(epoch FROM k.since - shared.at))
         LIMIT 1;
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.marking_when_shared(uuid, uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.marking_when_shared(uuid, uuid) TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.marking_when_shared(uuid, uuid)`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY law_looks_back ON exhibit_packet`);
    await runner.query(`DROP POLICY law_looks_back ON item_marking`);
    await runner.query(`REVOKE SELECT (item_id, agency_id, added_at) ON exhibit_packet FROM concordat_law`);
    await runner.query(`REVOKE SELECT ON item_marking FROM concordat_law`);
    await runner.query(`RESET ROLE`);
  }
}
