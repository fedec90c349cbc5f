import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the application count what waits, for whoever watches it, without reading any of it. */
export class CountWhatWaits1763700007100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE FUNCTION count_what_waits(OUT events bigint, OUT oldest_event_seconds double precision, OUT dead_letters bigint, OUT ledger_entries bigint)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT (SELECT count(*) FROM public.outbox WHERE dispatched_at IS NULL),
               (SELECT coalesce(extract(epoch FROM statement_timestamp() - min(created_at)), 0) FROM public.outbox WHERE dispatched_at IS NULL),
               (SELECT count(*) FROM public.dead_letter WHERE replayed_at IS NULL),
               (SELECT count(*) FROM public.ledger_waiting);
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION count_what_waits() FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION count_what_waits() TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION count_what_waits()`);
  }
}
