import type { Work } from '../../platform/index.js';
import { READS, type ExaminedEntry } from '../domain/examined-entry.js';
import type { Counted } from '../domain/use-rules.js';

/** An entry as it is read: of an act without a person, or one that was erased, nobody is named. */
type ExaminedRow = Omit<ExaminedEntry, 'personId' | 'personName' | 'agencyId' | 'roles'> & {
  readonly index: string;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly agencyId: string | null;
  readonly roles: readonly string[] | null;
};

/** Entries examined in one transaction. */
const BATCH = 500;

/**
 * Takes the next entries in the order of the ledger, and says where the ones after them begin and whether there are likely more. One process examines at a
 * time: whoever holds the mark. Undefined when another has it, or when nothing new has been given its place.
 */
export async function takeEntries(work: Work): Promise<{ readonly entries: readonly ExaminedEntry[]; readonly next: string; readonly isFull: boolean } | undefined> {
  const [mark] = await work.sql<{ next_index: string }>('SELECT next_index FROM unusual_use_mark FOR UPDATE SKIP LOCKED');
  if (mark === undefined) return undefined;
  const rows = await work.sql<ExaminedRow>(
    `SELECT l.index, e.id, e.at, e.verb, e.outcome, e.person_id AS "personId", e.person_name AS "personName", e.agency_id AS "agencyId",
            e.workspace_id AS "workspaceId", e.workspace_reference AS "workspaceReference", e.subject_id AS "subjectId", e.item_ids AS "itemIds",
            e.body::jsonb #> '{actor,roles}' AS roles, e.subject_title AS title, e.body::jsonb #>> '{details,text}' AS searched
       FROM (SELECT index, entry_id, at FROM ledger_leaf WHERE index >= $1 ORDER BY index LIMIT $2) l
       LEFT JOIN ledger_entry e ON e.id = l.entry_id AND e.at = l.at
      ORDER BY l.index`,
    [mark.next_index, BATCH],
  );
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const entries = rows.flatMap(asked);
  return { entries, next: String(BigInt(last.index) + 1n), isFull: rows.length === BATCH };
}

/** Of an act without a person nobody could be asked why. */
function asked({ personId, personName, agencyId, roles, ...row }: ExaminedRow): ExaminedEntry[] {
  return personId === null || personName === null || agencyId === null ? [] : [{ ...row, personId, personName, agencyId, roles: roles ?? [] }];
}

/** Moves the mark: what lies before `next` has been examined. */
export function moveMark(work: Work, next: string): void {
  work.leave('UPDATE unusual_use_mark SET next_index = $1', [next]);
}

/** How many there were within the span that ends with this entry, itself included. */
export interface CountedEntry {
  readonly id: string;
  readonly count: number;
}

interface Span {
  readonly people: readonly string[];
  readonly from: Date;
  readonly until: Date;
  readonly minutes: number;
}

const OF_SPAN = `e.person_id = ANY ($1::uuid[]) AND e.at BETWEEN $2::timestamptz - $4::interval AND $3::timestamptz AND e.verb = ANY ($5::text[])`;

/** What each kind of count looks at; `adds` is 1 where the entry adds to the count. */
const LOOKS: Readonly<Record<Counted, string>> = {
  reads: `SELECT e.id, e.person_id, e.at, 1 AS adds FROM ledger_entry e WHERE ${OF_SPAN} AND e.outcome = 'done'`,
  refusals: `SELECT e.id, e.person_id, e.at, 1 AS adds FROM ledger_entry e WHERE ${OF_SPAN} AND e.outcome = 'refused'`,
  // A case counts once in a span, however often it is read. One in which she put anything for all to see is hers; having asked to upload is not enough.
  'cases-not-hers': `
    SELECT e.id, e.person_id, e.at,
           coalesce(e.at - lag(e.at) OVER (PARTITION BY e.person_id, e.workspace_id ORDER BY e.at, e.id) > $4::interval, true)::integer AS adds
      FROM ledger_entry e
     WHERE ${OF_SPAN} AND e.outcome = 'done' AND e.workspace_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM ledger_entry did
                        WHERE did.person_id = ANY ($1::uuid[]) AND did.person_id = e.person_id AND did.workspace_id = e.workspace_id AND did.outcome = 'done'
                          AND did.verb IN ('workspace.open', 'note.add', 'record.save', 'finding.record', 'exhibit.deposit', 'exhibit.record-physical'))`,
};

/** The entries of `people` from `from` until `until` at which they had more than `moreThan` within the minutes before, in order. */
export function countEntries(work: Work, counted: Counted, moreThan: number, { people, from, until, minutes }: Span): Promise<CountedEntry[]> {
  return work.sql<CountedEntry>(
    `SELECT id, count::integer AS count
       FROM (SELECT id, at, sum(adds) OVER (PARTITION BY person_id ORDER BY at RANGE BETWEEN $4::interval PRECEDING AND CURRENT ROW) AS count
               FROM (${LOOKS[counted]}) looked) told
      WHERE count > $6 AND at >= $2::timestamptz
      ORDER BY at, id`,
    [people, from, until, `${minutes} minutes`, READS, moreThan],
  );
}

/** Notes the first look of an agency at a case; answers those that were, with the days since it was let in. */
export function noteFirstLooks(work: Work, entries: readonly ExaminedEntry[]): Promise<{ readonly agencyId: string; readonly workspaceId: string; readonly days: number | null }[]> {
  return work.sql(
    `WITH looked AS (
       INSERT INTO first_look (agency_id, workspace_id, at)
       SELECT DISTINCT ON (agency, workspace) agency, workspace, at FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS l (agency, workspace, at)
         JOIN workspace w ON w.id = workspace
        ORDER BY agency, workspace, at
       ON CONFLICT DO NOTHING RETURNING agency_id, workspace_id, at)
     SELECT l.agency_id AS "agencyId", l.workspace_id AS "workspaceId",
            (SELECT floor(extract(epoch FROM l.at - min(m.valid_from)) / 86400)::integer FROM workspace_member m
              WHERE m.workspace_id = l.workspace_id AND m.agency_id = l.agency_id) AS days
       FROM looked l`,
    [entries.map(({ agencyId }) => agencyId), entries.map(({ workspaceId }) => workspaceId), entries.map(({ at }) => at)],
  );
}
