import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_LIMIT_MS = 60_000;

/** One process of the built product or of the sandbox, with what it printed. */
export interface Child {
  readonly process: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
  /** kill -9: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
}

/** Environment a child gets beside what is passed: no more than it needs, so that a developer's shell changes nothing. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'NODE_ENV_FOR_TESTS', 'LANG'] as const;

/**
 * Starts `node dist/ENTRY` and waits until its output contains `ready`.
 *
 * @throws Error with all it printed when it ends, or says nothing for a minute.
 */
export async function startChild(entry: string, env: Readonly<Record<string, string>>, ready: string | RegExp, args: readonly string[] = []): Promise<Child> {
  const passed = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const child = spawn(process.execPath, [`${ROOT}dist/${entry}`, ...args], {
    cwd: ROOT,
    env: { ...passed, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await untilReady(child, entry, () => output, ready);
  return { process: child, output: () => output, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
}

function untilReady(child: ChildProcess, entry: string, output: () => string, ready: string | RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${entry} was not ready in time. It printed:\n${output()}`));
    }, START_LIMIT_MS);
    const look = (): void => {
      if (!(typeof ready === 'string' ? output().includes(ready) : ready.test(output()))) return;
      clearTimeout(limit);
      resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`${entry} ended with ${code ?? signal ?? 'nothing'} before it was ready. It printed:\n${output()}`));
    });
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Runs `node dist/ENTRY ARGS` to its end and answers what it printed. */
export async function runChild(entry: string, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const passed = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const child = spawn(process.execPath, [`${ROOT}dist/${entry}`, ...args], { cwd: ROOT, env: { ...passed, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
