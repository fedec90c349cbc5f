import { startPortal, type RunningPortal } from './alert-parts/running-portal.js';
import type { Emit } from './run.js';
import { Auditor } from './search-parts/auditor.js';
import { makeLedger } from './search-parts/many-entries.js';

export const describe =
  'an export of 1,000,000 entries over HTTP in each format: entries a second, beside COPY of the same entries\' bodies by PostgreSQL itself, and how far the memory of the API rose (limit 250 MB)';

const ENTRIES = Number(process.env['CONCORDAT_BENCH_ENTRIES'] ?? 1_000_000);
const LOOK_MS = 100;
const MB = 1_000_000;

export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  try {
    const auditor = await Auditor.at(portal);
    const to = new Date();
    await makeLedger(portal.superuser, ENTRIES);
    const peer = { peer: 'COPY … TO PROGRAM of the bodies', peer_value: await copied(portal) };
    for (const format of ['csv', 'ndjson', 'cef']) {
      const { seconds, entries, octets, most, before } = await exported(portal, auditor, { to }, format);
      emit({ figure: `${format}, entries a second`, ours: Math.round(entries / seconds), ...peer, unit: 'entries/s' });
      emit({ figure: `${format}, size of ${entries} entries`, ours: Math.round(octets / MB), unit: 'MB' });
      emit({ figure: `${format}, memory of the API at most`, ours: Math.round(most / MB), peer: 'before it', peer_value: Math.round(before / MB), limit: 'at most', limit_value: 250, unit: 'MB' });
    }
  } finally {
    await portal.stop();
  }
}

async function copied({ superuser }: RunningPortal): Promise<number> {
  const began = performance.now();
  await superuser.query(`COPY (SELECT body FROM ledger_entry ORDER BY at DESC, id DESC) TO PROGRAM 'cat > /dev/null'`);
  return Math.round(ENTRIES / ((performance.now() - began) / 1000));
}

async function exported({ baseUrl }: RunningPortal, auditor: Auditor, filter: object, format: string): Promise<Readonly<Record<'seconds' | 'entries' | 'octets' | 'most' | 'before', number>>> {
  const before = await memoryOf(baseUrl);
  let most = before;
  let isLooking = true;
  const looking = (async () => {
    while (isLooking) {
      most = Math.max(most, await memoryOf(baseUrl));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  const began = performance.now();
  const response = await auditor.export(filter, format);
  if (!response.ok || response.body === null) throw new Error(`The portal answered ${response.status}: ${await response.text()}`);
  let octets = 0;
  for await (const chunk of response.body) octets += (chunk as Uint8Array).length;
  const seconds = (performance.now() - began) / 1000;
  isLooking = false;
  await looking;
  return { seconds, entries: Number(response.headers.get('concordat-entries')), octets, most, before };
}

/** What the API holds in memory, as it says itself. */
async function memoryOf(baseUrl: string): Promise<number> {
  const text = await (await fetch(`${baseUrl}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0);
}
