import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The application reads of an agency's private key, locked as it is, only what one exhibit in front of one reader needs:
 * whoever gets hold of its connection does not carry off every agency's key to try passphrases on. Public keys, and whether
 * the portal holds the private one, stay readable.
 */
export class WithholdLockedKeys1763700009500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.agency_may_see_item(uuid, uuid) TO concordat_owner`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE agency_key ADD COLUMN portal_held boolean NOT NULL GENERATED ALWAYS AS (locked_key IS NOT NULL) STORED`);
    await runner.query(`REVOKE SELECT ON agency_key FROM concordat_app`);
    await runner.query(`GRANT SELECT (fingerprint, agency_id, public_key, portal_held, created_at, retired_at) ON agency_key TO concordat_app`);
    await runner.query(`CREATE POLICY key_is_found ON item FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`CREATE POLICY key_is_found ON exhibit_packet FOR SELECT TO concordat_owner USING (true)`);
    await this.createFunction(runner);
    await runner.query(`RESET ROLE`);
  }

  /**
   * The locked keys of the packets of one exhibit that the acting agency sees: its own, or where it has no packet yet those
   * of the originator. A packet counts only under a key of the agency it is for: a packet row that names another's key,
   * which the application could write, brings that key to light for nobody.
   */
  private async createFunction(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION locked_keys_of_exhibit(exhibit uuid) RETURNS TABLE (fingerprint text, locked_key bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT k.fingerprint, k.locked_key
          FROM public.exhibit_packet p
          JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id
          JOIN public.item i ON i.id = p.item_id
         WHERE p.item_id = $1 AND k.portal_held AND law.agency_may_see_item((SELECT law.agency()), $1)
           AND p.agency_id = CASE
             WHEN EXISTS (SELECT FROM public.exhibit_packet o WHERE o.item_id = $1 AND o.agency_id = (SELECT law.agency()))
             THEN (SELECT law.agency()) ELSE i.originator_agency_id END;
      END`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION locked_keys_of_exhibit(uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION locked_keys_of_exhibit(uuid) TO concordat_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP FUNCTION locked_keys_of_exhibit(uuid)`);
    await runner.query(`DROP POLICY key_is_found ON exhibit_packet`);
    await runner.query(`DROP POLICY key_is_found ON item`);
    await runner.query(`REVOKE SELECT (fingerprint, agency_id, public_key, portal_held, created_at, retired_at) ON agency_key FROM concordat_app`);
    await runner.query(`GRANT SELECT ON agency_key TO concordat_app`);
    await runner.query(`ALTER TABLE agency_key DROP COLUMN portal_held`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.agency_may_see_item(uuid, uuid) FROM concordat_owner`);
    await runner.query(`RESET ROLE`);
  }
}
