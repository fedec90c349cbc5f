import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;
const TO_SCAN = 'item_id uuid, reference text, blob_key uuid, fingerprint text, locked_key bytea, packet bytea';
const TO_SCRUB = 'item_id uuid, reference text, blob_key uuid, size_bytes bigint, sha256 text, fingerprint text, locked_key bytea, packet bytea';
/** A packet that the portal can open, where there is one. */
const PACKET = `
  LEFT JOIN LATERAL (
    SELECT k.fingerprint, k.locked_key, p.packet
      FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
     WHERE p.item_id = x.item_id ORDER BY p.added_at LIMIT 1) v ON true`;
/** What nobody can open any more was disposed of. */
const IS_KEPT = 'x.blob_key IS NOT NULL AND EXISTS (SELECT FROM public.exhibit_packet p WHERE p.item_id = x.item_id)';
const IS_UNSCANNED = 'NOT EXISTS (SELECT FROM public.exhibit_scan s WHERE s.item_id = x.item_id)';
const IS_DUE = '(b.checked_at IS NULL OR b.checked_at < $1)';

/** Bodies are asked for after one that failed, so that it keeps none of the others waiting, however many fail. */
export class GoPastBodiesThatFail1763700024400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP FUNCTION bodies_to_scan(integer)`);
    await runner.query(`DROP FUNCTION bodies_to_scrub(timestamptz, integer)`);
    await this.createScan(runner, 'most integer, after uuid', `AND ($2 IS NULL OR x.item_id > $2)`);
    // Where the one that failed stands in the order of when each was last read, which its failing has not changed.
    await this.createScrub(runner, 'before timestamptz, most integer, after uuid', `
      AND ($3 IS NULL OR (coalesce(b.checked_at, '-infinity'), x.item_id) > (
        SELECT coalesce(c.checked_at, '-infinity'), y.item_id FROM public.exhibit y LEFT JOIN public.body_proof c ON c.item_id = y.item_id WHERE y.item_id = $3))`);
    await this.grant(runner, 'bodies_to_scan(integer, uuid)', 'bodies_to_scrub(timestamptz, integer, uuid)');
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP FUNCTION bodies_to_scan(integer, uuid)`);
    await runner.query(`DROP FUNCTION bodies_to_scrub(timestamptz, integer, uuid)`);
    await this.createScan(runner, 'most integer', '');
    await this.createScrub(runner, 'before timestamptz, most integer', '');
    await this.grant(runner, 'bodies_to_scan(integer)', 'bodies_to_scrub(timestamptz, integer)');
    await runner.query(`RESET ROLE`);
  }

  private async createScan(runner: QueryRunner, parameters: string, isAfter: string): Promise<void> {
    await runner.query(`
      CREATE FUNCTION bodies_to_scan(${parameters}) RETURNS TABLE (${TO_SCAN})
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.item_id, x.reference, x.blob_key, v.fingerprint, v.locked_key, v.packet
          FROM public.exhibit x ${PACKET}
         WHERE ${SYSTEM} AND ${IS_KEPT} AND ${IS_UNSCANNED} ${isAfter}
         ORDER BY x.item_id
         LIMIT $1;
      END`);
  }

  private async createScrub(runner: QueryRunner, parameters: string, isAfter: string): Promise<void> {
    await runner.query(`
      CREATE FUNCTION bodies_to_scrub(${parameters}) RETURNS TABLE (${TO_SCRUB})
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.item_id, x.reference, x.blob_key, x.size_bytes, x.sha256, v.fingerprint, v.locked_key, v.packet
          FROM public.exhibit x LEFT JOIN public.body_proof b ON b.item_id = x.item_id ${PACKET}
         WHERE ${SYSTEM} AND ${IS_KEPT} AND ${IS_DUE} ${isAfter}
         ORDER BY b.checked_at NULLS FIRST, x.item_id
         LIMIT $2;
      END`);
  }

  private async grant(runner: QueryRunner, ...functions: readonly string[]): Promise<void> {
    for (const name of functions) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
    }
  }
}
