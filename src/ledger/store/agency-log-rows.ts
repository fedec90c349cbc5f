import type { AgencyId } from '../../../libs/kernel/index.js';
import type { printMarking } from '../../../libs/policy/index.js';
import { placeOf, type Placed } from '../../platform/index.js';
import type { LedgerConnection } from './connection.js';
import { Narrowing } from './narrowing.js';

/** What a manager narrows her agency's log by; what is absent does not narrow. */
export interface AgencyLogFilter {
  /** Part of a name somebody had when she acted; of her own people also an id. */
  readonly person?: string | undefined;
  /** Any of these. */
  readonly verb?: readonly string[] | undefined;
  /** Any of these. */
  readonly category?: readonly string[] | undefined;
  readonly outcome?: string | undefined;
  /** Of a case she sees: by one that she does not see nothing is found, so that a guess confirms nothing. */
  readonly workspaceReference?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

type Marked = Parameters<typeof printMarking>[0] & { readonly title: string };

/** One entry, with what its reader sees at this moment of what it is about. */
export interface AgencyLogRow extends Placed {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** The case it belongs to; null where there is none or this reader does not see it. */
  readonly case_now: (Marked & { readonly id: string; readonly reference: string; readonly leads: boolean }) | null;
  /** The item it is about; null where there is none or this reader does not see it. */
  readonly subject_now: Marked | null;
  /** What it read along that is the agency's own or out of a case that it leads, of others' entries; one more than is shown. */
  readonly concerned: readonly Marked[] | null;
}

/** Things named beside one entry. */
export const NAMED = 5;

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const MARKED = `json_build_object('title', i.title, 'tier', i.tier, 'sensitive', i.sensitive, 'descriptors', i.descriptors, 'handling', i.handling)`;
/** Verbs whose entries belong to no one case and name items out of several. */
const LISTS: readonly string[] = ['workspace.search', 'alert.read'];
const NEWEST = 'ORDER BY e.at DESC, e.id DESC';
const COLUMNS = 'e.id, e.at, e.body, e.workspace_id, e.subject_id, e.item_ids';

/** SQL: entries as this reader may know them; every look at a case or an item is narrowed by row-level security. */
const seen = (entries: string, concerned: string): string => `
  SELECT e.id, e.at, e.body, ${placeOf('e.at', 'e.id')},
         (SELECT json_build_object('id', w.id, 'reference', w.reference, 'title', w.title, 'tier', w.tier, 'sensitive', w.sensitive,
                   'descriptors', '[]'::json, 'handling', '[]'::json, 'leads', w.lead_agency_id = (SELECT law.agency()))
            FROM workspace w WHERE w.id = e.workspace_id) AS case_now,
         (SELECT ${MARKED} FROM item i WHERE i.id = CASE WHEN e.subject_id ~ '${UUID}' THEN e.subject_id::uuid END) AS subject_now,
         ${concerned} AS concerned
    FROM (${entries}) e ${NEWEST}`;

const CONCERNED = `(SELECT json_agg(one.marked) FROM (
  SELECT ${MARKED} AS marked FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(e.item_ids) = 'array' THEN e.item_ids END) AS named (id)
    JOIN item i ON i.id = CASE WHEN named.id ~ '${UUID}' THEN named.id::uuid END
    JOIN workspace w ON w.id = i.workspace_id
   WHERE named.id IS DISTINCT FROM e.subject_id AND (SELECT law.agency()) IN (i.originator_agency_id, w.lead_agency_id)
   LIMIT ${NAMED + 1}) one)`;

type Place = readonly [string | null, string | null];

/** What people of the agency did, the newest first, whatever it was about. */
export async function readOwnPeople(
  connection: LedgerConnection,
  agency: { readonly agencyId: AgencyId; readonly agencyCode: string },
  filter: AgencyLogFilter,
  page: { readonly after: Place; readonly limit: number },
): Promise<readonly AgencyLogRow[]> {
  const narrowed = narrowing(filter, page.after)
    .by('e.agency_code = $?', agency.agencyCode)
    .by('e.agency_id = $?::uuid', agency.agencyId)
    .by('(e.person_id::text = $? OR position(lower($?) IN lower(e.person_name)) > 0)', filter.person);
  return connection.query<AgencyLogRow>(
    seen(`SELECT ${COLUMNS} FROM ledger_entry e WHERE ${narrowed.where} ${NEWEST} LIMIT $${narrowed.next}`, 'NULL::json'),
    [...narrowed.parameters, page.limit],
  );
}

/**
 * What others did with what is the agency's, the newest first: case by case what its access log shows, and the lists that
 * belong to no one case. Each source is read newest first as far as the page, whatever else the ledger holds.
 */
export async function readOthers(
  connection: LedgerConnection,
  agencyId: AgencyId,
  filter: AgencyLogFilter,
  page: { readonly after: Place; readonly limit: number },
): Promise<readonly AgencyLogRow[]> {
  const narrowed = narrowing(filter, page.after)
    .by('e.agency_id IS DISTINCT FROM $?::uuid', agencyId)
    .by('position(lower($?) IN lower(e.person_name)) > 0', filter.person);
  const newest = (source: string): string => `SELECT ${COLUMNS} FROM ledger_entry e WHERE ${source} AND ${narrowed.where} ${NEWEST} LIMIT $${narrowed.next}`;
  // A verb is found by its own index, from the newest on: case by case a rare one would be looked for in everything there is.
  const inCases = filter.verb === undefined
    ? `SELECT in_case.* FROM workspace c CROSS JOIN LATERAL (${newest('e.workspace_id = c.id')}) in_case`
    : `SELECT of_verb.* FROM (${newest('e.workspace_id IN (SELECT c.id FROM workspace c)')}) of_verb`;
  const inLists = `SELECT in_list.* FROM unnest($${narrowed.next + 1}::text[]) AS l (verb) CROSS JOIN LATERAL (${newest('e.verb = l.verb AND e.workspace_id IS NULL')}) in_list`;
  const areLists = filter.verb?.every((verb) => LISTS.includes(verb)) ?? false;
  const sources = areLists ? inLists : `${inCases} UNION ALL ${inLists}`;
  const lists = LISTS.filter((verb) => filter.verb?.includes(verb) ?? true);
  return connection.query<AgencyLogRow>(seen(`SELECT * FROM (${sources}) e ${NEWEST} LIMIT $${narrowed.next}`, CONCERNED), [...narrowed.parameters, page.limit, lists]);
}

function narrowing(filter: AgencyLogFilter, [at, id]: Place): Narrowing {
  return new Narrowing()
    // Asked of unusual use, its own board answers, in the words of who may know what.
    .by('e.verb NOT LIKE $?', 'unusual-use.%')
    .by('e.outcome = $?', filter.outcome)
    .by('e.workspace_id = (SELECT w.id FROM workspace w WHERE w.reference = $?)', filter.workspaceReference)
    .by('e.at >= $?', filter.from)
    .by('e.at < $?', filter.to)
    .by('(e.at, e.id) < (($?::jsonb ->> 0)::timestamptz, ($?::jsonb ->> 1)::uuid)', at === null ? undefined : JSON.stringify([at, id]))
    .among('e.verb', 'text', filter.verb)
    .among('e.category', 'text', filter.category);
}
