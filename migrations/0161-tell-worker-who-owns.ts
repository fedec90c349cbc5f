import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which agency a thing of a case belongs to: an item's originator, and the lead agency for everything else of it. For the
 * worker, which may read neither: it asks the owner for an explanation of a read and learns nothing of what was read.
 */
export class TellWorkerWhoOwns1763700016100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.owner_of(of_case uuid, thing text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT coalesce(
          (SELECT i.originator_agency_id FROM public.item i WHERE i.workspace_id = $1 AND i.id::text = $2),
          (SELECT w.lead_agency_id FROM public.workspace w WHERE w.id = $1));
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.owner_of(uuid, text) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.owner_of(uuid, text) TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.owner_of(uuid, text)`);
    await runner.query(`RESET ROLE`);
  }
}
