import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No disposal is approved of what is under a hold, and no hold placed on what was disposed of, whatever the application has asked: each
 * waits for the other where they meet, and the later one fails.
 */
export class LetNoHoldBePassedBy1763700024300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE POLICY disposal_asks ON evidence_hold FOR SELECT TO concordat_owner USING (true)`);
    await runner.query(`
      CREATE FUNCTION no_disposal_under_hold() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      DECLARE workspace uuid;
      BEGIN
        SELECT i.workspace_id INTO workspace FROM public.item i WHERE i.id = NEW.item_id;
        PERFORM pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('holds ' || workspace::text, 0));
        IF EXISTS (SELECT FROM public.evidence_hold h WHERE h.workspace_id = workspace AND h.lifted_at IS NULL AND (h.item_id IS NULL OR h.item_id = NEW.item_id)) THEN
          RAISE EXCEPTION 'What is under a hold is not disposed of';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`CREATE TRIGGER no_disposal_under_hold BEFORE INSERT OR UPDATE ON disposal FOR EACH ROW WHEN (NEW.approved) EXECUTE FUNCTION no_disposal_under_hold()`);
    await runner.query(`
      CREATE FUNCTION no_hold_after_disposal() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      BEGIN
        PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('holds ' || NEW.workspace_id::text, 0));
        IF EXISTS (SELECT FROM public.disposal d WHERE d.item_id = NEW.item_id AND d.approved) THEN
          RAISE EXCEPTION 'What was disposed of cannot be held';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`CREATE TRIGGER no_hold_after_disposal BEFORE INSERT ON evidence_hold FOR EACH ROW EXECUTE FUNCTION no_hold_after_disposal()`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER no_hold_after_disposal ON evidence_hold`);
    await runner.query(`DROP FUNCTION no_hold_after_disposal()`);
    await runner.query(`DROP TRIGGER no_disposal_under_hold ON disposal`);
    await runner.query(`DROP FUNCTION no_disposal_under_hold()`);
    await runner.query(`DROP POLICY disposal_asks ON evidence_hold`);
    await runner.query(`RESET ROLE`);
  }
}
