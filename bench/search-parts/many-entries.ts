import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { must } from '../../libs/kernel/index.js';
import { CompactRange, signCheckpoint } from '../../libs/tlog/index.js';
import { ledgerKey, type LedgerKey } from '../../src/ledger/index.js';
import { projectFolder } from '../../src/platform/config/index.js';

/** Entries of one statement: what goes wrong then loses little, and a run says how far it has come. */
const PER_STATEMENT = 250_000;
/** From how many on the indexes are built once at the end rather than kept up with each row. */
const BULK = 200_000;
const PEOPLE_PER_AGENCY = 60;
const CASES = 3_000;
const ITEMS_PER_CASE = 20;
/** Over how long a time the entries are spread, up to now. */
const SPREAD = `interval '3 years'`;

/** The key the demonstration's ledger is signed with. */
export function demonstrationKey(): LedgerKey {
  return ledgerKey(readFileSync(join(projectFolder(), 'keys-example', 'ledger.key.pem'), 'utf8'), 'demonstration.concordat.example/ledger');
}

/**
 * Makes `count` entries of three years as the product would have recorded them, past its door and the sequencer's: bodies
 * in their canonical spelling, leaves, the nodes of the tree and a signed checkpoint, so that the check finds the ledger
 * whole and the sequencer goes on from there. Nobody else may be writing meanwhile. People, cases and items are made up;
 * agencies are those there are. What is done most, by whom and where, is uneven, as in life.
 */
export async function makeLedger(superuser: pg.Client, count: number, told: (made: number) => void = () => undefined): Promise<void> {
  await superuser.query(`SELECT setseed(0.5)`);
  for (const statement of CAST) await superuser.query(statement);
  await superuser.query(MONTHS);
  const indexes = count >= BULK ? await takeIndexes(superuser) : [];
  // Neither queued entry by entry nor refused as an insertion behind the sequencer's back.
  await superuser.query('SET session_replication_role = replica');
  await readBodies(superuser, false);
  for (let from = 0; from < count; from += PER_STATEMENT) {
    const to = Math.min(count, from + PER_STATEMENT);
    await superuser.query(ENTRIES, [from, to - 1, count]);
    told(to);
  }
  await readBodies(superuser, true);
  await placeAll(superuser);
  await superuser.query('SET session_replication_role = origin');
  await superuser.query('DROP TABLE made_person, made_case, made_item');
  await superuser.query(`SET maintenance_work_mem = '1GB'`);
  for (const index of indexes) await superuser.query(index);
  await superuser.query('VACUUM ANALYZE ledger_entry, ledger_leaf, ledger_node');
  await sign(superuser, demonstrationKey());
}

const CAST = [
  `CREATE TEMP TABLE made_person AS
     SELECT row_number() OVER () - 1 AS n, a.id AS agency_id, a.code, a.name AS agency_name, gen_random_uuid() AS id, gen_random_uuid() AS session,
            (ARRAY['Ada','Ben','Cora','Dev','Esme','Finn','Gita','Hal','Iris','Jon'])[1 + p % 10] || ' '
              || (ARRAY['Abbott','Barlow','Chowdhury','Dunne','Ellis','Farrow'])[1 + p / 10] || ' ' || a.code AS name
       FROM (SELECT * FROM agency ORDER BY code) a, generate_series(0, ${PEOPLE_PER_AGENCY - 1}) p ORDER BY random()`,
  `CREATE TEMP TABLE made_case AS SELECT n, gen_random_uuid() AS id, 'MADE-' || to_char(n, 'FM000000') AS reference FROM generate_series(0, ${CASES - 1}) n`,
  `CREATE TEMP TABLE made_item AS
     SELECT c.n * ${ITEMS_PER_CASE} + i AS n, gen_random_uuid() AS id,
            (ARRAY['Visit','Letter','Sample','Complaint','Statement','Photograph'])[1 + i % 6] || ' about '
              || (ARRAY['Ladle','Spoon','Kettle','Griddle','Larder','Cleaver','Trivet','Skillet'])[1 + c.n % 8] || ' House ' || c.n AS title
       FROM made_case c, generate_series(0, ${ITEMS_PER_CASE - 1}) i`,
  'CREATE UNIQUE INDEX ON made_person (n)', 'CREATE UNIQUE INDEX ON made_case (n)', 'CREATE UNIQUE INDEX ON made_item (n)',
  'ANALYZE made_person', 'ANALYZE made_case', 'ANALYZE made_item',
] as const;

/** The months of the time before this one, as an installation that has been running would have made them. What lies before the first holds nothing yet. */
const MONTHS = `
  DO $do$
  DECLARE
    month timestamptz := date_trunc('month', now() - ${SPREAD});
    first timestamptz := (SELECT substring(pg_get_expr(relpartbound, oid) FROM $$TO \\('([^']+)'\\)$$)::timestamptz FROM pg_class WHERE relname = 'ledger_entry_earlier');
  BEGIN
    IF month >= first THEN RETURN; END IF;
    SET LOCAL ROLE concordat_owner;
    ALTER TABLE ledger_entry DETACH PARTITION ledger_entry_earlier;
    EXECUTE format('ALTER TABLE ledger_entry ATTACH PARTITION ledger_entry_earlier FOR VALUES FROM (MINVALUE) TO (%L)', month);
    WHILE month < first LOOP
      PERFORM ledger_make_month(month);
      month := month + interval '1 month';
    END LOOP;
  END $do$`;

/** What is done, out of a hundred how often, to what, and whether in a case. */
const ACTS = `(VALUES
  (0, 39, 'workspace.read', 'consultation', 'workspace', true), (40, 64, 'item.read', 'consultation', 'note', true), (65, 72, 'session.sign-in', 'sign-in', NULL, false),
  (73, 80, 'note.add', 'collection', 'note', true), (81, 86, 'record.save', 'alteration', 'note', true), (87, 90, 'exhibit.open', 'consultation', 'note', true),
  (91, 93, 'member.invite', 'disclosure', NULL, true), (94, 95, 'finding.record', 'collection', 'note', true), (96, 97, 'workspace.search', 'search', NULL, false),
  (98, 99, 'ledger.search', 'audit', NULL, false)
) AS a (low, high, verb, category, kind, in_case)`;

/** The columns a search asks for, with what the body below says in them. */
const SEARCHED: Readonly<Record<string, string>> = {
  at: 'at', verb: 'verb', category: 'category', outcome: 'outcome', person_id: 'person', person_name: 'name', agency_id: 'agency_id', agency_code: 'code',
  workspace_id: 'case_id', workspace_reference: 'reference', subject_id: 'subject', subject_title: 'title', item_ids: 'items::jsonb', cases: 'NULL::jsonb',
  clause: 'clause', purpose: 'purpose', correlation: 'correlation',
};

/** $1 to $2 of $3 entries. Keys stand in the order of RFC 8785, and no text in them has a character it would escape. */
const ENTRIES = `
  INSERT INTO ledger_entry (id, salt, body, leaf_hash, ${Object.keys(SEARCHED).join(', ')})
  SELECT id, salt, body, sha256('\\x00'::bytea || salt || convert_to(body, 'UTF8')), ${Object.values(SEARCHED).join(', ')}
  FROM (
    SELECT *, concat(
      '{"actor":{"agency":"', code, '","agencyId":"', agency_id, '","agencyName":"', agency_name, '","idp":"https://idp.example/', code, '","name":"', name,
      '","person":"', person, '","roles":["environmental-health-officer"],"session":"', session, '"}', ',"agreement":"' || agreement || '"',
      ',"at":"', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '","category":"', category, '"', ',"clause":"' || clause || '"',
      ',"correlation":"', correlation, '"', ',"details":{"items":' || items || '}', ',"id":"', id, '","outcome":"', outcome, '"', ',"purpose":"' || purpose || '"',
      ',"subject":{"id":"' || subject || '","kind":"' || kind || '"' || coalesce(',"marking":"OFFICIAL-SENSITIVE","title":"' || title || '"', '') || '}',
      ',"v":1,"verb":"', verb, '"', ',"workspace":{"id":"' || case_id || '","reference":"' || reference || '"}', '}') AS body
    FROM (
      SELECT d.n, d.id, d.at, d.outcome, decode(replace(gen_random_uuid()::text, '-', ''), 'hex') AS salt, gen_random_uuid()::text AS correlation,
        a.verb, a.category, p.id AS person, p.name, p.session, p.agency_id, p.code, p.agency_name,
        CASE WHEN a.in_case THEN c.id END AS case_id, CASE WHEN a.in_case THEN c.reference END AS reference,
        CASE a.kind WHEN 'workspace' THEN c.id::text WHEN 'note' THEN i.id::text END AS subject, a.kind, CASE WHEN a.kind = 'note' THEN i.title END AS title,
        CASE WHEN a.kind = 'workspace' THEN '["' || i.id || '","' || j.id || '"]' END AS items,
        CASE WHEN d.disclosed THEN 'ISA-MADE-' || d.clause / 4 END AS agreement, CASE WHEN d.disclosed THEN 3 + d.clause / 4 || '.' || d.clause % 4 END AS clause,
        CASE WHEN d.disclosed THEN (ARRAY['Protecting the public from unsafe food premises','Preventing crime and disorder','Safeguarding adults at risk','Fire safety of commercial premises'])[1 + d.clause % 4] END AS purpose
      FROM (
        SELECT n, gen_random_uuid() AS id, date_trunc('milliseconds', now() - ${SPREAD} + n * (${SPREAD} / $3::bigint)) AS at, floor(random() * 100)::int AS what,
               floor(power(random(), 2) * (SELECT count(*) FROM made_person))::int AS who, floor(power(random(), 2) * ${CASES})::int AS place,
               floor(random() * ${ITEMS_PER_CASE})::int AS thing, floor(power(random(), 2) * 20)::int AS clause, random() < 0.6 AS disclosed,
               CASE WHEN random() < 0.03 THEN 'refused' ELSE 'done' END AS outcome
          FROM generate_series($1::bigint, $2::bigint) n) d
      JOIN made_person p ON p.n = d.who
      JOIN made_case c ON c.n = d.place
      JOIN made_item i ON i.n = d.place * ${ITEMS_PER_CASE} + d.thing
      JOIN made_item j ON j.n = d.place * ${ITEMS_PER_CASE} + (d.thing + 1) % ${ITEMS_PER_CASE}
      JOIN ${ACTS} ON d.what BETWEEN a.low AND a.high
    ) facts
  ) made ORDER BY n`;

/** Gives every entry without an index the next one, in the order of their time, with the nodes of the tree that become complete. */
async function placeAll(superuser: pg.Client): Promise<void> {
  const { rows: [held] } = await superuser.query<{ size: string }>('SELECT coalesce(max(index) + 1, 0) AS size FROM ledger_leaf');
  const before = Number(held?.size ?? 0);
  await superuser.query(
    `INSERT INTO ledger_leaf (index, entry_id, at, leaf_hash)
     SELECT $1::bigint + row_number() OVER (ORDER BY e.at, e.id) - 1, e.id, e.at, e.leaf_hash
       FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id)`,
    [before],
  );
  await superuser.query('DELETE FROM ledger_waiting');
  // Whoever is said to have read it is made up, so nobody could be asked why.
  await superuser.query('UPDATE unusual_use_mark SET next_index = (SELECT max(index) + 1 FROM ledger_leaf)');
  const below = (level: number): string => (level === 1 ? 'SELECT index, leaf_hash AS hash FROM ledger_leaf' : `SELECT index, hash FROM ledger_node WHERE level = ${level - 1}`);
  for (let level = 1, added = 1; added > 0; level += 1) {
    const { rowCount } = await superuser.query(
      `WITH below AS (${below(level)})
       INSERT INTO ledger_node (level, index, hash)
       SELECT ${level}, l.index / 2, sha256('\\x01'::bytea || l.hash || r.hash)
         FROM below l JOIN below r ON r.index = l.index + 1 WHERE l.index % 2 = 0 AND l.index / 2 >= $1::bigint`,
      [Math.floor(before / 2 ** level)],
    );
    added = rowCount ?? 0;
  }
}

/** A checkpoint over all there is, by the ledger's own key. */
async function sign(superuser: pg.Client, key: LedgerKey): Promise<void> {
  const { rows: [held] } = await superuser.query<{ size: string }>('SELECT count(*) AS size FROM ledger_leaf');
  const size = Number(held?.size ?? 0);
  const hashes: Uint8Array[] = [];
  for (const { level, index } of CompactRange.addressesFor(size)) {
    const text = level === 0 ? 'SELECT leaf_hash AS hash FROM ledger_leaf WHERE index = $1' : `SELECT hash FROM ledger_node WHERE level = ${level} AND index = $1`;
    const { rows: [node] } = await superuser.query<{ hash: Buffer }>(text, [index]);
    if (node === undefined) throw new Error(`Node ${level}/${index} was not made`);
    hashes.push(new Uint8Array(node.hash));
  }
  const note = must(signCheckpoint({ origin: key.origin, size, root: CompactRange.resume(size, hashes).root(), extensions: [] }, [key.signer]));
  await superuser.query('INSERT INTO ledger_checkpoint (size, note, signed_at) VALUES ($1, $2, now())', [size, note]);
}

/**
 * Has the columns read from the body by the database, or lets them be given, which is quicker. The check of the ledger holds
 * what was given against the bodies.
 */
async function readBodies(superuser: pg.Client, isOn: boolean): Promise<void> {
  await superuser.query(`ALTER TABLE ledger_entry ${isOn ? 'ENABLE ALWAYS' : 'DISABLE'} TRIGGER ledger_entry_read_body`);
}

/** Drops what only makes reading quick, and answers the statements that make it again. */
async function takeIndexes(superuser: pg.Client): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ name: string; made: string }>(
    `SELECT i.indexrelid::regclass::text AS name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS made FROM pg_index i
      WHERE i.indrelid = 'ledger_entry'::regclass AND NOT i.indisunique`,
  );
  for (const { name } of rows) await superuser.query(`DROP INDEX ${name}`);
  return rows.map(({ made }) => made);
}
