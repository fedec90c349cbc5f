import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A ticket and a leaf say of when their entry is, so that it is looked for in its month alone: what reads the ledger in the order
 * of its leaves would otherwise ask every month for each entry. It says nothing new: whoever reads leaves reads entries.
 *
 * An entry is queued once, and not again once it has its place, which keeps its id the only one: the ticket first, then a look
 * at the leaves, so that of two at one time the second waits for the first and then sees it.
 */
export class LeadFromLeafToMonth1763700017100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE ledger_leaf ADD COLUMN at timestamptz`);
    await runner.query(`ALTER TABLE ledger_leaf DISABLE TRIGGER ledger_leaf_append_only`);
    await runner.query(`UPDATE ledger_leaf l SET at = e.at FROM ledger_entry e WHERE e.id = l.entry_id`);
    // Of an entry that was erased the record of that says it; of one that is gone nobody does.
    await runner.query(`
      UPDATE ledger_leaf l SET at = ledger_instant(r.body::jsonb #>> '{details,erased,at}')
        FROM ledger_erasure x JOIN ledger_entry r ON r.id = x.erasure_id WHERE x.entry_id = l.entry_id AND l.at IS NULL`);
    await runner.query(`ALTER TABLE ledger_leaf ENABLE TRIGGER ledger_leaf_append_only`);
    await runner.query(`ALTER TABLE ledger_waiting ADD COLUMN at timestamptz`);
    await runner.query(`UPDATE ledger_waiting w SET at = e.at FROM ledger_entry e WHERE e.id = w.entry_id`);
    await runner.query(`ALTER TABLE ledger_waiting ALTER COLUMN at SET NOT NULL, ADD UNIQUE (entry_id)`);
    await this.replaceQueue(runner, `
        INSERT INTO public.ledger_waiting (entry_id, at) VALUES (NEW.id, NEW.at);
        PERFORM FROM public.ledger_leaf l WHERE l.entry_id = NEW.id;
        IF FOUND THEN RAISE EXCEPTION 'The ledger has an entry % already', NEW.id USING ERRCODE = 'unique_violation'; END IF;`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await this.replaceQueue(runner, `
        INSERT INTO public.ledger_waiting (entry_id) VALUES (NEW.id);`);
    await runner.query(`ALTER TABLE ledger_waiting DROP CONSTRAINT ledger_waiting_entry_id_key, DROP COLUMN at`);
    await runner.query(`ALTER TABLE ledger_leaf DROP COLUMN at`);
    await runner.query(`RESET ROLE`);
  }

  private async replaceQueue(runner: QueryRunner, queued: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION ledger_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF pg_try_advisory_xact_lock(hashtext('concordat_ledger')) THEN PERFORM pg_notify('concordat_ledger', ''); END IF;${queued}
        RETURN NULL;
      END $$`);
  }
}
