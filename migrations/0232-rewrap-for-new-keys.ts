import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;

/**
 * After an agency's key has changed, its exhibits' session keys are wrapped for the new one in the background, and the packets
 * under the former go. Only the product itself may ask for what that takes, and only of keys that were retired; a revoked key
 * opens nothing for a reader any more.
 */
export class RewrapForNewKeys1763700023200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE POLICY key_is_renewed ON exhibit_packet FOR INSERT TO concordat_owner WITH CHECK (${SYSTEM})`);
    await runner.query(`CREATE POLICY key_is_gone ON exhibit_packet FOR DELETE TO concordat_owner USING (${SYSTEM})`);
    await runner.query(`CREATE INDEX exhibit_packet_by_key ON exhibit_packet (key_fingerprint)`);
    await this.createFind(runner);
    await this.createReplace(runner);
    for (const name of ['packets_to_rewrap(timestamptz, integer, uuid, uuid)', 'replace_packet(uuid, uuid, text, text, bytea, timestamptz)']) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
    }
    await this.keysOfExhibit(runner, 'AND k.revoked_at IS NULL');
    await runner.query(`RESET ROLE`);
  }

  /** A packet under a retired key, the agency's key in use, and a packet under a key of the portal's that opens the same body: the agency's own or else the originator's. */
  private async createFind(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION packets_to_rewrap(at timestamptz, most integer, after_agency uuid, after_item uuid)
        RETURNS TABLE (item_id uuid, agency_id uuid, former text, fingerprint text, public_key bytea, by_fingerprint text, by_locked_key bytea, by_packet bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT p.item_id, p.agency_id, p.key_fingerprint, n.fingerprint, n.public_key, v.fingerprint, v.locked_key, v.packet
          FROM public.exhibit_packet p
          JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.retired_at IS NOT NULL
          JOIN public.agency_key n ON n.agency_id = p.agency_id AND n.retired_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > $1)
          JOIN public.item i ON i.id = p.item_id
         CROSS JOIN LATERAL (
           SELECT h.fingerprint, h.locked_key, o.packet
             FROM public.exhibit_packet o JOIN public.agency_key h ON h.fingerprint = o.key_fingerprint AND h.agency_id = o.agency_id AND h.portal_held
            WHERE o.item_id = p.item_id AND o.agency_id IN (p.agency_id, i.originator_agency_id)
            ORDER BY o.agency_id = p.agency_id DESC, o.added_at DESC LIMIT 1) v
         WHERE ${SYSTEM} AND ($3 IS NULL OR (p.agency_id, p.item_id) > ($3, $4))
         ORDER BY p.agency_id, p.item_id
         LIMIT $2;
      END`);
  }

  private async createReplace(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION replace_packet(item uuid, agency uuid, former text, fingerprint text, packet bytea, at timestamptz) RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        INSERT INTO public.exhibit_packet (item_id, agency_id, key_fingerprint, packet, added_at)
        SELECT $1, $2, n.fingerprint, $5, $6 FROM public.agency_key n
         WHERE ${SYSTEM} AND n.fingerprint = $4 AND n.agency_id = $2 AND n.retired_at IS NULL
           AND EXISTS (SELECT FROM public.exhibit_packet f WHERE f.item_id = $1 AND f.agency_id = $2 AND f.key_fingerprint = $3)
        ON CONFLICT DO NOTHING;
        DELETE FROM public.exhibit_packet p USING public.agency_key k
         WHERE ${SYSTEM} AND p.item_id = $1 AND p.agency_id = $2 AND p.key_fingerprint = $3
           AND k.fingerprint = $3 AND k.agency_id = $2 AND k.retired_at IS NOT NULL
           AND EXISTS (SELECT FROM public.exhibit_packet o WHERE o.item_id = $1 AND o.agency_id = $2 AND o.key_fingerprint = $4);
      END`);
  }

  private async keysOfExhibit(runner: QueryRunner, notRevoked: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION locked_keys_of_exhibit(exhibit uuid) RETURNS TABLE (fingerprint text, locked_key bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT k.fingerprint, k.locked_key
          FROM public.exhibit_packet p
          JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id
          JOIN public.item i ON i.id = p.item_id
         WHERE p.item_id = $1 AND k.portal_held ${notRevoked} AND law.agency_may_see_item((SELECT law.agency()), $1)
           AND p.agency_id = CASE
             WHEN EXISTS (
               SELECT FROM public.exhibit_packet o
                 JOIN public.agency_key h ON h.fingerprint = o.key_fingerprint AND h.agency_id = o.agency_id AND h.portal_held
                WHERE o.item_id = $1 AND o.agency_id = (SELECT law.agency()))
             THEN (SELECT law.agency()) ELSE i.originator_agency_id END;
      END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.keysOfExhibit(runner, '');
    await runner.query(`DROP FUNCTION replace_packet(uuid, uuid, text, text, bytea, timestamptz)`);
    await runner.query(`DROP FUNCTION packets_to_rewrap(timestamptz, integer, uuid, uuid)`);
    await runner.query(`DROP INDEX exhibit_packet_by_key`);
    await runner.query(`DROP POLICY key_is_gone ON exhibit_packet`);
    await runner.query(`DROP POLICY key_is_renewed ON exhibit_packet`);
    await runner.query(`RESET ROLE`);
  }
}
