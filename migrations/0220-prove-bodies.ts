import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;
const FUNCTIONS = ['bodies_to_scrub(timestamptz, integer)', 'record_body_proof(uuid, timestamptz, text, text)', 'count_body_proofs()'];

/**
 * When the sealed body of each exhibit was last read again from its first octet to its last, and what was found. Only the product
 * itself asks for what that takes, and writes what it found; whoever sees an exhibit sees when it was last proven, and an auditor
 * of every one, but nothing of what is in it.
 */
export class ProveBodies1763700022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE body_proof (
        item_id uuid PRIMARY KEY REFERENCES exhibit (item_id),
        checked_at timestamptz NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('whole', 'altered', 'missing', 'locked')),
        code text NOT NULL,
        proven_at timestamptz
      )`);
    await runner.query(`CREATE INDEX body_proof_by_age ON body_proof (checked_at)`);
    await runner.query(`ALTER TABLE body_proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY reader_reads ON body_proof FOR SELECT TO concordat_app USING (EXISTS (SELECT FROM item i WHERE i.id = item_id))`);
    await runner.query(`CREATE POLICY auditor_reads ON body_proof FOR SELECT TO concordat_auditor USING (true)`);
    await runner.query(`CREATE POLICY scrubber_writes ON body_proof TO concordat_owner USING (true) WITH CHECK (${SYSTEM})`);
    await runner.query(`CREATE POLICY body_is_read ON exhibit FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`GRANT SELECT ON body_proof TO concordat_app, concordat_auditor`);
    await this.createFind(runner);
    await this.createRecord(runner);
    await this.createCount(runner);
    for (const name of FUNCTIONS) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
    }
    await runner.query(`RESET ROLE`);
  }

  /** Those that were looked at longest ago or never, each with a packet that the portal can open, where there is one. What nobody can open any more was disposed of. */
  private async createFind(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION bodies_to_scrub(before timestamptz, most integer)
        RETURNS TABLE (item_id uuid, reference text, blob_key uuid, size_bytes bigint, sha256 text, fingerprint text, locked_key bytea, packet bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.item_id, x.reference, x.blob_key, x.size_bytes, x.sha256, v.fingerprint, v.locked_key, v.packet
          FROM public.exhibit x
          LEFT JOIN public.body_proof b ON b.item_id = x.item_id
          LEFT JOIN LATERAL (
            SELECT k.fingerprint, k.locked_key, p.packet
              FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
             WHERE p.item_id = x.item_id ORDER BY p.added_at LIMIT 1) v ON true
         WHERE ${SYSTEM} AND x.blob_key IS NOT NULL AND (b.checked_at IS NULL OR b.checked_at < $1)
           AND EXISTS (SELECT FROM public.exhibit_packet p WHERE p.item_id = x.item_id)
         ORDER BY b.checked_at NULLS FIRST, x.item_id
         LIMIT $2;
      END`);
  }

  private async createRecord(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION record_body_proof(item uuid, at timestamptz, outcome text, code text) RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        INSERT INTO public.body_proof AS b (item_id, checked_at, outcome, code, proven_at)
        SELECT $1, $2, $3, $4, CASE WHEN $3 = 'whole' THEN $2 END WHERE ${SYSTEM}
        ON CONFLICT (item_id) DO UPDATE
          SET checked_at = excluded.checked_at, outcome = excluded.outcome, code = excluded.code, proven_at = coalesce(excluded.proven_at, b.proven_at);
      END`);
  }

  private async createCount(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION count_body_proofs() RETURNS TABLE (unproven bigint, not_whole bigint, oldest_seconds double precision)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT count(*) FILTER (WHERE b.proven_at IS NULL), count(*) FILTER (WHERE b.outcome IN ('altered', 'missing')),
               coalesce(extract(epoch FROM now() - min(b.proven_at)), 0)::double precision
          FROM public.exhibit x LEFT JOIN public.body_proof b ON b.item_id = x.item_id
         WHERE x.blob_key IS NOT NULL AND EXISTS (SELECT FROM public.exhibit_packet p WHERE p.item_id = x.item_id);
      END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of FUNCTIONS) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(`DROP POLICY body_is_read ON exhibit`);
    await runner.query(`DROP TABLE body_proof`);
    await runner.query(`RESET ROLE`);
  }
}
