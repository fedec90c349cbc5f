import { readFileSync, writeFileSync } from 'node:fs';
import type { Emit } from '../run.js';

const LIMIT_MB = 250;

/** The most memory the portal's process takes while `act` runs, as a figure. */
export async function emitPeak(emit: Emit, figure: string, act: () => Promise<unknown>): Promise<void> {
  const pid = portalProcess();
  // Forgets the peak so far, so that each act shows its own.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  await act();
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
  emit({ figure, ours: Math.round(peak), peer: null, peer_value: null, limit: 'most it may take', limit_value: LIMIT_MB, unit: 'MB' });
}

/** The API among the processes this bench has started. */
function portalProcess(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/run/main.js'));
  if (found === undefined) throw new Error('The portal is not among the processes of this bench.');
  return Number(found);
}
