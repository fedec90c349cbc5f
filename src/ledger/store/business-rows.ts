import { eventOfRow, signingKeys, type CustodyRow } from '../../../libs/custody/index.js';
import type { BusinessReader, EmptyClaim, KeptChain, KeptRow } from '../domain/check-business.js';
import type { LedgerConnection } from './connection.js';

const PAGE = 500;
const NIL = '00000000-0000-0000-0000-000000000000';

interface RowRow {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly at: Date | null;
  readonly entry_id: string | null;
  readonly entry_by: string | null;
  readonly entry_at: Date | null;
}

/** The act that made each kind of item. */
const VERB_OF_KIND = `CASE i.kind WHEN 'note' THEN 'note.add' WHEN 'record' THEN 'record.save' WHEN 'finding' THEN 'finding.record' WHEN 'exhibit' THEN CASE (SELECT x.form FROM exhibit x WHERE x.item_id = i.id) WHEN 'physical' THEN 'exhibit.record-physical' ELSE 'exhibit.deposit' END END`;

/** SQL: the first entry of an act that was done on a subject. */
const first = (narrowed: string): string =>
  `LEFT JOIN LATERAL (SELECT e.id, e.person_id, e.at FROM ledger_entry e WHERE e.outcome = 'done' AND ${narrowed} ORDER BY e.at LIMIT 1) e ON true`;

const ENTRY = 'e.id AS entry_id, e.person_id AS entry_by, e.at AS entry_at';
/** Rows that an act must have made, each with its entry, in the order of their ids after $1. */
const ROWS: readonly string[] = [
  `SELECT w.id, 'investigation ' || w.reference AS name, w.created_by AS by, NULL::timestamptz AS at, ${ENTRY}
   FROM workspace w ${first(`e.verb = 'workspace.open' AND e.subject_id = w.id::text`)} WHERE w.id > $1::uuid ORDER BY w.id LIMIT $2`,
  `SELECT i.id, i.kind || ' ' || i.id AS name, i.created_by AS by, i.created_at AS at, ${ENTRY}
   FROM item i ${first(`e.verb = ${VERB_OF_KIND} AND e.subject_id = i.id::text`)} WHERE i.id > $1::uuid ORDER BY i.id LIMIT $2`,
];

/** Of one investigation. Its own agency was never invited. */
const MEMBERS = `
  SELECT w.id, 'membership of ' || a.code || ' in ' || w.reference AS name, m.invited_by AS by, m.valid_from AS at, ${ENTRY}
  FROM workspace_member m JOIN workspace w ON w.id = m.workspace_id JOIN agency a ON a.id = m.agency_id
  ${first(`e.verb = 'member.invite' AND e.workspace_id = w.id AND e.at = m.valid_from AND e.body::jsonb #>> '{details,agency}' = a.code`)}
  WHERE m.agency_id <> w.lead_agency_id AND w.id = $1::uuid ORDER BY m.valid_from`;

const SUBJECT = `CASE WHEN e.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN e.subject_id::uuid END`;
const CLAIMS = `
  SELECT e.id, l.index, e.body::jsonb #>> '{subject,kind}' AS kind, e.subject_id, e.verb,
    CASE e.verb
      WHEN 'workspace.open' THEN EXISTS (SELECT FROM workspace w WHERE w.id = ${SUBJECT})
      WHEN 'member.invite' THEN EXISTS (SELECT FROM workspace_member m JOIN agency a ON a.id = m.agency_id
        WHERE m.workspace_id = e.workspace_id AND a.code = e.body::jsonb #>> '{details,agency}' AND m.valid_from = e.at)
      ELSE EXISTS (SELECT FROM item i WHERE i.id = ${SUBJECT}) END AS there
  FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id
  WHERE e.id > $1::uuid AND e.outcome = 'done' AND e.verb IN ('workspace.open', 'member.invite', 'note.add', 'record.save', 'finding.record', 'exhibit.deposit', 'exhibit.record-physical')
  ORDER BY e.id LIMIT $2`;

/** What is stored beside the ledger, for comparing; over a connection that may read all of it: the owner's, or a copy's. */
export function businessReader(connection: LedgerConnection): BusinessReader {
  return {
    async *rows() {
      for (const sql of ROWS) for await (const row of pages<RowRow>(connection, sql)) yield keptRow(row);
      for await (const { id } of pages<{ id: string }>(connection, 'SELECT id FROM workspace WHERE id > $1::uuid ORDER BY id LIMIT $2')) {
        yield* (await connection.query<RowRow>(MEMBERS, [id])).map(keptRow);
      }
    },
    async *claims() {
      for await (const row of pages<ClaimRow>(connection, CLAIMS)) if (!row.there) yield emptyClaim(row);
    },
    async *chains() {
      for await (const { id } of pages<{ id: string }>(connection, `SELECT id FROM item WHERE kind = 'exhibit' AND id > $1::uuid ORDER BY id LIMIT $2`)) {
        yield await chainOf(connection, id);
      }
    },
    async signers() {
      const keys = await connection.query<{ key: Buffer }>('SELECT public_key AS key FROM agency_key UNION ALL SELECT public_key FROM portal_key');
      return signingKeys(keys.map(({ key }) => key));
    },
  };
}

/** Rows page by page, in the order of their ids. */
async function* pages<Row extends { readonly id: string }>(connection: LedgerConnection, sql: string): AsyncGenerator<Row> {
  let after = NIL;
  for (;;) {
    const rows = await connection.query<Row>(sql, [after, PAGE]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

function keptRow({ name, by, at, entry_id: entryId, entry_by: entryBy, entry_at: entryAt }: RowRow): KeptRow {
  const recorded = entryId === null || entryAt === null ? undefined : { entryId, by: entryBy, at: entryAt };
  return { name, by, at: at ?? undefined, recorded };
}

interface ClaimRow {
  readonly id: string;
  readonly index: string | null;
  readonly kind: string | null;
  readonly subject_id: string | null;
  readonly verb: string;
  readonly there: boolean;
}

function emptyClaim({ id, index, kind, subject_id: subject, verb }: ClaimRow): EmptyClaim {
  const name = verb === 'member.invite' ? `a membership of investigation ${subject ?? ''}` : `${kind ?? 'something'} ${subject ?? ''}`;
  return { entryId: id, index: index === null ? undefined : Number(index), name };
}

async function chainOf(connection: LedgerConnection, exhibit: string): Promise<KeptChain> {
  const events = await connection.query<CustodyRow>('SELECT * FROM custody_event WHERE item_id = $1 ORDER BY seq', [exhibit]);
  const named = await connection.query<{ id: string; hash: string }>(
    `SELECT id, body::jsonb #>> '{details,custody}' AS hash FROM ledger_entry
     WHERE subject_id = $1::text AND outcome = 'done' AND body::jsonb #>> '{details,custody}' IS NOT NULL ORDER BY at`,
    [exhibit],
  );
  return { exhibit, events: events.map(eventOfRow), named: named.map(({ id, hash }) => ({ entryId: id, hash })) };
}
