import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../src/platform/config/index.js';
import { rounded } from './figures.js';
import { writeLedger, type WrittenLedger } from './ledger-parts/written-ledger.js';
import type { Emit } from './run.js';

export const describe =
  'concordat-verify, as a process of its own, over an exported ledger of 1,000,000 entries: every entry, every tile, the checkpoint; ' +
  'entries a second and seconds in all (limit 20), beside SHA-256 over the same bytes of the same file and nothing else';

const ENTRIES = 1_000_000;
const LIMIT_SECONDS = 20;

/** Writes the ledger, reads the file once so that both find it in memory, then measures both. */
export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-verify-'));
  try {
    const ledger = await writeLedger(folder, ENTRIES);
    await bareHash(ledger);
    const peer = await bareHash(ledger);
    const ours = verified(ledger);
    emit({ figure: 'entries checked offline', ours: Math.round(ENTRIES / ours), peer: 'SHA-256 of the same bytes', peer_value: Math.round(ENTRIES / peer), unit: 'entries/s' });
    emit({
      figure: `${ENTRIES} entries checked offline, start to end`, ours: rounded(ours), peer: 'SHA-256 of the same bytes', peer_value: rounded(peer),
      limit: 'in under', limit_value: LIMIT_SECONDS, unit: 's',
    });
    emit({ figure: 'bytes of an entry file', ours: Math.round(ledger.bytes / ENTRIES), unit: 'bytes' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bareHash({ entriesFile }: WrittenLedger): Promise<number> {
  const began = performance.now();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(entriesFile, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer);
  hash.digest();
  return (performance.now() - began) / 1000;
}

function verified({ folder, entriesFile, key }: WrittenLedger): number {
  const began = performance.now();
  const program = join(projectFolder(), 'dist', 'libs', 'verifier', 'bin.js');
  const { status, stdout } = spawnSync(process.execPath, [program, '--key', key, '--tiles', folder, '--entries', entriesFile], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The ledger does not hold: ${stdout}`);
  return (performance.now() - began) / 1000;
}
