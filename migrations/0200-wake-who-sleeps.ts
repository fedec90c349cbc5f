import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An act notifies only while a sequencer sleeps, which it tells by holding this lock (`sequencer-sleep.ts`): a notifying
 * transaction holds a lock of the whole server as it commits, and wakes every connection that listens to anything. Nothing is
 * lost where the two miss each other, since the sequencer looks by itself.
 */
export class WakeWhoSleeps1763700020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replaceQueue(runner, `IF NOT pg_try_advisory_xact_lock_shared(hashtext('concordat_ledger')) THEN`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replaceQueue(runner, `IF pg_try_advisory_xact_lock(hashtext('concordat_ledger')) THEN`);
  }

  private async replaceQueue(runner: QueryRunner, where: string): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION ledger_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        ${where} PERFORM pg_notify('concordat_ledger', ''); END IF;
        INSERT INTO public.ledger_waiting (entry_id, at) VALUES (NEW.id, NEW.at);
        PERFORM FROM public.ledger_leaf l WHERE l.entry_id = NEW.id;
        IF FOUND THEN RAISE EXCEPTION 'The ledger has an entry % already', NEW.id USING ERRCODE = 'unique_violation'; END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`RESET ROLE`);
  }
}
