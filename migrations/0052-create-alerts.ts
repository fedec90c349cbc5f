import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Duty posts, the alerts raised for them, and by which channel each was told. One alert per event and post, one delivery
 * per alert and channel: however often a job is delivered, nobody is told twice. An alert holds no case content; what it
 * is about is read from the case, by whoever may still see it then.
 */
export class CreateAlerts1763700005200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE duty_post (
        id uuid PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES agency (id),
        name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
        email text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 320 AND email ~ '^[^\\s@<>,;:"]+@[^\\s@<>,;:"]+$'),
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        UNIQUE (id, agency_id)
      )`);
    await runner.query(`CREATE INDEX duty_post_agency ON duty_post (agency_id) WHERE closed_at IS NULL`);
    await this.createAlert(runner);
    await this.createDelivery(runner);
    await runner.query(`GRANT SELECT ON duty_post TO concordat_app, concordat_worker`);
    await runner.query(`GRANT SELECT ON alert, delivery TO concordat_app`);
    await runner.query(`GRANT UPDATE (acknowledged_at, acknowledged_by, acknowledged_by_name) ON alert TO concordat_app`);
    await runner.query(`GRANT UPDATE (state, changed_at) ON delivery TO concordat_app`);
    await runner.query(`GRANT SELECT, INSERT ON alert TO concordat_worker`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE ON delivery TO concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  private async createAlert(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE CHECK (reference ~ '^AL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
        event_id uuid NOT NULL REFERENCES outbox (id),
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        item_id uuid NOT NULL REFERENCES item (id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        duty_post_id uuid NOT NULL,
        urgency text NOT NULL CHECK (urgency IN ('critical', 'high', 'normal')),
        raised_at timestamptz NOT NULL,
        acknowledged_at timestamptz,
        acknowledged_by uuid REFERENCES person (id),
        acknowledged_by_name text,
        FOREIGN KEY (duty_post_id, agency_id) REFERENCES duty_post (id, agency_id),
        UNIQUE (event_id, duty_post_id),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_by_name IS NULL))
      )`);
    await runner.query(`CREATE INDEX alert_open ON alert (agency_id, raised_at DESC, id DESC) WHERE acknowledged_at IS NULL`);
    await runner.query(`CREATE INDEX alert_newest ON alert (agency_id, raised_at DESC, id DESC)`);
    await runner.query(`CREATE INDEX alert_item ON alert (item_id)`);
  }

  /** `accepted` is said only when the other side said so: its mail server, or the person who acknowledged. */
  private async createDelivery(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        alert_id uuid NOT NULL REFERENCES alert (id),
        channel text NOT NULL CHECK (channel IN ('portal', 'email')),
        state text NOT NULL CHECK (state IN ('queued', 'handed-over', 'accepted', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        UNIQUE (alert_id, channel)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE delivery, alert, duty_post`);
  }
}
