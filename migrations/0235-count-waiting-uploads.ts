import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How much room the uploads take that people of the acting agency were given leave for and have not finished. A ticket is its person's
 * alone: of the others' only the sums are told, and only to their own agency.
 */
export class CountWaitingUploads1763700023500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE POLICY room_is_counted ON upload_ticket FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`
      CREATE FUNCTION uploads_waiting(workspace uuid, but uuid, at timestamptz) RETURNS TABLE (files integer, bytes bigint)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT count(*)::integer, coalesce(sum(t.size_bytes), 0)::bigint
          FROM public.upload_ticket t JOIN public.person p ON p.id = t.person_id
         WHERE t.workspace_id = $1 AND t.id IS DISTINCT FROM $2 AND t.state = 'waiting' AND t.expires_at > $3 AND p.agency_id = (SELECT law.agency());
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION uploads_waiting(uuid, uuid, timestamptz) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION uploads_waiting(uuid, uuid, timestamptz) TO concordat_app`);
    await runner.query(`CREATE INDEX upload_ticket_waiting ON upload_ticket (workspace_id) WHERE state = 'waiting'`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP INDEX upload_ticket_waiting`);
    await runner.query(`DROP FUNCTION uploads_waiting(uuid, uuid, timestamptz)`);
    await runner.query(`DROP POLICY room_is_counted ON upload_ticket`);
    await runner.query(`RESET ROLE`);
  }
}
