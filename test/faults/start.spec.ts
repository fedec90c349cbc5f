import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { isFree } from '../../scripts/postgres/free-port.js';
import { projectFolder } from '../../src/platform/config/index.js';

const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 5_000;

class Launch {
  output = '';
  readonly ended: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  async ready(): Promise<void> {
    const limit = Date.now() + READY_LIMIT_MS;
    while (!this.output.includes('Concordat is ready') && Date.now() < limit) {
      if (this.child.exitCode !== null) throw new Error(`It ended before it was ready: ${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(this.output).toContain('Concordat is ready');
  }
}

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-start-'));
  const launches: Launch[] = [];

  function start(env: Record<string, string>, ...args: string[]): Launch {
    const given = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env };
    const launch = new Launch(spawn(process.execPath, [join(projectFolder(), 'dist', 'scripts', 'start.js'), ...args], { env: given, stdio: ['ignore', 'pipe', 'pipe'] }));
    launches.push(launch);
    return launch;
  }

  /** Below the ports the system gives away by itself, with its neighbours free. */
  async function portWithRoom(): Promise<string> {
    const port = randomInt(12_000, 30_000);
    for (let offset = 0; offset <= 25; offset += 1) if (!(await isFree(port + offset))) return portWithRoom();
    return String(port);
  }

  afterEach(async () => {
    for (const { child, ended } of launches.splice(0)) {
      child.kill('SIGTERM');
      await ended;
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts, refuses a second start, keeps its data, stops within five seconds, and begins anew with --reset', async () => {
    const env = { PORT: await portWithRoom(), CONCORDAT_DATA: join(folder, 'kept') };
    const first = start(env);
    await first.ready();
    expect(first.output).toContain('amira.rahman');
    expect(await fetch(`http://localhost:${env.PORT}/health/ready`).then(({ status }) => status)).toBe(200);

    const second = start(env);
    expect(await second.ended).toBe(1);
    expect(second.output.trim()).toMatch(/^Concordat is already running from .*\.$/);

    const asked = Date.now();
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(STOP_LIMIT_MS);
    expect(await isFree(Number(env.PORT))).toBe(true);

    const identity = readFileSync(join(folder, 'kept', 'seeded.txt'), 'utf8');
    const third = start(env);
    await third.ready();
    expect(readFileSync(join(folder, 'kept', 'seeded.txt'), 'utf8')).toBe(identity);
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);

    const secret = readFileSync(join(folder, 'kept', 'secrets', 'database-app'), 'utf8');
    const anew = start(env, '--reset');
    await anew.ready();
    expect(readFileSync(join(folder, 'kept', 'secrets', 'database-app'), 'utf8')).not.toBe(secret);
  }, 400_000);

  it('names the part that died, stops the rest and leaves nothing listening', async () => {
    const env = { PORT: await portWithRoom(), CONCORDAT_DATA: join(folder, 'dying') };
    const launch = start(env);
    await launch.ready();
    const line = readFileSync(join(folder, 'dying', 'logs', 'worker.log'), 'utf8').split('\n')[0] ?? '';
    process.kill((JSON.parse(line) as { process: number }).process, 'SIGKILL');
    expect(await launch.ended).toBe(1);
    expect(launch.output).toContain('The worker ended by itself (SIGKILL)');
    expect(await isFree(Number(env.PORT))).toBe(true);
  }, 200_000);

  it('says in one sentence that the port is taken', async () => {
    const port = await portWithRoom();
    const holder = createServer().listen(Number(port), '127.0.0.1');
    await once(holder, 'listening');
    const launch = start({ PORT: port, CONCORDAT_DATA: join(folder, 'taken') });
    expect(await launch.ended).toBe(1);
    expect(launch.output.trim()).toMatch(new RegExp(`^Port ${port} is taken by another program; .*\\.$`));
    holder.close();
  });

  it('says in one sentence that the folder cannot be written, and touches no folder that is not its own', async () => {
    writeFileSync(join(folder, 'file'), 'not a folder');
    const below = start({ CONCORDAT_DATA: join(folder, 'file', 'data'), PORT: await portWithRoom() });
    expect(await below.ended).toBe(1);
    expect(below.output.trim()).toMatch(/^This account may not write to .*\.$/);

    const foreign = mkdtempSync(join(folder, 'foreign-'));
    writeFileSync(join(foreign, 'thesis.txt'), 'years of work');
    const reset = start({ CONCORDAT_DATA: foreign, PORT: await portWithRoom() }, '--reset');
    expect(await reset.ended).toBe(1);
    expect(reset.output.trim()).toMatch(/holds files that are not Concordat's; .*\.$/);
    expect(existsSync(join(foreign, 'thesis.txt'))).toBe(true);
  });

  it('says in one sentence that the database does not answer, without its password', async () => {
    const launch = start({ CONCORDAT_DATA: join(folder, 'far'), PORT: await portWithRoom(), DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/none' });
    expect(await launch.ended).toBe(1);
    expect(launch.output.trim()).toMatch(/^The database none at 127\.0\.0\.1:1 cannot be reached \(nobody answers there\); .*\.$/);
    expect(launch.output).not.toContain('hunter2');
  });

  it('lists every fault of the options, and knows no other argument', async () => {
    const faulty = start({ PORT: 'eighty', LOG_LEVEL: 'loud' });
    expect(await faulty.ended).toBe(1);
    expect(faulty.output).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
    const odd = start({}, '--fresh');
    expect(await odd.ended).toBe(1);
    expect(odd.output).toContain('There is no option --fresh');
  });
});
