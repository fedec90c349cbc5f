import { join } from 'node:path';
import { projectFolder } from '../src/platform/config/index.js';
import { overviewDocument } from '../src/portal/documents/overview.js';
import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal } from './alert-parts/running-portal.js';
import { median, rounded } from './figures.js';
import { graphqlAsker, type Asker } from './read-parts/askers.js';
import { addItems } from './read-parts/many-items.js';
import type { Emit } from './run.js';

export const describe =
  "milliseconds at p50 for the portal's query of the first page of an investigation, each answer with its ledger entry, beside a second API on the " +
  'same database that records nothing; asked in turn, one at a time (aim: at most 1.25 times)';

const ITEMS = 10;
const WARM_UP = 200;
const ASKED = 1_000;
const AIM = 1.25;
const BUSINESS = { name: 'The Golden Spoon', address: '12 Mill Lane', postcode: 'AS1 4QZ', fhrsId: null };

/** One question to each in turn: whatever else the machine does, it does to both. */
export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal({ RATE_LIMIT_PER_MINUTE: '1000000' });
  try {
    const unrecorded = await portal.startApi(['--import', join(projectFolder(), 'dist', 'bench', 'ledger-parts', 'without-ledger.js')]);
    const { workspaceId } = await openSharedCase(portal.superuser);
    await portal.superuser.query('UPDATE workspace SET business = $2 WHERE id = $1', [workspaceId, BUSINESS]);
    await addItems(portal.superuser, workspaceId, ITEMS);
    const page = { documentId: overviewDocument.id, query: overviewDocument.text, variables: { id: workspaceId } };
    const [ours, peer] = [portal.baseUrl, unrecorded].map((url) => graphqlAsker(url, portal.cookie, page, '"reference":"BENCH-2026-0001"'));
    if (ours === undefined || peer === undefined) throw new Error('There is nobody to ask');
    const taken = await inTurn(ours, peer);
    await Promise.all([ours.close(), peer.close()]);
    const [withIt, without] = [median(taken.ours), median(taken.peer)];
    emit({ figure: 'reading an investigation, p50', ours: rounded(withIt), peer: 'the same, recording nothing', peer_value: rounded(without), unit: 'ms' });
    emit({ figure: 'reading with its record, times reading without', ours: rounded(withIt / without), limit: 'at most', limit_value: AIM, unit: 'times' });
  } finally {
    await portal.stop();
  }
}

async function inTurn(ours: Asker, peer: Asker): Promise<{ readonly ours: number[]; readonly peer: number[] }> {
  const taken = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < WARM_UP + ASKED; round += 1) {
    for (const [name, asker] of [['ours', ours], ['peer', peer]] as const) {
      const began = performance.now();
      await asker.ask();
      if (round >= WARM_UP) taken[name].push(performance.now() - began);
    }
  }
  return taken;
}
