import type { MigrationInterface, QueryRunner } from 'typeorm';

const LEVEL = ['tier', 'sensitive', 'descriptors', 'handling'];
const asJson = (row: string): string =>
  `jsonb_build_object(${['originator_agency_id', ...LEVEL, 'releasable_to'].map((column) => `'${column}', (${row}).${column}`).join(', ')})`;

/**
 * Whoever marks a thing higher raises with it what other agencies made of it, also what is out of her sight. It raises to what the thing is
 * marked and never beyond, so that nothing is gained by asking for it; which agencies have a copy follows from its keys, and stays. A thing
 * that was taken out stays as it is marked: raised out of the sight of whoever has it on a shelf, nobody could hand it on.
 */
export class RaiseCopiesWithTheirOrigin1763700028100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT SELECT (item_id, derived_from, form) ON exhibit TO concordat_law`);
    await runner.query(`GRANT SELECT (id, name) ON agency TO concordat_law`);
    await runner.query(`CREATE POLICY law_follows_copies ON exhibit FOR SELECT TO concordat_law USING (true)`);
    await runner.query(`GRANT UPDATE (${[...LEVEL, 'updated_at', 'version'].join(', ')}) ON item TO concordat_law`);
    await runner.query(`CREATE POLICY law_raises ON item FOR UPDATE TO concordat_law USING (true)`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.raise_what_was_made_of(origin uuid) RETURNS TABLE (id uuid, owner text, marked jsonb)
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      DECLARE root public.item; held public.item; raised public.item;
      BEGIN
        SELECT * INTO root FROM public.item i WHERE i.id = origin AND i.originator_agency_id = law.agency() AND law.works_on_cases();
        FOR held IN
          WITH RECURSIVE made AS (
            SELECT x.item_id FROM public.exhibit x WHERE x.derived_from = root.id
            UNION SELECT x.item_id FROM made m JOIN public.item i ON i.id = m.item_id AND i.originator_agency_id <> root.originator_agency_id
              JOIN public.exhibit x ON x.derived_from = m.item_id)
          SELECT i.* FROM public.item i JOIN made ON made.item_id = i.id JOIN public.exhibit f ON f.item_id = i.id AND f.form = 'file'
           WHERE i.originator_agency_id <> root.originator_agency_id ORDER BY i.id FOR UPDATE OF i
        LOOP
          CONTINUE WHEN law.rank(held.tier, held.sensitive) >= law.rank(root.tier, root.sensitive)
            AND held.descriptors @> root.descriptors AND held.handling @> root.handling;
          UPDATE public.item i SET
              tier = greatest(held.tier, root.tier),
              sensitive = (CASE WHEN held.tier > root.tier THEN held.sensitive WHEN root.tier > held.tier THEN root.sensitive ELSE held.sensitive OR root.sensitive END),
              descriptors = array(SELECT DISTINCT term COLLATE "C" FROM unnest(held.descriptors || root.descriptors) AS term ORDER BY 1),
              handling = array(SELECT DISTINCT term COLLATE "C" FROM unnest(held.handling || root.handling) AS term ORDER BY 1),
              updated_at = law.moment(), version = held.version + 1
            WHERE i.id = held.id RETURNING i.* INTO raised;
          id := held.id; owner := (SELECT a.name FROM public.agency a WHERE a.id = held.originator_agency_id);
          marked := ${asJson('raised')};
          RETURN NEXT;
        END LOOP;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION law.raise_what_was_made_of(uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.raise_what_was_made_of(uuid) TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.raise_what_was_made_of(uuid)`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY law_raises ON item`);
    await runner.query(`REVOKE UPDATE (${[...LEVEL, 'updated_at', 'version'].join(', ')}) ON item FROM concordat_law`);
    await runner.query(`DROP POLICY law_follows_copies ON exhibit`);
    await runner.query(`REVOKE SELECT (id, name) ON agency FROM concordat_law`);
    await runner.query(`REVOKE SELECT (item_id, derived_from, form) ON exhibit FROM concordat_law`);
    await runner.query(`RESET ROLE`);
  }
}
