import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartFault } from './start-fault.js';

/** One process the launcher runs. */
export interface Program {
  /** What it is called when something is wrong with it, for example `the worker`. */
  readonly name: string;
  readonly logName: string;
  /** Absolute path of a module. */
  readonly module: string;
  /** Words after the module, if it takes any. */
  readonly args?: readonly string[];
  /** Options of the engine, if it needs any. */
  readonly flags?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether it serves already, asked again and again until it answers true; absent when the program itself says `ready`. */
  readonly isReady?: () => Promise<boolean>;
  /** Of a program the rest goes on without: where its process number is written, for whoever wants to stop it. */
  readonly pidFileOfDispensable?: string;
}

const READY_LIMIT_MS = 60_000;
const POLL_MS = 25;

/** The processes of one start, watched: the first to end by itself is reported, and all are stopped together. */
export class Processes {
  private readonly running = new Map<string, ChildProcess>();
  private stopping = false;
  private reportFailure: (sentence: string) => void = () => undefined;

  /** Resolves with a sentence naming the first process that ended without being asked to. */
  readonly failed = new Promise<string>((resolve) => {
    this.reportFailure = resolve;
  });

  /**
   * @param logs - folder for one log per process.
   * @param leash - module that ends a process when the launcher is gone.
   * @param tell - says to whoever started all of it what ended and is not needed.
   */
  constructor(
    private readonly logs: string,
    private readonly leash: string,
    private readonly tell: (sentence: string) => void,
  ) {}

  /**
   * Starts a program and resolves when it serves.
   *
   * @throws StartFault when it ends or is not ready in time, with the last line it wrote.
   */
  async start(program: Program): Promise<void> {
    if (this.stopping) return;
    const child = this.launch(program);
    this.running.set(program.name, child);
    child.once('exit', (code, signal) => this.ended(program, signal ?? `exit code ${String(code)}`));
    const isReady = program.isReady ?? saying(child, 'ready');
    const limit = Date.now() + READY_LIMIT_MS;
    while (this.mayWait(limit)) {
      if (!isAlive(child)) throw new StartFault(`${capital(program.name)} ended while starting: ${this.lastWords(program)}`);
      if (await isReady()) return;
      await pause(POLL_MS);
    }
    if (this.mayWait(Infinity)) throw new StartFault(`${capital(program.name)} was not ready within ${READY_LIMIT_MS / 1000} seconds: ${this.lastWords(program)}`);
  }

  /** Asks every process to stop and, after `limitMs`, ends those that did not. */
  async stop(limitMs: number): Promise<void> {
    this.stopping = true;
    const children = [...this.running.values()];
    for (const child of children) child.kill('SIGTERM');
    const limit = Date.now() + limitMs;
    while (children.some(isAlive) && Date.now() < limit) await pause(10);
    for (const child of children.filter(isAlive)) child.kill('SIGKILL');
    while (children.some(isAlive) && Date.now() < limit + 500) await pause(10);
  }

  private mayWait(limit: number): boolean {
    return !this.stopping && Date.now() < limit;
  }

  private launch(program: Program): ChildProcess {
    const log = openLog(this.logs, program.logName);
    const child = spawn(process.execPath, [...(program.flags ?? []), '--enable-source-maps', '--import', this.leash, program.module, ...(program.args ?? [])], {
      env: program.env,
      // A group of its own: Ctrl-C reaches the launcher, which then stops everything in order.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    if (program.pidFileOfDispensable !== undefined) writeFileSync(program.pidFileOfDispensable, `${child.pid ?? ''}\n`);
    return child;
  }

  private ended(program: Program, how: string): void {
    if (this.stopping) return;
    const sentence = `${capital(program.name)} ended by itself (${how}): ${this.lastWords(program)}`;
    if (program.pidFileOfDispensable === undefined) this.reportFailure(sentence);
    else this.tell(`${sentence}. The rest goes on. Start it again with: node ${[program.module, ...(program.args ?? [])].join(' ')}`);
  }

  private lastWords(program: Program): string {
    const file = join(this.logs, `${program.logName}.log`);
    const line = tellingLine(readFileSync(file, 'utf8'));
    return `${line === '' ? 'it wrote nothing' : line} (its log is ${file})`;
  }
}

/** Begins a new log and keeps the one before it, so that the reason of a crash survives the next start. */
function openLog(folder: string, name: string): number {
  const file = join(folder, `${name}.log`);
  if (existsSync(file)) renameSync(file, join(folder, `${name}.previous.log`));
  return openSync(file, 'a', 0o600);
}

/** Of what a process wrote, the line that most likely says why it ended: the last that names an error, else the last. */
function tellingLine(text: string): string {
  const lines = text.trim().split('\n').filter((line) => !/^(Node\.js v|\s+at |\s*\}?$)/.test(line));
  return lines.findLast((line) => /error|cannot|refused|fail/i.test(line)) ?? lines.at(-1) ?? '';
}

/** Whether `child` has sent `word` over its channel. */
function saying(child: ChildProcess, word: string): () => Promise<boolean> {
  let said = false;
  child.on('message', (message) => (said ||= message === word));
  return () => Promise.resolve(said);
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
