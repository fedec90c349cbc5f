import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../platform/config/index.js';
import { CliFault, type CliContext } from '../command.js';

const START_LIMIT_MS = 60_000;
/** What the portal on the copy has no part in: it writes no real bucket, asks nobody outside, and waits for no witness. */
const LEFT_OUT = /^(S3_|CLAMD_|REDIS_|LEDGER_WITNESS_|TIMESTAMP_|TRUSTED_PROXY|PORT$|HOST$|BASE_URL|SMTP_|CONCORDAT_(DATA|MODE)|TRUSTED_DOCUMENTS_ONLY|RATE_LIMIT|PURPOSE_REQUIRED_FROM)/;

/** The product as built, API and worker, on the copy of a database: on this machine alone, with a data folder that goes with it. */
export class PortalOnCopy {
  private constructor(
    readonly baseUrl: string,
    private readonly folder: string,
    private readonly children: readonly ChildProcess[],
  ) {}

  static async start({ env }: CliContext, smtpUrl: string): Promise<PortalOnCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-leak-check-'));
    const port = await freePort();
    const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !LEFT_OUT.test(name)));
    const given = { ...kept, PORT: String(port), CONCORDAT_DATA: folder, CONCORDAT_MODE: 'demo', SMTP_URL: smtpUrl, RATE_LIMIT_PER_MINUTE: '1000000', LOG_LEVEL: 'info', TRUSTED_DOCUMENTS_ONLY: 'off', PURPOSE_REQUIRED_FROM: 'none' };
    const children = ['main', 'worker'].map((program) => spawn(process.execPath, [join(projectFolder(), 'dist', 'run', `${program}.js`)], { env: given, stdio: ['ignore', 'pipe', 'pipe'] }));
    const portal = new PortalOnCopy(`http://localhost:${port}`, folder, children);
    try {
      await Promise.all(children.map(ready));
    } catch (fault) {
      await portal.stop();
      throw fault;
    }
    return portal;
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (): void => reject(new CliFault(`The portal could not be started on the copy. It said: ${said.trim().slice(-1_000)}`));
    const limit = setTimeout(fail, START_LIMIT_MS);
    child.once('exit', () => {
      clearTimeout(limit);
      fail();
    });
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (!/The (portal|worker) is ready/.test(said)) return;
      clearTimeout(limit);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
