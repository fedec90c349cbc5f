import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The qualifiers of the name a session was opened with. Whoever asks the agency to end its own session must name the person
 * in the very form in which the agency did (SAML core section 3.7.1), which the name alone is not.
 */
export class KeepNameAsAsserted1763700009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN idp_name_qualifier text CHECK (char_length(idp_name_qualifier) <= 1024),
        ADD COLUMN idp_sp_name_qualifier text CHECK (char_length(idp_sp_name_qualifier) <= 1024)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session DROP COLUMN idp_name_qualifier, DROP COLUMN idp_sp_name_qualifier`);
  }
}
