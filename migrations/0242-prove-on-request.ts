import type { MigrationInterface, QueryRunner } from 'typeorm';

const SYSTEM = `(SELECT current_setting('concordat.system', true)) = 'worker'`;
const AUDITOR = `'auditor' = ANY (string_to_array((SELECT current_setting('concordat.roles', true)), ','))`;
const FUNCTIONS = ['ask_for_body_proof(uuid, uuid, text, timestamptz)', 'asked_proof_of(uuid)', 'take_asked_proof(timestamptz, timestamptz)', 'note_asked_proof(uuid, bigint, timestamptz)', 'end_asked_proof(uuid, timestamptz, text, text)'];

/**
 * That an auditor has asked for one exhibit's sealed body to be read now, and how far that reading is. Auditors learn its size, when it
 * was last proven and how far it is read, and nothing of what is in it; only the product itself takes a request up and ends it.
 */
export class ProveOnRequest1763700024200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE body_proof_request (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        asked_by uuid NOT NULL REFERENCES person (id),
        asked_by_name text NOT NULL,
        asked_at timestamptz NOT NULL,
        read_bytes bigint NOT NULL DEFAULT 0,
        touched_at timestamptz,
        ended_at timestamptz,
        outcome text CHECK (outcome IN ('whole', 'altered', 'missing', 'locked')),
        code text,
        CHECK (num_nonnulls(ended_at, outcome, code) IN (0, 3))
      )`);
    await runner.query(`CREATE UNIQUE INDEX body_proof_request_open ON body_proof_request (item_id) WHERE ended_at IS NULL`);
    await runner.query(`CREATE INDEX body_proof_request_of_item ON body_proof_request (item_id, asked_at)`);
    await runner.query(`ALTER TABLE body_proof_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY asked_by_auditors ON body_proof_request TO concordat_owner USING (${SYSTEM} OR ${AUDITOR}) WITH CHECK (${SYSTEM} OR ${AUDITOR})`);
    await this.createAsk(runner);
    await this.createTake(runner);
    for (const name of FUNCTIONS) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO concordat_app`);
    }
    await runner.query(`RESET ROLE`);
  }

  /** `asked`, `under-way` where somebody has asked already, `busy` where one person has too many open, or `nothing` to read: a thing, no exhibit, or one that was disposed of. */
  private async createAsk(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ask_for_body_proof(request uuid, item uuid, name text, at timestamptz) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
      BEGIN
        IF NOT coalesce(${AUDITOR}, false) OR NOT EXISTS (
          SELECT FROM public.exhibit x WHERE x.item_id = item AND x.blob_key IS NOT NULL AND EXISTS (SELECT FROM public.exhibit_packet p WHERE p.item_id = item)) THEN RETURN 'nothing'; END IF;
        PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('proofs asked for', 0));
        IF EXISTS (SELECT FROM public.body_proof_request r WHERE r.item_id = item AND r.ended_at IS NULL) THEN RETURN 'under-way'; END IF;
        IF (SELECT count(*) FROM public.body_proof_request r WHERE r.asked_by = law.person() AND r.ended_at IS NULL) >= 5 THEN RETURN 'busy'; END IF;
        INSERT INTO public.body_proof_request (id, item_id, asked_by, asked_by_name, asked_at) VALUES (request, item, law.person(), name, at);
        RETURN 'asked';
      END $$`);
    await runner.query(`
      CREATE FUNCTION asked_proof_of(item uuid)
        RETURNS TABLE (size_bytes bigint, checked_at timestamptz, found text, proven_at timestamptz, asked_by text, asked_at timestamptz, read_bytes bigint, ended_at timestamptz, outcome text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        SELECT x.size_bytes, b.checked_at, b.outcome, b.proven_at, r.asked_by_name, r.asked_at, r.read_bytes, r.ended_at, r.outcome
          FROM public.exhibit x
          LEFT JOIN public.body_proof b ON b.item_id = x.item_id
          LEFT JOIN LATERAL (SELECT * FROM public.body_proof_request q WHERE q.item_id = x.item_id ORDER BY q.asked_at DESC LIMIT 1) r ON true
         WHERE x.item_id = $1 AND x.blob_key IS NOT NULL AND ${AUDITOR};
      END`);
  }

  /** One that nobody reads: asked for and not begun, or begun by a process that has said nothing since `stale`. */
  private async createTake(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION take_asked_proof(at timestamptz, stale timestamptz)
        RETURNS TABLE (request uuid, item_id uuid, reference text, blob_key uuid, size_bytes bigint, sha256 text, fingerprint text, locked_key bytea, packet bytea)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        UPDATE public.body_proof_request r SET touched_at = $1, read_bytes = 0
         WHERE r.id = (SELECT q.id FROM public.body_proof_request q WHERE ${SYSTEM} AND q.ended_at IS NULL AND (q.touched_at IS NULL OR q.touched_at < $2) ORDER BY q.asked_at LIMIT 1 FOR UPDATE SKIP LOCKED);
        SELECT r.id, x.item_id, x.reference, x.blob_key, x.size_bytes, x.sha256, v.fingerprint, v.locked_key, v.packet
          FROM public.body_proof_request r JOIN public.exhibit x ON x.item_id = r.item_id
          LEFT JOIN LATERAL (
            SELECT k.fingerprint, k.locked_key, p.packet
              FROM public.exhibit_packet p JOIN public.agency_key k ON k.fingerprint = p.key_fingerprint AND k.agency_id = p.agency_id AND k.portal_held
             WHERE p.item_id = x.item_id ORDER BY p.added_at LIMIT 1) v ON true
         WHERE ${SYSTEM} AND r.ended_at IS NULL AND r.touched_at = $1 AND r.read_bytes = 0
         ORDER BY r.asked_at LIMIT 1;
      END`);
    await runner.query(`
      CREATE FUNCTION note_asked_proof(request uuid, read bigint, at timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        UPDATE public.body_proof_request SET read_bytes = $2, touched_at = $3 WHERE id = $1 AND ended_at IS NULL AND ${SYSTEM};
      END`);
    await runner.query(`
      CREATE FUNCTION end_asked_proof(request uuid, at timestamptz, outcome text, code text) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
      BEGIN ATOMIC
        UPDATE public.body_proof_request SET ended_at = $2, outcome = $3, code = $4 WHERE id = $1 AND ended_at IS NULL AND ${SYSTEM};
      END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of FUNCTIONS) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query(`DROP TABLE body_proof_request`);
    await runner.query(`RESET ROLE`);
  }
}
