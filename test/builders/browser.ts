import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const UNPACK_LIMIT_MS = 120_000;

interface Executable {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A real Chromium: the one on PATH, else the one out of npm. Nothing is downloaded. The caller closes it.
 *
 * @throws Error when there is neither.
 */
export async function openBrowser(): Promise<Browser> {
  const { path, env } = onPath() ?? (await fromNpm());
  return chromium.launch({
    executablePath: path,
    headless: true,
    // The sandbox of Chromium wants rights that root in a container has not; the pages under test are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...definedEnvironment(), ...env },
  });
}

function onPath(): Executable | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = paths.find((candidate) => existsSync(candidate) && runs({ path: candidate, env: {} }));
  return path === undefined ? undefined : { path, env: {} };
}

/** Unpacked once per test run; spec files in other processes wait for it. */
async function fromNpm(): Promise<Executable> {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (run === undefined) throw new Error('No test run: start Jest with the repository\'s jest.config.js, which prepares one.');
  const folder = join(run, 'chromium');
  const note = join(run, 'chromium.json');
  if (isFirst(folder)) {
    writeFileSync(`${note}.new`, JSON.stringify(unpack(folder)));
    renameSync(`${note}.new`, note);
  }
  const limit = Date.now() + UNPACK_LIMIT_MS;
  while (!existsSync(note) && Date.now() < limit) await pause(50);
  const found = JSON.parse(readFileSync(note, 'utf8')) as Executable | { readonly fault: string };
  if ('fault' in found) throw new Error(`No Chromium: ${found.fault}. Install one so that it is on PATH.`);
  return found;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function unpack(folder: string): Executable | { readonly fault: string } {
  const program = fileURLToPath(new URL('./unpack-chromium.mjs', import.meta.url));
  const run = spawnSync(process.execPath, [program], { encoding: 'utf8', env: { ...definedEnvironment(), TMPDIR: folder } });
  if (run.status !== 0) return { fault: run.stderr };
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  // A machine with the libraries of a desktop needs none of ours; a bare one needs them all.
  const candidates = [{ path: run.stdout, env: {} }, { path: run.stdout, env: libraries }];
  return candidates.find(runs) ?? { fault: 'the one out of npm does not run on this machine' };
}

function runs({ path, env }: Executable): boolean {
  return spawnSync(path, ['--version'], { env: { ...definedEnvironment(), ...env }, stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
