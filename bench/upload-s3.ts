import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../src/platform/config/index.js';
import { openSharedCase } from './alert-parts/breaches.js';
import { startPortal } from './alert-parts/running-portal.js';
import type { Emit } from './run.js';
import { deposit } from './upload-parts/deposit.js';
import { emitPeak } from './upload-parts/peak-memory.js';

export const describe =
  'the peak memory of the portal with its exhibits in a bucket (s3rver, in a process of its own): at rest, and for uploads of 10, 100, 400 and 1,024 MiB ' +
  'one after the other, each read back whole and put together; beside the limit for any size';

const BUCKET = 'evidence';

export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-objects-'));
  const objects = spawn(process.execPath, [join(projectFolder(), 'test/builders/object-store-server.mjs'), folder, BUCKET], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [ready] = (await once(objects.stdout, 'data')) as [Buffer];
    const port = /objects at (\d+)/.exec(ready.toString())?.[1];
    const portal = await startPortal({ S3_BUCKET: BUCKET, S3_ENDPOINT: `http://127.0.0.1:${port ?? ''}`, S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER' });
    try {
      const { workspaceId } = await openSharedCase(portal.superuser);
      await emitPeak(emit, 'peak memory, at rest', () => Promise.resolve());
      for (const mib of [10, 100, 400, 1024]) await emitPeak(emit, `peak memory, ${mib} MiB into a bucket`, () => deposit(portal, workspaceId, mib));
    } finally {
      await portal.stop();
    }
  } finally {
    objects.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
