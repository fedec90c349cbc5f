import type { MigrationInterface, QueryRunner } from 'typeorm';

const MARKING = 'tier, sensitive, descriptors, handling, releasable_to';
const NEW = MARKING.split(', ').map((column) => `NEW.${column}`).join(', ');
const OLD = MARKING.split(', ').map((column) => `OLD.${column}`).join(', ');

/**
 * Every marking an item has had, and since when: who could have seen it on a day hangs on it. Written by the database with the item
 * itself, whoever changes it. Of what was marked anew before this there is only what the versions of records tell.
 */
export class KeepMarkingsAsTheyWere1763700026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE item_marking (
        item_id uuid NOT NULL REFERENCES item (id),
        since timestamptz NOT NULL,
        tier smallint NOT NULL,
        sensitive boolean NOT NULL,
        descriptors text[] NOT NULL,
        handling text[] NOT NULL,
        releasable_to uuid[],
        PRIMARY KEY (item_id, since)
      )`);
    await this.fill(runner);
    await runner.query(`ALTER TABLE item_marking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    for (const act of ['SELECT', 'INSERT', 'UPDATE']) {
      const seen = act === 'INSERT' ? 'WITH CHECK (true)' : 'USING (true)';
      await runner.query(`CREATE POLICY item_keeps_${act.toLowerCase()} ON item_marking FOR ${act} TO concordat_owner ${seen}`);
    }
    await runner.query(`GRANT SELECT ON item_marking TO concordat_auditor`);
    await runner.query(`CREATE POLICY auditor_reads ON item_marking FOR SELECT TO concordat_auditor USING (true)`);
    await this.keep(runner);
    await runner.query(`RESET ROLE`);
  }

  private async fill(runner: QueryRunner): Promise<void> {
    // Filled by the table's owner, whom the policies of the tables read here let see nothing.
    for (const table of ['item', 'record_version']) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      INSERT INTO item_marking (item_id, since, ${MARKING})
      SELECT item_id, saved_at, ${MARKING} FROM record_version
      UNION ALL
      SELECT id, created_at, ${MARKING} FROM item i WHERE NOT EXISTS (SELECT FROM record_version v WHERE v.item_id = i.id)
      ON CONFLICT DO NOTHING`);
    for (const table of ['item', 'record_version']) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  /** Two acts on one item follow each other, whatever time each began at: what was written later counts from no earlier. */
  private async keep(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION keep_marking_as_it_was() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      DECLARE last timestamptz := (SELECT max(k.since) FROM public.item_marking k WHERE k.item_id = NEW.id);
      BEGIN
        INSERT INTO public.item_marking (item_id, since, ${MARKING}) VALUES (NEW.id, greatest(NEW.updated_at, last), ${NEW})
        ON CONFLICT (item_id, since) DO UPDATE
          SET (${MARKING}) = (${MARKING.split(', ').map((column) => `EXCLUDED.${column}`).join(', ')});
        RETURN NULL;
      END $$`);
    await runner.query(`CREATE TRIGGER keep_first_marking AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION keep_marking_as_it_was()`);
    await runner.query(`
      CREATE TRIGGER keep_later_marking AFTER UPDATE ON item FOR EACH ROW WHEN ((${NEW}) IS DISTINCT FROM (${OLD}))
      EXECUTE FUNCTION keep_marking_as_it_was()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER keep_later_marking ON item`);
    await runner.query(`DROP TRIGGER keep_first_marking ON item`);
    await runner.query(`DROP FUNCTION keep_marking_as_it_was()`);
    await runner.query(`DROP TABLE item_marking`);
    await runner.query(`RESET ROLE`);
  }
}
