import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/postgres/free-port.js';
import { projectFolder } from '../src/platform/config/index.js';
import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal } from './alert-parts/running-portal.js';
import { median, rounded } from './figures.js';
import type { Emit } from './run.js';
import { deposit } from './upload-parts/deposit.js';

export const describe =
  'ms until the first byte of a range at the end of an exhibit of 10 GB (CONCORDAT_BENCH_MIB), authenticated and recorded, beside the same ' +
  'range of a plain file behind a bare HTTP server; medians of rounds that take turns';

/** 10 GB. */
const MIB = Number(process.env['CONCORDAT_BENCH_MIB'] ?? 9536);
const SIZE = MIB * 1024 * 1024;
const TAIL = 64 * 1024;
const ROUNDS = 40;
const LIMIT_MS = 50;

export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  const [folder, port] = [mkdtempSync(join(tmpdir(), 'concordat-bench-plain-')), await freePort()];
  const plain = spawn(process.execPath, [join(projectFolder(), 'dist/bench/upload-parts/plain-server.js'), folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(plain.stdout, 'data');
    const { workspaceId } = await openSharedCase(portal.superuser);
    const id = await deposit(portal, workspaceId, MIB);
    const ways = { ours: new URL(`/evidence/${id}/content`, portal.baseUrl), peer: new URL(`http://127.0.0.1:${port}/sparse/${SIZE}`) };
    const taken: Record<keyof typeof ways, number[]> = { ours: [], peer: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of ['ours', 'peer'] as const) taken[way].push(await firstByte(ways[way], portal.cookie));
    }
    emit({
      figure: `first byte of the last 64 KiB of ${MIB} MiB`,
      ours: rounded(median(taken.ours)), peer: 'the same range of a plain file behind a bare HTTP server', peer_value: rounded(median(taken.peer)),
      limit: 'most it may take', limit_value: LIMIT_MS, unit: 'ms',
    });
  } finally {
    plain.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    await portal.stop();
  }
}

async function firstByte(url: URL, cookie: string): Promise<number> {
  const begun = performance.now();
  const sent = get(url, { headers: { cookie, range: `bytes=${SIZE - TAIL}-` } });
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 206) throw new Error(`${url.pathname} answered ${answer.statusCode ?? 0}.`);
  await once(answer, 'data');
  const taken = performance.now() - begun;
  answer.resume();
  await once(answer, 'end');
  return taken;
}
