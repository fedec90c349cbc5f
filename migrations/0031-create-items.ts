import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everything in an investigation that carries a marking. What was once written stays: notes, findings and versions of a
 * record can be added and read, never changed, and the item row changes only where a new version of a record says so.
 */
export class CreateItems1763700003100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE item (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        kind text NOT NULL CHECK (kind IN ('note', 'record', 'finding', 'exhibit')),
        title text NOT NULL,
        originator_agency_id uuid NOT NULL REFERENCES agency (id),
        tier smallint NOT NULL,
        sensitive boolean NOT NULL,
        descriptors text[] NOT NULL DEFAULT '{}',
        handling text[] NOT NULL DEFAULT '{}',
        releasable_to uuid[],
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES person (id),
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        words tsvector NOT NULL,
        UNIQUE (id, kind)
      )`);
    await runner.query(`CREATE INDEX item_newest ON item (workspace_id, created_at DESC, id DESC)`);
    await this.createKinds(runner);
    await runner.query(`GRANT SELECT, INSERT ON item, note, finding, record, record_version TO concordat_app`);
    await runner.query(
      `GRANT UPDATE (title, tier, sensitive, descriptors, handling, releasable_to, version, updated_at, words) ON item TO concordat_app`,
    );
    await runner.query(`GRANT UPDATE (body) ON record TO concordat_app`);
    await runner.query(`GRANT SELECT ON item, finding TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  /** The kind is part of each key, so that a note's text can hang on nothing but a note. */
  private async createKinds(runner: QueryRunner): Promise<void> {
    const key = (kind: string): string =>
      `item_id uuid PRIMARY KEY, kind text NOT NULL DEFAULT '${kind}' CHECK (kind = '${kind}'), FOREIGN KEY (item_id, kind) REFERENCES item (id, kind)`;
    await runner.query(`CREATE TABLE note (${key('note')}, body text NOT NULL)`);
    await runner.query(`CREATE TABLE record (${key('record')}, body text NOT NULL)`);
    await runner.query(`
      CREATE TABLE record_version (
        item_id uuid NOT NULL REFERENCES record (item_id),
        version integer NOT NULL CHECK (version > 0),
        title text NOT NULL,
        body text NOT NULL,
        tier smallint NOT NULL,
        sensitive boolean NOT NULL,
        descriptors text[] NOT NULL,
        handling text[] NOT NULL,
        releasable_to uuid[],
        saved_by uuid NOT NULL REFERENCES person (id),
        saved_by_name text NOT NULL,
        saved_by_agency_id uuid NOT NULL REFERENCES agency (id),
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, version)
      )`);
    await runner.query(`
      CREATE TABLE finding (
        ${key('finding')},
        inspected_on date NOT NULL,
        hygiene smallint NOT NULL,
        structure smallint NOT NULL,
        confidence smallint NOT NULL,
        imminent_risk boolean NOT NULL,
        narrative text NOT NULL,
        rating smallint NOT NULL CHECK (rating BETWEEN 0 AND 5),
        rating_words text NOT NULL,
        breach boolean NOT NULL,
        urgency text CHECK (urgency IN ('critical', 'high', 'normal')),
        rule_id text,
        rule_version integer,
        rule_words text,
        tell text[] NOT NULL DEFAULT '{}',
        CHECK (breach = (rule_id IS NOT NULL) AND breach = (urgency IS NOT NULL) AND breach = (rule_version IS NOT NULL))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE finding, record_version, record, note, item`);
  }
}
