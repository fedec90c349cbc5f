import type { MigrationInterface, QueryRunner } from 'typeorm';

const AUDITOR = `'auditor' = ANY (string_to_array(current_setting('concordat.roles', true), ','))`;

/** A body that was disposed of before somebody had read it to its end is not one that is lost, and an auditor who follows the reading is told so. */
export class TellDisposedFromLost1763700028300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.create(runner, (at, outcome) => `CASE WHEN ${outcome} <> 'whole' AND d.decided_at <= ${at} THEN 'disposed' ELSE ${outcome} END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.create(runner, (_at, outcome) => outcome);
  }

  private async create(runner: QueryRunner, said: (at: string, outcome: string) => string): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION asked_proof_of(item uuid)
        RETURNS TABLE (size_bytes bigint, checked_at timestamptz, found text, proven_at timestamptz, asked_by text, asked_at timestamptz, read_bytes bigint, ended_at timestamptz, outcome text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.size_bytes, b.checked_at, ${said('b.checked_at', 'b.outcome')}, b.proven_at, r.asked_by_name, r.asked_at, r.read_bytes, r.ended_at, ${said('r.ended_at', 'r.outcome')}
          FROM public.exhibit x
          LEFT JOIN public.body_proof b ON b.item_id = x.item_id
          LEFT JOIN public.disposal d ON d.item_id = x.item_id AND d.approved
          LEFT JOIN LATERAL (SELECT * FROM public.body_proof_request q WHERE q.item_id = x.item_id ORDER BY q.asked_at DESC LIMIT 1) r ON true
         WHERE x.item_id = $1 AND x.blob_key IS NOT NULL AND ${AUDITOR};
      END`);
    await runner.query(`RESET ROLE`);
  }
}
