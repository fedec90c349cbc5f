import type { MigrationInterface, QueryRunner } from 'typeorm';

const NEWEST_FIRST = 'at DESC, id DESC';

/** By what an auditor narrows the log, each so that the newest entries of one value are read without reading the others. */
const INDEXES = {
  // One index for a person's id and for the names she had: both are looked up in it first, see `value-rows.ts`.
  ledger_entry_person: `(person_id, person_name, ${NEWEST_FIRST}) WHERE person_id IS NOT NULL`,
  ledger_entry_agency: `(agency_code, ${NEWEST_FIRST})`,
  ledger_entry_verb: `(verb, ${NEWEST_FIRST})`,
  ledger_entry_refused: `(${NEWEST_FIRST}) WHERE outcome = 'refused'`,
  ledger_entry_clause: `(clause, ${NEWEST_FIRST}) WHERE clause IS NOT NULL`,
  ledger_entry_purpose: `(purpose, ${NEWEST_FIRST}) WHERE purpose IS NOT NULL`,
  ledger_entry_reference: `(workspace_reference, ${NEWEST_FIRST}) WHERE workspace_reference IS NOT NULL`,
  ledger_entry_correlation: `(correlation)`,
} as const;

/**
 * Searching ten million entries in the time of a page. The title a thing had when it was acted on and the request an act
 * belonged to are generated from the body like everything else that can be searched, so that a search never says what the
 * record does not.
 */
export class SearchLedgerFast1763700012100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      ALTER TABLE ledger_entry
        ADD COLUMN subject_title text GENERATED ALWAYS AS (body::jsonb #>> '{subject,title}') STORED,
        ADD COLUMN correlation text GENERATED ALWAYS AS (body::jsonb ->> 'correlation') STORED`);
    for (const [name, on] of Object.entries(INDEXES)) await runner.query(`CREATE INDEX ${name} ON ledger_entry ${on}`);
    await runner.query(`CREATE INDEX ledger_entry_title_words ON ledger_entry USING gin (to_tsvector('simple', subject_title)) WHERE subject_title IS NOT NULL`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of [...Object.keys(INDEXES), 'ledger_entry_title_words']) await runner.query(`DROP INDEX ${name}`);
    await runner.query(`ALTER TABLE ledger_entry DROP COLUMN subject_title, DROP COLUMN correlation`);
    await runner.query(`RESET ROLE`);
  }
}
