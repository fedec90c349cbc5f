import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/postgres/free-port.js';
import { projectFolder } from '../src/platform/config/index.js';
import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal } from './alert-parts/running-portal.js';
import type { Emit } from './run.js';
import { deposit, send } from './upload-parts/deposit.js';
import { emitPeak } from './upload-parts/peak-memory.js';

export const describe =
  'MiB/s of an HTTP upload of 1 GiB until it is durable evidence, beside `cat >` and fsync behind the same HTTP server and ' +
  'beside that server dropping every byte; and the peak memory of the portal for 100 MiB and for 4 GiB';

const ROUNDS = 3;

/** One way to get rid of a file over HTTP. */
type Send = (mib: number) => Promise<void>;

export async function run(emit: Emit): Promise<void> {
  const portal = await startPortal();
  const plain = await startPlain();
  try {
    const { workspaceId } = await openSharedCase(portal.superuser);
    const ours: Send = async (mib) => {
      await deposit(portal, workspaceId, mib);
    };
    for (const mib of [100, 4096]) await emitPeak(emit, `peak memory, ${mib} MiB`, () => ours(mib));
    await emitSpeed(emit, ours, plain);
  } finally {
    plain.stop();
    await portal.stop();
  }
}

async function emitSpeed(emit: Emit, ours: Send, plain: Plain): Promise<void> {
  const best = { ours: 0, cat: 0, drop: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.ours = Math.max(best.ours, await rate(ours));
    best.cat = Math.max(best.cat, await rate(plain.cat));
    best.drop = Math.max(best.drop, await rate(plain.drop));
  }
  emit({
    figure: 'upload 1 GiB to durable',
    ours: best.ours,
    peer: 'cat > and fsync behind the same HTTP server',
    peer_value: best.cat,
    limit: 'the same HTTP server, every byte dropped',
    limit_value: best.drop,
    unit: 'MiB/s',
  });
}

async function rate(send: Send): Promise<number> {
  const begun = performance.now();
  await send(1024);
  return Math.round(1024 / ((performance.now() - begun) / 1000));
}

interface Plain {
  readonly cat: Send;
  readonly drop: Send;
  stop(): void;
}

/** The peer and the limit, in a process of their own as the portal is. */
async function startPlain(): Promise<Plain> {
  const [folder, port] = [mkdtempSync(join(tmpdir(), 'concordat-bench-plain-')), await freePort()];
  const server = spawn(process.execPath, [join(projectFolder(), 'dist/bench/upload-parts/plain-server.js'), folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  const to = (path: string): Send => async (mib) => {
    await send(new URL(`http://127.0.0.1:${port}${path}`), {}, mib);
  };
  return {
    cat: to('/cat'),
    drop: to('/drop'),
    stop() {
      server.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
