import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which agencies what was read of a case belongs to: the originators of the items, and the lead agency of what is no item.
 * An originator that may no longer see its item is not told that others still do; the lead is asked in its place. For the
 * worker, which may read neither: it asks the owners for an explanation of a read and learns nothing of what was read.
 */
export class TellWorkerWhoOwns1763700016100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.owners_of(of_case uuid, thing text, items jsonb) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        WITH read AS (
          SELECT i.originator_agency_id AS originator, i.originator_agency_id IN (SELECT law.audience_of_item(i.id)) AS sees
            FROM public.item i WHERE i.workspace_id = $1 AND (i.id::text = $2 OR coalesce($3, '[]') ? i.id::text))
        SELECT r.originator FROM read r WHERE r.sees
        UNION
        SELECT w.lead_agency_id FROM public.workspace w WHERE w.id = $1 AND ($2 = w.id::text OR NOT EXISTS (SELECT FROM read r WHERE r.sees));
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.owners_of(uuid, text, jsonb) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.owners_of(uuid, text, jsonb) TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.owners_of(uuid, text, jsonb)`);
    await runner.query(`RESET ROLE`);
  }
}
