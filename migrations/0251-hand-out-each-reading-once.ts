import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;
/** The packet by which the portal opens an exhibit's body, where it can: by a function of its own, and as it had been said before. */
const ONCE = `LATERAL public.portal_packet_of(x.item_id)`;
const EACH = `LATERAL (
  SELECT k.fingerprint, k.locked_key, p.packet
    FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
   WHERE p.item_id = x.item_id ORDER BY p.added_at LIMIT 1)`;
const COLUMNS = 'request uuid, item_id uuid, reference text, blob_key uuid, size_bytes bigint, sha256 text, fingerprint text, locked_key bytea, packet bytea';
const OPEN = `SELECT q.id FROM public.body_proof_request q WHERE ${SYSTEM} AND q.ended_at IS NULL AND (q.touched_at IS NULL OR q.touched_at < $2) ORDER BY q.asked_at LIMIT 1 FOR UPDATE SKIP LOCKED`;

/**
 * A reading that an auditor asked for is handed to the one process that has marked it as taken, and to no other that asks at the same
 * moment; and whoever ends one learns whether it was she who did, so that what was found is recorded once.
 */
export class HandOutEachReadingOnce1763700025100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE FUNCTION portal_packet_of(item uuid) RETURNS TABLE (fingerprint text, locked_key bytea, packet bytea) LANGUAGE sql STABLE
      BEGIN ATOMIC
        SELECT k.fingerprint, k.locked_key, p.packet
          FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
         WHERE p.item_id = $1 ORDER BY p.added_at LIMIT 1;
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION portal_packet_of(uuid) FROM PUBLIC`);
    await this.replaceTake(runner, `
        WITH taken AS (UPDATE public.body_proof_request r SET touched_at = $1, read_bytes = 0 WHERE r.id = (${OPEN}) RETURNING r.id, r.item_id)
        SELECT r.id, x.item_id, x.reference, x.blob_key, x.size_bytes, x.sha256, v.fingerprint, v.locked_key, v.packet
          FROM taken r JOIN public.exhibit x ON x.item_id = r.item_id LEFT JOIN ${ONCE} v ON true;`);
    await this.createEnd(runner, 'boolean', `
        WITH ended AS (UPDATE public.body_proof_request SET ended_at = $2, outcome = $3, code = $4 WHERE id = $1 AND ended_at IS NULL AND ${SYSTEM} RETURNING 1)
        SELECT EXISTS (SELECT FROM ended);`);
    await runner.query(`RESET ROLE`);
  }

  private async replaceTake(runner: QueryRunner, body: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION take_asked_proof(at timestamptz, stale timestamptz) RETURNS TABLE (${COLUMNS})
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' BEGIN ATOMIC ${body} END`);
  }

  /** What a function answers cannot be replaced. */
  private async createEnd(runner: QueryRunner, answer: string, body: string): Promise<void> {
    const name = 'end_asked_proof(uuid, timestamptz, text, text)';
    await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(`
      CREATE FUNCTION end_asked_proof(request uuid, at timestamptz, outcome text, code text) RETURNS ${answer}
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' BEGIN ATOMIC ${body} END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.createEnd(runner, 'void', `UPDATE public.body_proof_request SET ended_at = $2, outcome = $3, code = $4 WHERE id = $1 AND ended_at IS NULL AND ${SYSTEM};`);
    await this.replaceTake(runner, `
        UPDATE public.body_proof_request r SET touched_at = $1, read_bytes = 0 WHERE r.id = (${OPEN});
        SELECT r.id, x.item_id, x.reference, x.blob_key, x.size_bytes, x.sha256, v.fingerprint, v.locked_key, v.packet
          FROM public.body_proof_request r JOIN public.exhibit x ON x.item_id = r.item_id LEFT JOIN ${EACH} v ON true
         WHERE ${SYSTEM} AND r.ended_at IS NULL AND r.touched_at = $1 AND r.read_bytes = 0
         ORDER BY r.asked_at LIMIT 1;`);
    await runner.query(`DROP FUNCTION portal_packet_of(uuid)`);
    await runner.query(`RESET ROLE`);
  }
}
