import type { MigrationInterface, QueryRunner } from 'typeorm';

const PERSON = `(SELECT nullif(current_setting('concordat.person', true), '')::uuid)`;

/** Signing in is recorded as the person's own act in a transaction that has nobody behind it yet; no other act is. */
export class RecordSignIn1763700006200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replace(runner, `(person_id = ${PERSON} OR (${PERSON} IS NULL AND verb = 'session.sign-in'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replace(runner, `person_id = ${PERSON}`);
  }

  private async replace(runner: QueryRunner, condition: string): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY ledger_append_as_self ON ledger_entry`);
    await runner.query(`
      CREATE POLICY ledger_append_as_self ON ledger_entry FOR INSERT TO concordat_app
        WITH CHECK (person_id IS NULL OR ${condition})`);
    await runner.query(`RESET ROLE`);
  }
}
