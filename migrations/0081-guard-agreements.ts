import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['agreement', 'agreement_party', 'agreement_clause'];

/** An agency reads the agreements it is a party to. They are drawn up by the operator's command line, for all parties. */
export class GuardAgreements1763700008100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT SELECT ON ${TABLES.join(', ')} TO concordat_law`);
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY law_decides ON ${table} FOR SELECT TO concordat_law USING (true)`);
      await runner.query(`CREATE POLICY operator_draws_up ON ${table} TO concordat_owner USING (true)`);
      await runner.query(`CREATE POLICY worker_reads ON ${table} FOR SELECT TO concordat_worker USING (true)`);
    }
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`
      CREATE VIEW law.own_agreement WITH (security_barrier) AS
        SELECT agreement_id FROM public.agreement_party WHERE agency_id = (SELECT law.agency())`);
    await runner.query(`GRANT SELECT ON law.own_agreement TO concordat_app`);
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) {
      const key = table === 'agreement' ? 'id' : 'agreement_id';
      await runner.query(`
        CREATE POLICY party_reads ON ${table} FOR SELECT TO concordat_app
          USING (${key} IN (SELECT own.agreement_id FROM law.own_agreement own))`);
    }
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) {
      for (const policy of ['party_reads', 'worker_reads', 'operator_draws_up', 'law_decides']) {
        await runner.query(`DROP POLICY ${policy} ON ${table}`);
      }
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`REVOKE SELECT ON ${TABLES.join(', ')} FROM concordat_law`);
    await runner.query(`SET LOCAL ROLE concordat_law`);
    await runner.query(`DROP VIEW law.own_agreement`);
    await runner.query(`RESET ROLE`);
  }
}
