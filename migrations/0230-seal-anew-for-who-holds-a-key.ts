import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * For an agency that holds its own key the portal seals a file anew, for programs that do not read how it is stored, by way of
 * the originator's key. So the database gives the originator's where the acting agency has no packet under a key of the
 * portal's, and not only where it has none at all.
 */
export class SealAnewForWhoHoldsAKey1763700023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replace(runner, `JOIN public.agency_key h ON h.fingerprint = o.key_fingerprint AND h.agency_id = o.agency_id AND h.portal_held`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replace(runner, '');
  }

  private async replace(runner: QueryRunner, underAKeyOfThePortals: string): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION locked_keys_of_exhibit(exhibit uuid) RETURNS TABLE (fingerprint text, locked_key bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT k.fingerprint, k.locked_key
          FROM public.exhibit_packet p
          JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id
          JOIN public.item i ON i.id = p.item_id
         WHERE p.item_id = $1 AND k.portal_held AND law.agency_may_see_item((SELECT law.agency()), $1)
           AND p.agency_id = CASE
             WHEN EXISTS (
               SELECT FROM public.exhibit_packet o ${underAKeyOfThePortals}
                WHERE o.item_id = $1 AND o.agency_id = (SELECT law.agency()))
             THEN (SELECT law.agency()) ELSE i.originator_agency_id END;
      END`);
    await runner.query(`RESET ROLE`);
  }
}
