import { overviewDocument } from '../src/portal/documents/overview.js';
import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal, type RunningPortal } from './alert-parts/running-portal.js';
import { graphqlAsker, sqlAsker, type Asker } from './read-parts/askers.js';
import { load, type Load } from './read-parts/load.js';
import { addItems, surround } from './read-parts/many-items.js';
import { rounded } from './figures.js';
import type { Emit } from './run.js';

export const describe =
  "the portal's query for the first page of an investigation at 16 connections, requests/s and p99, with 10 and with 100,000 " +
  'items in the database, row-level security and ledger on; beside a query of the same server that reads no case, and the same ' +
  'page in bare SQL by pg as the limit';

const CONNECTIONS = 16;
const ITEMS_ON_PAGE = 10;
const ITEMS_AROUND = 100_000;
const BUSINESS = { name: 'The Golden Spoon', address: '12 Mill Lane', postcode: 'AS1 4QZ', fhrsId: null };
const TIMES = { warmUp: 4, seconds: 8 };

/** A partner reads, so that every guard there is has work: membership, agreement, ceiling, release. */
export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal({ RATE_LIMIT_PER_MINUTE: '1000000' });
  try {
    const { workspaceId } = await openSharedCase(portal.superuser);
    await portal.superuser.query('UPDATE workspace SET business = $2 WHERE id = $1', [workspaceId, BUSINESS]);
    await addItems(portal.superuser, workspaceId, ITEMS_ON_PAGE);
    await measure(emit, portal, workspaceId, ITEMS_ON_PAGE);
    await surround(portal.superuser, workspaceId, ITEMS_AROUND);
    await measure(emit, portal, workspaceId, ITEMS_AROUND);
  } finally {
    await portal.stop();
  }
}

async function measure(emit: Emit, { baseUrl, cookie, superuser }: RunningPortal, workspaceId: string, items: number): Promise<void> {
  const page = { documentId: overviewDocument.id, query: overviewDocument.text, variables: { id: workspaceId } };
  const ours = await under(() => Promise.resolve(graphqlAsker(baseUrl, cookie, page, '"reference":"BENCH-2026-0001"')));
  const peer = await under(() => Promise.resolve(graphqlAsker(baseUrl, cookie, { query: '{ me { displayName } }' }, 'Bench Officer')));
  const limit = await under(() => sqlAsker(superuser, workspaceId));
  const figures = { 'requests per second': ({ rate }: Load) => rate, p99: ({ p99 }: Load) => p99 };
  for (const [name, of] of Object.entries(figures)) {
    emit({
      figure: `${name}, ${items} items`,
      ours: rounded(of(ours), 1),
      peer: 'who am I, on the same server',
      peer_value: rounded(of(peer), 1),
      limit: 'the same page in bare SQL by pg',
      limit_value: rounded(of(limit)),
      unit: name === 'p99' ? 'ms' : '1/s',
    });
  }
}

async function under(open: () => Promise<Asker>): Promise<Load> {
  const askers = await Promise.all(Array.from({ length: CONNECTIONS }, open));
  try {
    return await load(askers.map((asker) => () => asker.ask()), TIMES);
  } finally {
    await Promise.all(askers.map((asker) => asker.close()));
  }
}
