import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEEN = `EXISTS (SELECT FROM item i WHERE i.id = item_id)`;
const OWN = `EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency()))`;

/**
 * Disposal of an exhibit by two people of the agency it is from: one proposes, another decides, and so the database asks. What was
 * approved has no packet any more, and gets none: whoever is being given one at that moment waits for the disposal or precedes it.
 */
export class DisposeOfEvidence1763700021500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE disposal (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        blob_key uuid,
        rule text NOT NULL,
        reason text NOT NULL,
        proposed_by uuid NOT NULL REFERENCES person (id),
        proposed_by_name text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by uuid REFERENCES person (id) CHECK (decided_by <> proposed_by),
        decided_by_name text,
        decided_at timestamptz,
        approved boolean,
        decided_for text,
        CHECK (num_nonnulls(decided_by, decided_by_name, decided_at, approved, decided_for) IN (0, 5))
      )`);
    await runner.query(`CREATE UNIQUE INDEX disposal_undecided ON disposal (item_id) WHERE decided_at IS NULL`);
    await runner.query(`CREATE UNIQUE INDEX disposal_done ON disposal (item_id) WHERE approved`);
    await runner.query(`ALTER TABLE disposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY reader_reads ON disposal FOR SELECT TO concordat_app USING (${SEEN})`);
    await runner.query(`CREATE POLICY adds ON disposal FOR INSERT TO concordat_app WITH CHECK (${OWN} AND proposed_by = (SELECT law.person()) AND decided_at IS NULL)`);
    await runner.query(`
      CREATE POLICY decides ON disposal FOR UPDATE TO concordat_app
        USING (${OWN} AND decided_at IS NULL AND proposed_by <> (SELECT law.person())) WITH CHECK (decided_by = (SELECT law.person()))`);
    await runner.query(`CREATE POLICY sweeper_reads ON disposal FOR SELECT TO concordat_app USING ((SELECT current_setting('concordat.system', true)) = 'worker')`);
    await runner.query(`CREATE POLICY owner_asks ON disposal FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE (decided_by, decided_by_name, decided_at, approved, decided_for) ON disposal TO concordat_app`);
    await this.createFunctions(runner);
    await runner.query(`RESET ROLE`);
  }

  private async createFunctions(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE POLICY disposal_destroys ON exhibit_packet FOR DELETE TO concordat_owner USING (EXISTS (SELECT FROM disposal d WHERE d.item_id = exhibit_packet.item_id AND d.approved))`);
    await runner.query(`
      CREATE FUNCTION destroy_packets_of_exhibit(exhibit uuid) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      DECLARE destroyed integer;
      BEGIN
        PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('packets ' || exhibit::text, 0));
        DELETE FROM public.exhibit_packet p
         WHERE p.item_id = exhibit
           AND EXISTS (SELECT FROM public.disposal d WHERE d.item_id = exhibit AND d.approved)
           AND EXISTS (SELECT FROM public.item i WHERE i.id = exhibit AND i.originator_agency_id = (SELECT law.agency()));
        GET DIAGNOSTICS destroyed = ROW_COUNT;
        RETURN destroyed;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION destroy_packets_of_exhibit(uuid) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION destroy_packets_of_exhibit(uuid) TO concordat_app`);
    await runner.query(`
      CREATE FUNCTION no_packet_after_disposal() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      BEGIN
        PERFORM pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('packets ' || NEW.item_id::text, 0));
        IF EXISTS (SELECT FROM public.disposal d WHERE d.item_id = NEW.item_id AND d.approved) THEN RETURN NULL; END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`CREATE TRIGGER no_packet_after_disposal BEFORE INSERT ON exhibit_packet FOR EACH ROW EXECUTE FUNCTION no_packet_after_disposal()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER no_packet_after_disposal ON exhibit_packet`);
    await runner.query(`DROP FUNCTION no_packet_after_disposal()`);
    await runner.query(`DROP FUNCTION destroy_packets_of_exhibit(uuid)`);
    await runner.query(`DROP POLICY disposal_destroys ON exhibit_packet`);
    await runner.query(`DROP TABLE disposal`);
    await runner.query(`RESET ROLE`);
  }
}
