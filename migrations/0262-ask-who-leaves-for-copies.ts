import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever leaves a case is asked what became of its copies, as by a recall: of each exhibit of another agency that its people opened or
 * took, as far as the one who ended its part sees that exhibit. The agency the exhibit is from reads the answer, and the one that leads.
 */
export class AskWhoLeavesForCopies1763700026200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE exhibit_recall ADD COLUMN why text NOT NULL DEFAULT 'recalled' CHECK (why IN ('recalled', 'left'))`);
    const works = `(SELECT law.works_on_cases())`;
    await runner.query(`
      CREATE POLICY lead_reads ON exhibit_recall FOR SELECT TO concordat_app
        USING (why = 'left' AND ${works} AND EXISTS (SELECT FROM item i JOIN workspace w ON w.id = i.workspace_id
          WHERE i.id = item_id AND w.lead_agency_id = (SELECT law.agency())))`);
    // Only together with an end that the same person makes in the same act, and in the name of the agency the exhibit is from.
    await runner.query(`
      CREATE POLICY ender_asks ON exhibit_recall FOR INSERT TO concordat_app
        WITH CHECK (why = 'left' AND ${works} AND recalled_by = (SELECT law.person()) AND answered_at IS NULL
          AND EXISTS (SELECT FROM item i JOIN member_end e ON e.workspace_id = i.workspace_id
            WHERE i.id = exhibit_recall.item_id AND i.originator_agency_id = exhibit_recall.by_agency_id
              AND e.agency_id = exhibit_recall.agency_id AND e.ended_by = exhibit_recall.recalled_by AND e.ended_at = exhibit_recall.recalled_at))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY ender_asks ON exhibit_recall`);
    await runner.query(`DROP POLICY lead_reads ON exhibit_recall`);
    await runner.query(`ALTER TABLE exhibit_recall DROP COLUMN why`);
    await runner.query(`RESET ROLE`);
  }
}
