import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How each witness last answered, and for how long the ledger has gone without enough cosignatures. Unlike the
 * cosignatures this is no evidence, only what the worker knows, so it is changed in place.
 */
export class NoteHowWitnessesAnswer1763700011100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE ledger_witness_state (
        witness text PRIMARY KEY,
        size bigint NOT NULL DEFAULT 0,
        cosigned_at timestamptz,
        answered_at timestamptz NOT NULL,
        answer text NOT NULL,
        message text NOT NULL,
        failing_since timestamptz
      )`);
    await runner.query(`
      CREATE TABLE ledger_witness_beat (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        beat bigint NOT NULL,
        debt_seconds double precision NOT NULL,
        cosigned_size bigint NOT NULL
      )`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON ledger_witness_state, ledger_witness_beat TO concordat_worker`);
    await runner.query(`GRANT SELECT ON ledger_witness_state, ledger_witness_beat TO concordat_auditor`);
    await this.letApplicationWatch(runner);
    await runner.query(`RESET ROLE`);
  }

  /** The application needs four figures and none of the ledger's rows. */
  private async letApplicationWatch(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION watch_witnesses(keys text[], OUT beat bigint, OUT debt_seconds double precision, OUT answering bigint, OUT conflicts bigint)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT coalesce((SELECT b.beat FROM public.ledger_witness_beat b), -1),
               coalesce((SELECT b.debt_seconds FROM public.ledger_witness_beat b), 0),
               (SELECT count(*) FROM public.ledger_witness_state s WHERE s.witness = ANY ($1) AND s.failing_since IS NULL),
               (SELECT count(*) FROM public.ledger_witness_conflict);
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION watch_witnesses(text[]) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION watch_witnesses(text[]) TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION watch_witnesses(text[])`);
    await runner.query(`DROP TABLE ledger_witness_state, ledger_witness_beat`);
  }
}
