import type pg from 'pg';
import { startPortal } from './alert-parts/running-portal.js';
import { percentile, rounded } from './figures.js';
import type { Emit } from './run.js';
import { Auditor } from './search-parts/auditor.js';
import { makeLedger } from './search-parts/many-entries.js';

export const describe =
  'milliseconds of the ten commonest auditor searches over HTTP, page, facets and chart included, p50 and p95 (limit 200), at 1 and at 10 million entries; and entries a second that are recorded with the indexes of a search and without. CONCORDAT_BENCH_ENTRIES=1000000 makes it one size';

const ROUNDS = 20;
const WARM_UP = 3;
const APPENDED = 20_000;
const SEARCH = `query ($filter: AuditFilter!) { auditLog(filter: $filter, first: 25, summary: true) {
  nodes { id at verb category outcome person agency workspaceReference subjectKind subjectId subjectTitle subjectMarking clause purpose }
  summary { counted isAll counts { facet value label count } unit volume { period count } } pageInfo { endCursor hasNextPage } } }`;

/** Values to look for, others in each round. */
interface Round {
  readonly person: string;
  readonly personId: string;
  readonly agency: string;
  readonly item: string;
  readonly title: string;
  readonly reference: string;
  readonly clause: string;
  readonly purpose: string;
  readonly from: Date;
  readonly to: Date;
}

/** What auditors ask most: who, which agency, what, where, which act, under what, what was refused, and when. */
const SEARCHES: Readonly<Record<string, (round: Round) => object>> = {
  'everything, newest first': () => ({}),
  'a person by part of her name': ({ person }) => ({ person }),
  'a person in a month': ({ personId, from, to }) => ({ person: personId, from, to }),
  'an agency': ({ agency }) => ({ agencyCode: agency }),
  'an item': ({ item }) => ({ itemId: item }),
  'words of a title': ({ title }) => ({ subject: title }),
  'an investigation': ({ reference }) => ({ workspaceReference: reference }),
  'exhibits that were opened in a month': ({ from, to }) => ({ verb: ['exhibit.open'], from, to }),
  'what was refused': () => ({ outcome: 'refused' }),
  'a clause and a purpose': ({ clause, purpose }) => ({ clause, purpose }),
};

export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  try {
    const auditor = await Auditor.at(portal);
    let made = 0;
    for (const size of sizes()) {
      const began = performance.now();
      await makeLedger(portal.superuser, size - made, (done) => process.stderr.write(`${done} of ${size - made} entries made\n`));
      emit({ figure: `making the first ${size} entries`, ours: Math.round((performance.now() - began) / 1000), unit: 's' });
      made = size;
      for (const [search, filterOf] of Object.entries(SEARCHES)) {
        const { p50, p95 } = await measure(portal.superuser, auditor, filterOf);
        emit({ figure: `${search}, at ${size} entries, p50`, ours: p50, unit: 'ms' });
        emit({ figure: `${search}, at ${size} entries, p95`, ours: p95, limit: 'p95', limit_value: 200, unit: 'ms' });
      }
    }
    await appends(emit, portal.superuser);
  } finally {
    await portal.stop();
  }
}

/** Each bigger than the one before. */
function sizes(): readonly number[] {
  const asked = (process.env['CONCORDAT_BENCH_ENTRIES'] ?? '1000000,10000000').split(',').map(Number);
  if (asked.some((size, n) => !Number.isSafeInteger(size) || size <= (asked[n - 1] ?? 0))) throw new Error('CONCORDAT_BENCH_ENTRIES: Give numbers of entries, each bigger than the one before, with commas between them.');
  return asked;
}

async function measure(superuser: pg.Client, auditor: Auditor, filterOf: (round: Round) => object): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const filter = filterOf(await someRound(superuser));
    const began = performance.now();
    await auditor.ask(SEARCH, { filter });
    if (round >= WARM_UP) taken.push(performance.now() - began);
  }
  return { p50: rounded(percentile(taken, 0.5), 1), p95: rounded(percentile(taken, 0.95), 1) };
}

/** The values of an entry that is there, so that something is found, and a month around it. */
async function someRound(superuser: pg.Client): Promise<Round> {
  const { rows: [row] } = await superuser.query<Round>(
    `WITH one AS (SELECT * FROM ledger_entry WHERE id >= (SELECT gen_random_uuid()) AND subject_title IS NOT NULL AND clause IS NOT NULL ORDER BY id LIMIT 1)
     SELECT split_part(person_name, ' ', 2) AS person, person_id AS "personId", agency_code AS agency, subject_id AS item, subject_title AS title,
            workspace_reference AS reference, clause, purpose, at - interval '15 days' AS "from", at + interval '15 days' AS "to" FROM one`,
  );
  if (row === undefined) throw new Error('No entry to look for');
  return row;
}

/** What the indexes of a search cost each act: as many entries again, with them and without. */
async function appends(emit: Emit, superuser: pg.Client): Promise<void> {
  const append = async (): Promise<number> => {
    await superuser.query('BEGIN');
    const began = performance.now();
    await superuser.query(
      `INSERT INTO ledger_entry (id, at, salt, body, leaf_hash)
       SELECT n.id, e.at, e.salt, replace(e.body, e.id::text, n.id::text), e.leaf_hash
         FROM (SELECT gen_random_uuid() AS id, row_number() OVER () AS n FROM generate_series(1, $1::int)) n
         JOIN (SELECT *, row_number() OVER () AS n FROM (SELECT * FROM ledger_entry WHERE id >= '10000000-0000-4000-8000-000000000000' ORDER BY id LIMIT $1) chosen) e USING (n)`, [APPENDED]);
    const taken = performance.now() - began;
    await superuser.query('ROLLBACK');
    return Math.round(APPENDED / (taken / 1000));
  };
  const withIndexes = await append();
  for (const index of SEARCH_INDEXES) await superuser.query(`DROP INDEX ${index}`);
  emit({ figure: 'entries recorded in bulk', ours: withIndexes, peer: 'without the indexes of a search', peer_value: await append(), unit: 'entries/s' });
}

/** Those of migrations 0120 and later: the others were there before auditors searched. */
const SEARCH_INDEXES = [
  'ledger_entry_person', 'ledger_entry_agency', 'ledger_entry_verb', 'ledger_entry_refused', 'ledger_entry_clause', 'ledger_entry_purpose',
  'ledger_entry_reference', 'ledger_entry_correlation', 'ledger_entry_title_words',
] as const;
