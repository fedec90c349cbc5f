import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;
const FUNCTIONS = ['bodies_to_scan_again(timestamptz, integer, uuid)', 'record_scan(uuid, timestamptz, text, text, integer, timestamptz)'];

/**
 * With which signatures each exhibit was looked at, and that it is looked at again with newer ones. What was found infected stays so: it
 * is written over by nothing.
 */
export class ScanAgain1763700024500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE exhibit_scan ADD COLUMN signatures integer`);
    await runner.query(`CREATE INDEX exhibit_scan_by_age ON exhibit_scan (scanned_at) WHERE state IN ('clean', 'unscannable')`);
    await runner.query(`DROP FUNCTION record_scan(uuid, timestamptz, text, text)`);
    // `kept` where another process was faster: what that one found a moment ago is younger than `before`.
    await runner.query(`
      CREATE FUNCTION record_scan(item uuid, at timestamptz, state text, code text, signatures integer, before timestamptz) RETURNS text
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        WITH former AS (SELECT s.state, s.code FROM public.exhibit_scan s WHERE s.item_id = $1),
          written AS (
            INSERT INTO public.exhibit_scan AS s (item_id, scanned_at, state, code, signatures) SELECT $1, $2, $3, $4, $5 WHERE ${SYSTEM}
            ON CONFLICT (item_id) DO UPDATE
              SET scanned_at = excluded.scanned_at, state = excluded.state, code = excluded.code, signatures = excluded.signatures
              WHERE s.scanned_at < $6 AND s.state IN ('clean', 'unscannable')
            RETURNING 1)
        SELECT CASE
          WHEN NOT EXISTS (SELECT FROM written) THEN 'kept'
          WHEN NOT EXISTS (SELECT FROM former) THEN 'new'
          WHEN EXISTS (SELECT FROM former f WHERE f.state = $3 AND f.code = $4) THEN 'same'
          ELSE 'changed' END;
      END`);
    await runner.query(`
      CREATE FUNCTION bodies_to_scan_again(before timestamptz, most integer, after uuid)
        RETURNS TABLE (item_id uuid, reference text, blob_key uuid, fingerprint text, locked_key bytea, packet bytea, state text, signatures integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.item_id, x.reference, x.blob_key, k.fingerprint, k.locked_key, k.packet, s.state, s.signatures
          FROM public.exhibit_scan s JOIN public.exhibit x ON x.item_id = s.item_id
          JOIN LATERAL (
            SELECT k.fingerprint, k.locked_key, p.packet
              FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
             WHERE p.item_id = x.item_id ORDER BY p.added_at LIMIT 1) k ON true
         WHERE ${SYSTEM} AND s.scanned_at < $1 AND s.state IN ('clean', 'unscannable') AND ($3 IS NULL OR s.item_id > $3)
         ORDER BY s.item_id
         LIMIT $2;
      END`);
    await this.grant(runner, ...FUNCTIONS);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of FUNCTIONS) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(`DROP INDEX exhibit_scan_by_age`);
    await runner.query(`ALTER TABLE exhibit_scan DROP COLUMN signatures`);
    await runner.query(`
      CREATE FUNCTION record_scan(item uuid, at timestamptz, state text, code text) RETURNS boolean
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        WITH written AS (
          INSERT INTO public.exhibit_scan (item_id, scanned_at, state, code) SELECT $1, $2, $3, $4 WHERE ${SYSTEM}
          ON CONFLICT (item_id) DO NOTHING RETURNING 1)
        SELECT EXISTS (SELECT FROM written);
      END`);
    await this.grant(runner, 'record_scan(uuid, timestamptz, text, text)');
    await runner.query(`RESET ROLE`);
  }

  private async grant(runner: QueryRunner, ...functions: readonly string[]): Promise<void> {
    for (const name of functions) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
    }
  }
}
