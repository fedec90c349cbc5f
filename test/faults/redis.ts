import { spawn, spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort } from '../../scripts/postgres/free-port.js';

/** A Redis of its own for one spec file, without persistence: losing everything is what these tests are about. */
export interface RunningRedis {
  readonly url: string;
  flush(): Promise<void>;
  /** Everything kept about one job, as text. */
  dump(jobId: string): Promise<string>;
  stop(): Promise<void>;
}

/** Undefined where no Redis is installed: the PostgreSQL backend is the default and is tested everywhere. */
export async function startRedis(): Promise<RunningRedis | undefined> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    async flush() {
      await client.flushall();
    },
    async dump(jobId) {
      const keys = await client.keys(`*${jobId}*`);
      const kept = await Promise.all(keys.map(async (key) => ((await client.type(key)) === 'hash' ? client.hgetall(key) : {})));
      return JSON.stringify(kept);
    },
    async stop() {
      client.disconnect();
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await gone;
    },
  };
}
