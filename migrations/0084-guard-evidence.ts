import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['exhibit', 'exhibit_packet', 'custody_event'];

/** An exhibit, what opens it and who has had it are seen with the item. Only its originator deposits; every reader leaves a custody event. */
export class GuardEvidence1763700008400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const seen = `EXISTS (SELECT FROM item i WHERE i.id = item_id)`;
    const own = `EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency()))`;
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY reader_reads ON ${table} FOR SELECT TO concordat_app USING (${seen})`);
    }
    await runner.query(`CREATE POLICY adds ON exhibit FOR INSERT TO concordat_app WITH CHECK (${own})`);
    await runner.query(`CREATE POLICY adds ON exhibit_packet FOR INSERT TO concordat_app WITH CHECK (${seen})`);
    await runner.query(`CREATE POLICY adds ON custody_event FOR INSERT TO concordat_app WITH CHECK (${seen} AND by_id = (SELECT law.person()))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) {
      await runner.query(`DROP POLICY adds ON ${table}`);
      await runner.query(`DROP POLICY reader_reads ON ${table}`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`RESET ROLE`);
  }
}
