import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How the time-stamping authority last answered; no evidence, so it is changed in place. And two figures for the
 * application, which reads none of these rows.
 */
export class NoteHowAuthorityAnswers1763700013100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE ledger_timestamp_state (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        answered_at timestamptz NOT NULL,
        answer text NOT NULL,
        message text NOT NULL,
        failing_since timestamptz
      )`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON ledger_timestamp_state TO concordat_worker`);
    await runner.query(`GRANT SELECT ON ledger_timestamp_state TO concordat_auditor`);
    await runner.query(`
      CREATE FUNCTION watch_timestamps(OUT waiting bigint, OUT debt_seconds double precision)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT count(*), coalesce(extract(epoch FROM statement_timestamp() - min(d.due_at)), 0)
          FROM public.ledger_timestamp_due d WHERE NOT EXISTS (SELECT FROM public.ledger_timestamp t WHERE t.size = d.size);
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION watch_timestamps() FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION watch_timestamps() TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION watch_timestamps()`);
    await runner.query(`DROP TABLE ledger_timestamp_state`);
  }
}
