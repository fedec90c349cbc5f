import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What names both an item and a workspace names an item of that workspace: the key carries both, so no code can mix them up. */
export class CarryWorkspaceToItems1763700009600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE item ADD CONSTRAINT item_of_workspace UNIQUE (id, workspace_id)`);
    await runner.query(`ALTER TABLE alert DROP CONSTRAINT alert_item_id_fkey`);
    for (const table of ['alert', 'upload_ticket']) {
      await runner.query(`
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_item_of_workspace
          FOREIGN KEY (item_id, workspace_id) REFERENCES item (id, workspace_id)`);
    }
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of ['alert', 'upload_ticket']) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_item_of_workspace`);
    await runner.query(`ALTER TABLE alert ADD CONSTRAINT alert_item_id_fkey FOREIGN KEY (item_id) REFERENCES item (id)`);
    await runner.query(`ALTER TABLE item DROP CONSTRAINT item_of_workspace`);
    await runner.query(`RESET ROLE`);
  }
}
