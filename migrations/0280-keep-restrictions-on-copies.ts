import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was made of another agency's exhibit keeps what that agency restricts: whoever makes a copy is its originator, and would else free
 * that agency's material by making, marking or sharing one. The same law as in the policy, for the case that the application forgets it.
 */
export class KeepRestrictionsOnCopies1763700028000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await this.createTerms(runner);
    await this.keepMarkings(runner, true);
    await this.keepCopies(runner);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`CREATE TRIGGER keep_origin AFTER INSERT ON exhibit FOR EACH ROW WHEN (NEW.derived_from IS NOT NULL) EXECUTE FUNCTION law.keep_origin()`);
    await runner.query(`RESET ROLE`);
  }

  private async createTerms(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION law.gives_up(held public.item, next public.item) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = ''
        RETURN law.rank((next).tier, (next).sensitive) < law.rank((held).tier, (held).sensitive)
          OR NOT (next).descriptors @> (held).descriptors OR NOT (next).handling @> (held).handling
          OR ((held).releasable_to IS NOT NULL
            AND ((next).releasable_to IS NULL OR NOT (next).releasable_to <@ ((held).releasable_to || (held).originator_agency_id)))`);
    // As whoever asks: what row-level security hides from her is found to be there, and not what it is.
    await runner.query(`
      CREATE FUNCTION law.frees_origin(derived_from uuid, held public.item, next public.item) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = '' AS $$
      DECLARE above uuid := derived_from; origin public.item;
      BEGIN
        IF NOT law.gives_up(held, next) THEN RETURN false; END IF;
        WHILE above IS NOT NULL LOOP
          SELECT * INTO origin FROM public.item i WHERE i.id = above;
          IF NOT FOUND THEN RETURN true; END IF;
          IF origin.originator_agency_id IS DISTINCT FROM law.agency() THEN RETURN law.gives_up(origin, next); END IF;
          above := (SELECT x.derived_from FROM public.exhibit x WHERE x.item_id = above);
        END LOOP;
        RETURN false;
      END $$`);
  }

  private async keepMarkings(runner: QueryRunner, ofCopies: boolean): Promise<void> {
    const copies = `
        IF law.agency() IS NOT NULL AND law.frees_origin((SELECT x.derived_from FROM public.exhibit x WHERE x.item_id = NEW.id), OLD, NEW) THEN
          RAISE EXCEPTION 'What was made of another agency''s exhibit keeps its restrictions' USING ERRCODE = 'insufficient_privilege';
        END IF;`;
    const lowered = ofCopies
      ? `law.gives_up(OLD, NEW)`
      : `(
          law.rank(NEW.tier, NEW.sensitive) < law.rank(OLD.tier, OLD.sensitive)
          OR NOT NEW.descriptors @> OLD.descriptors OR NOT NEW.handling @> OLD.handling
          OR (OLD.releasable_to IS NOT NULL
            AND (NEW.releasable_to IS NULL OR NOT NEW.releasable_to <@ (OLD.releasable_to || OLD.originator_agency_id)))
        )`;
    await runner.query(`
      CREATE OR REPLACE FUNCTION law.keep_marking() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        IF (NEW.id, NEW.workspace_id, NEW.originator_agency_id) IS DISTINCT FROM (OLD.id, OLD.workspace_id, OLD.originator_agency_id) THEN
          RAISE EXCEPTION 'An item stays in its workspace and with its originator' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.originator_agency_id IS DISTINCT FROM law.agency() AND ${lowered} THEN
          RAISE EXCEPTION 'Only the originator lowers a marking' USING ERRCODE = 'insufficient_privilege';
        END IF;${ofCopies ? copies : ''}
        RETURN NEW;
      END $$`);
  }

  /** Holds what a copy is made of as it is marked: who marks it anew at the same moment waits, and then finds the copy. */
  private async keepCopies(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION law.keep_origin() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      DECLARE made public.item; origin public.item;
      BEGIN
        IF law.agency() IS NULL THEN RETURN NULL; END IF;
        SELECT * INTO made FROM public.item i WHERE i.id = NEW.item_id;
        SELECT * INTO origin FROM public.item i WHERE i.id = NEW.derived_from FOR SHARE;
        IF NOT FOUND OR law.frees_origin(NEW.derived_from, origin, made) THEN
          RAISE EXCEPTION 'What is made of another agency''s exhibit keeps its restrictions' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$`);
    for (const signature of ['law.gives_up(public.item, public.item)', 'law.frees_origin(uuid, public.item, public.item)', 'law.keep_origin()']) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO concordat_owner, concordat_app, concordat_worker`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER keep_origin ON exhibit`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await this.keepMarkings(runner, false);
    await runner.query(`DROP FUNCTION law.keep_origin(), law.frees_origin(uuid, public.item, public.item), law.gives_up(public.item, public.item)`);
    await runner.query(`RESET ROLE`);
  }
}
