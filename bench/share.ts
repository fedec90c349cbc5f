import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal, type RunningPortal } from './alert-parts/running-portal.js';
import { median, rounded } from './figures.js';
import type { Emit } from './run.js';
import { deposit } from './upload-parts/deposit.js';

export const describe =
  'ms to share an exhibit of 10 MB and one of 10 GB (CONCORDAT_BENCH_MIB) with one more agency, over HTTP, recorded and signed; medians of rounds ' +
  'that take turns';

const SMALL_MIB = 10;
/** 10 GB. */
const LARGE_MIB = Number(process.env['CONCORDAT_BENCH_MIB'] ?? 9536);
const ROUNDS = 40;
const LIMIT_MS = 20;
const SHARING = 'query ($id: ID!) { exhibitSharing(id: $id) { agencies { agency { id } isOriginator sees } } }';
const RECALL = 'mutation ($input: RecallExhibitInput!) { recallExhibit(input: $input) { ... on SharingChanged { id } ... on Refused { message } } }';
const SHARE = 'mutation ($input: ShareExhibitInput!) { shareExhibit(input: $input) { ... on SharingChanged { id } ... on Refused { message } } }';

export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal({ RATE_LIMIT_PER_MINUTE: '1000000' });
  try {
    const { workspaceId } = await openSharedCase(portal.superuser);
    await portal.superuser.query(
      `INSERT INTO workspace_member (workspace_id, agency_id, invited_by, invited_by_name, valid_from) SELECT id, lead_agency_id, created_by, 'Bench', now() FROM workspace WHERE id = $1`,
      [workspaceId]);
    const exhibits = { small: await deposit(portal, workspaceId, SMALL_MIB), large: await deposit(portal, workspaceId, LARGE_MIB) };
    const other = await otherAgency(portal, exhibits.small);
    const taken: Record<keyof typeof exhibits, number[]> = { small: [], large: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const which of ['small', 'large'] as const) {
        const input = { exhibitId: exhibits[which], agencyId: other };
        await ask(portal, RECALL, { input: { ...input, reason: 'Bench' } });
        const begun = performance.now();
        await ask(portal, SHARE, { input });
        taken[which].push(performance.now() - begun);
      }
    }
    emit({
      figure: `share an exhibit of ${LARGE_MIB} MiB`,
      ours: rounded(median(taken.large)), peer: `share one of ${SMALL_MIB} MiB`, peer_value: rounded(median(taken.small)),
      limit: 'most it may take', limit_value: LIMIT_MS, unit: 'ms',
    });
  } finally {
    await portal.stop();
  }
}

async function otherAgency(portal: RunningPortal, id: string): Promise<string> {
  const { exhibitSharing } = await ask<{ exhibitSharing: { agencies: { agency: { id: string }; isOriginator: boolean; sees: boolean }[] } }>(portal, SHARING, { id });
  const found = exhibitSharing.agencies.find(({ isOriginator, sees }) => sees && !isOriginator);
  if (!found) throw new Error('The case of the bench has no other agency.');
  return found.agency.id;
}

async function ask<Data>({ baseUrl, cookie }: RunningPortal, query: string, variables: object): Promise<Data> {
  const answer = await fetch(`${baseUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ query, variables }) });
  const text = await answer.text();
  const { data } = JSON.parse(text) as { data?: Data };
  if (!data || text.includes('"message"')) throw new Error(text);
  return data;
}
