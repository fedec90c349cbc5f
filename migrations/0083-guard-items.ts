import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inSight } from './0082-guard-workspaces.js';

const PARTS = ['note', 'record', 'finding'];

/**
 * An item is seen where its workspace is, as high as the agreement reaches, by those it may be released to. Its parts
 * are seen with it: their policies ask the item's own, as whoever asks.
 */
export class GuardItems1763700008300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT SELECT ON item TO concordat_law`);
    for (const table of ['item', ...PARTS, 'record_version']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
    await runner.query(`CREATE POLICY law_decides ON item FOR SELECT TO concordat_law USING (true)`);
    await this.createItemPolicies(runner);
    await this.createPartPolicies(runner);
    await this.createAudience(runner);
    await this.keepMarkings(runner);
    await runner.query(`RESET ROLE`);
  }

  private async createItemPolicies(runner: QueryRunner): Promise<void> {
    const sight = inSight('item.workspace_id', 'item');
    const own = `originator_agency_id = (SELECT law.agency())`;
    const seen = `${sight} AND (releasable_to IS NULL OR ${own} OR (SELECT law.agency()) = ANY (releasable_to))`;
    await runner.query(`CREATE POLICY agency_reads ON item FOR SELECT TO concordat_app USING (${seen})`);
    await runner.query(`CREATE POLICY originator_adds ON item FOR INSERT TO concordat_app WITH CHECK (${sight} AND ${own})`);
    await runner.query(`CREATE POLICY reader_saves ON item FOR UPDATE TO concordat_app USING (${seen}) WITH CHECK (${seen})`);
  }

  private async createPartPolicies(runner: QueryRunner): Promise<void> {
    const seen = `EXISTS (SELECT FROM item i WHERE i.id = item_id)`;
    const own = `EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency()))`;
    for (const table of PARTS) {
      await runner.query(`CREATE POLICY reader_reads ON ${table} FOR SELECT TO concordat_app USING (${seen})`);
      await runner.query(`CREATE POLICY originator_adds ON ${table} FOR INSERT TO concordat_app WITH CHECK (${own})`);
    }
    await runner.query(`CREATE POLICY reader_saves ON record FOR UPDATE TO concordat_app USING (${seen}) WITH CHECK (${seen})`);
    // A version keeps the marking it was saved under: widening the record later does not open what was said before.
    await runner.query(`
      CREATE POLICY reader_reads ON record_version FOR SELECT TO concordat_app USING (EXISTS (
        SELECT FROM item i
         WHERE i.id = item_id
           AND ${inSight('i.workspace_id', 'record_version')}
           AND (record_version.releasable_to IS NULL OR i.originator_agency_id = (SELECT law.agency())
             OR (SELECT law.agency()) = ANY (record_version.releasable_to))))`);
    await runner.query(`
      CREATE POLICY reader_saves ON record_version FOR INSERT TO concordat_app
        WITH CHECK (${seen} AND saved_by_agency_id = (SELECT law.agency()))`);
  }

  /** For deciding per recipient. The worker may ask about any item, an agency only about one it sees itself. */
  private async createAudience(runner: QueryRunner): Promise<void> {
    const definer = `LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''`;
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE FUNCTION law.audience_of_item(item uuid) RETURNS SETOF uuid ${definer}
      BEGIN ATOMIC
        SELECT DISTINCT s.agency_id FROM public.item i
          JOIN law.standing s ON s.workspace_id = i.workspace_id AND law.rank(i.tier, i.sensitive) <= s.reach
         WHERE i.id = $1
           AND (i.releasable_to IS NULL OR i.originator_agency_id = s.agency_id OR s.agency_id = ANY (i.releasable_to));
      END`);
    await runner.query(`
      CREATE FUNCTION law.agencies_that_may_see_item(item uuid) RETURNS SETOF uuid ${definer}
      BEGIN ATOMIC
        SELECT agency FROM law.audience_of_item($1) AS agency
         WHERE law.is_worker() OR (law.works_on_cases() AND law.agency() IN (SELECT law.audience_of_item($1)));
      END`);
    await runner.query(`
      CREATE FUNCTION law.agency_may_see_item(agency uuid, item uuid) RETURNS boolean ${definer}
        RETURN EXISTS (SELECT FROM law.agencies_that_may_see_item($2) AS seeing WHERE seeing = $1)`);
    for (const signature of ['law.audience_of_item(uuid)', 'law.agencies_that_may_see_item(uuid)', 'law.agency_may_see_item(uuid, uuid)']) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
    }
    await runner.query(`
      GRANT EXECUTE ON FUNCTION law.agencies_that_may_see_item(uuid), law.agency_may_see_item(uuid, uuid) TO concordat_app, concordat_worker`);
  }

  /** Policies cannot compare a row with what it was; this can: only the originator lowers, and nobody moves an item. */
  private async keepMarkings(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION law.keep_marking() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        IF (NEW.id, NEW.workspace_id, NEW.originator_agency_id) IS DISTINCT FROM (OLD.id, OLD.workspace_id, OLD.originator_agency_id) THEN
          RAISE EXCEPTION 'An item stays in its workspace and with its originator' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.originator_agency_id IS DISTINCT FROM law.agency() AND (
          law.rank(NEW.tier, NEW.sensitive) < law.rank(OLD.tier, OLD.sensitive)
          OR NOT NEW.descriptors @> OLD.descriptors OR NOT NEW.handling @> OLD.handling
          OR (OLD.releasable_to IS NOT NULL
            AND (NEW.releasable_to IS NULL OR NOT NEW.releasable_to <@ (OLD.releasable_to || OLD.originator_agency_id)))
        ) THEN
          RAISE EXCEPTION 'Only the originator lowers a marking' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`GRANT EXECUTE ON FUNCTION law.keep_marking() TO concordat_owner`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE TRIGGER keep_marking BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION law.keep_marking()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER keep_marking ON item`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP FUNCTION law.keep_marking(), law.agency_may_see_item(uuid, uuid), law.agencies_that_may_see_item(uuid), law.audience_of_item(uuid)`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY reader_reads ON record_version`);
    await runner.query(`DROP POLICY reader_saves ON record_version`);
    await runner.query(`DROP POLICY reader_saves ON record`);
    for (const table of PARTS) for (const policy of ['reader_reads', 'originator_adds']) await runner.query(`DROP POLICY ${policy} ON ${table}`);
    for (const policy of ['agency_reads', 'originator_adds', 'reader_saves', 'law_decides']) await runner.query(`DROP POLICY ${policy} ON item`);
    for (const table of ['item', ...PARTS, 'record_version']) {
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`REVOKE SELECT ON item FROM concordat_law`);
    await runner.query(`RESET ROLE`);
  }
}
