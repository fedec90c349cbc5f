import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_PORTS, type Config } from '../../src/platform/config/index.js';
import { freePort, isFree } from '../postgres/free-port.js';
import { serverUser } from '../postgres/system-user.js';
import { openDataFolder, resetDataFolder } from './data-folder.js';
import { keptSecret } from './kept-secret.js';
import { claim } from './only-one.js';
import { checkPorts } from './ports.js';
import { StartFault } from './start-fault.js';

const folder = mkdtempSync(join(tmpdir(), 'concordat-folders-'));
chmodSync(folder, 0o755);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the folder of an installation', () => {
  it('holds the database where its account may go, and elsewhere below a home that is closed to it', () => {
    const open = openDataFolder(join(folder, 'open', 'data'));
    expect(open.postgres).toBe(join(open.path, 'postgres'));
    const home = join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    const closed = openDataFolder(join(home, 'data'));
    // Whoever is not root runs the database under her own account, which may enter her own home.
    if (serverUser() === undefined) expect(closed.postgres).toBe(join(closed.path, 'postgres'));
    else {
      expect(closed.postgres.startsWith(home)).toBe(false);
      expect(statSync(closed.postgres).mode & 0o777).toBe(0o711);
    }
    // Kept, whatever becomes of the home's mode: another place would look like an empty database.
    chmodSync(home, 0o755);
    expect(openDataFolder(join(home, 'data')).postgres).toBe(closed.postgres);
    resetDataFolder(join(home, 'data'));
    expect([existsSync(closed.postgres), existsSync(join(home, 'data', 'secrets'))]).toEqual([false, false]);
  });

  it('shows logs and secrets to its own account alone', () => {
    const { logs, secrets } = openDataFolder(join(folder, 'private'));
    for (const path of [logs, secrets]) expect(statSync(path).mode & 0o777).toBe(0o700);
    const secret = keptSecret(secrets, 'cookie-secret');
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(statSync(join(secrets, 'cookie-secret')).mode & 0o777).toBe(0o600);
    expect([keptSecret(secrets, 'cookie-secret'), keptSecret(secrets, 'other') === secret]).toEqual([secret, false]);
  });

  it('is never made of, nor emptied where it is, somebody else’s', () => {
    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'years');
    expect(() => openDataFolder(foreign)).toThrow(StartFault);
    resetDataFolder(foreign);
    expect(existsSync(join(foreign, 'thesis.txt'))).toBe(true);
  });
});

describe('one launcher in a folder', () => {
  const file = join(folder, 'launcher.pid');

  it('gives it back when it is done', () => {
    const release = claim(folder);
    expect(readFileSync(file, 'utf8').trim()).toBe(String(process.pid));
    release();
    expect(existsSync(file)).toBe(false);
  });

  it('is held off by a launcher that runs, and told which', async () => {
    const program = join(folder, 'start.js');
    writeFileSync(program, 'process.stdout.write("up"); setInterval(() => undefined, 1000);');
    const other = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(other.stdout, 'data');
    writeFileSync(file, `${other.pid ?? 0}\n`);
    expect(() => claim(folder)).toThrow(`Concordat is already running from ${folder} (process ${other.pid ?? 0})`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    claim(folder)();
  });

  it.each([
    ['a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['another program with the number of one that was', () => String(process.ppid)],
    ['no number at all', () => 'after a power cut'],
    ['nothing', () => ''],
  ])('is not held off by the mark of %s', (_, content) => {
    writeFileSync(file, content());
    claim(folder)();
    expect(existsSync(file)).toBe(false);
  });
});

describe('the ports of a start', () => {
  const config = (port: number, more: Partial<Config> = {}): Config => ({ port, host: '127.0.0.1', demo: true, witnesses: {}, timestamps: {}, ...more }) as Config;

  /** A port whose neighbours the demonstration needs are free as well. */
  async function portWithRoom(): Promise<number> {
    const port = await freePort();
    for (let offset = 0; offset <= Math.max(...Object.values(SANDBOX_PORTS)); offset += 1) if (port + offset > 65_535 || !(await isFree(port + offset))) return portWithRoom();
    return port;
  }

  async function held(port: number): Promise<Server> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  it('are looked at before anything starts: the portal’s own first', async () => {
    const port = await portWithRoom();
    await expect(checkPorts(config(port))).resolves.toBeUndefined();
    const server = await held(port);
    await expect(checkPorts(config(port))).rejects.toThrow(`Port ${port} is taken by another program; stop it, or start with another one, for example PORT=${port + 100} npm start.`);
    server.close();
  });

  it('name every neighbour that is taken, where there is a demonstration to need it', async () => {
    const port = await portWithRoom();
    const servers = [await held(port + 12), await held(port + 21)];
    await expect(checkPorts(config(port))).rejects.toThrow(`Port ${port + 12}, ${port + 21}, which the demonstration needs, is taken by another program`);
    await expect(checkPorts(config(port, { demo: false }))).resolves.toBeUndefined();
    for (const server of servers) server.close();
  });

  it('say that this machine has no such address', async () => {
    await expect(checkPorts(config(await portWithRoom(), { host: '203.0.113.77' }))).rejects.toThrow('This machine has no address 203.0.113.77; check HOST.');
  });
});
