import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A pending request may also be one to sign somebody out at her agency: then it names the session of ours that has ended.
 * One that names none is a sign-in. Neither can be completed by the answer to the other.
 */
export class LetSignOutBeAsked1763700009100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE saml_request ADD COLUMN session_id uuid REFERENCES session (id)`);
    await runner.query(`RESET ROLE`);
  }

  /** A pending sign-out read as a sign-in would be a way in, so none is left. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM saml_request WHERE session_id IS NOT NULL`);
    await runner.query(`ALTER TABLE saml_request DROP COLUMN session_id`);
  }
}
