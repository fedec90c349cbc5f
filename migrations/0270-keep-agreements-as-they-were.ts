import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every status an agreement has had, and since when: who could have seen an item on a day hangs on it. Written by the database with the
 * agreement itself, whoever changes it. One that was no longer live before this counts from now on: since when it was so is not kept.
 */
export class KeepAgreementsAsTheyWere1763700027000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE agreement_status (
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        since timestamptz NOT NULL,
        status text NOT NULL,
        PRIMARY KEY (agreement_id, since)
      )`);
    // Nothing is read under an agreement before its first day, whatever it was called then.
    await runner.query(`
      INSERT INTO agreement_status (agreement_id, since, status)
      SELECT id, CASE WHEN status IN ('live', 'draft') THEN least(valid_from, now()) ELSE now() END, status FROM agreement`);
    await runner.query(`ALTER TABLE agreement_status ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    for (const act of ['SELECT', 'INSERT', 'UPDATE']) {
      const seen = act === 'INSERT' ? 'WITH CHECK (true)' : 'USING (true)';
      await runner.query(`CREATE POLICY agreement_keeps_${act.toLowerCase()} ON agreement_status FOR ${act} TO concordat_owner ${seen}`);
    }
    await runner.query(`GRANT SELECT ON agreement_status TO concordat_auditor, concordat_law`);
    await runner.query(`CREATE POLICY auditor_reads ON agreement_status FOR SELECT TO concordat_auditor USING (true)`);
    await runner.query(`CREATE POLICY law_decides ON agreement_status FOR SELECT TO concordat_law USING (true)`);
    await this.keep(runner);
    await runner.query(`RESET ROLE`);
  }

  private async keep(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION keep_agreement_as_it_was() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      DECLARE
        last timestamptz := (SELECT max(k.since) FROM public.agreement_status k WHERE k.agreement_id = NEW.id);
        since timestamptz := CASE WHEN last IS NULL THEN least(NEW.valid_from, law.moment()) ELSE greatest(law.moment(), last) END;
      BEGIN
        INSERT INTO public.agreement_status (agreement_id, since, status) VALUES (NEW.id, since, NEW.status)
        ON CONFLICT ON CONSTRAINT agreement_status_pkey DO UPDATE SET status = EXCLUDED.status;
        RETURN NULL;
      END $$`);
    await runner.query(`CREATE TRIGGER keep_first_status AFTER INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION keep_agreement_as_it_was()`);
    await runner.query(`
      CREATE TRIGGER keep_later_status AFTER UPDATE ON agreement FOR EACH ROW WHEN (NEW.status IS DISTINCT FROM OLD.status)
      EXECUTE FUNCTION keep_agreement_as_it_was()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER keep_later_status ON agreement`);
    await runner.query(`DROP TRIGGER keep_first_status ON agreement`);
    await runner.query(`DROP FUNCTION keep_agreement_as_it_was()`);
    await runner.query(`DROP TABLE agreement_status`);
    await runner.query(`RESET ROLE`);
  }
}
