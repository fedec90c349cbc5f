import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../libs/kernel/index.js';
import { openNote, parseCosignatureKey, type NoteVerifier } from '../../libs/note/index.js';
import { runChild, startChild, type Child } from './child.js';

const BIN = 'src/witness/bin.js';

/** A log as a witness is told of it. */
interface Log {
  readonly origin: string;
  readonly verifierKey: string;
}

/** A witness that runs, spoken to over HTTP. */
export interface RunningWitness {
  readonly child: Child;
  readonly url: string;
  add(body: string): Promise<Response>;
}

/** A witness of one agency: its key and memory in a folder of their own, and its process when started. */
export class TestWitness {
  private constructor(
    readonly home: string,
    readonly verifier: NoteVerifier,
    readonly verifierKey: string,
  ) {}

  static async make(name = 'agency.example/witness'): Promise<TestWitness> {
    const home = mkdtempSync(join(tmpdir(), 'concordat-witness-'));
    const { code, output } = await runChild(BIN, {}, ['new-key', '--name', name, '--key', join(home, 'key'), '--data', join(home, 'data')]);
    if (code !== 0) throw new Error(output);
    return new TestWitness(home, must(parseCosignatureKey(output.trim())), output.trim());
  }

  /** The words it is started with. */
  words(...logs: readonly Log[]): readonly string[] {
    return this.wordsAt(0, logs);
  }

  private wordsAt(port: number, logs: readonly Log[]): readonly string[] {
    return ['--key', join(this.home, 'key'), '--data', join(this.home, 'data'), '--port', String(port), ...logs.flatMap(({ origin, verifierKey }) => ['--log', `${origin}=${verifierKey}`])];
  }

  async start(...logs: readonly Log[]): Promise<RunningWitness> {
    return this.startAt(0, ...logs);
  }

  /** At a port that is known before; 0 takes a free one. */
  async startAt(at: number, ...logs: readonly Log[]): Promise<RunningWitness> {
    const child = await startChild(BIN, {}, '"event":"started"', this.wordsAt(at, logs));
    const started = linesOf(child).find(({ event }) => event === 'started');
    const url = `http://127.0.0.1:${Number(started?.['port'])}`;
    return { child, url, add: (body) => fetch(`${url}/add-checkpoint`, { method: 'POST', body }) };
  }

  /** Whether `lines` cosign the checkpoint `note` with this witness's key. */
  cosigned(note: string, lines: string): boolean {
    return openNote(note + lines, [this.verifier]).ok;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Waits until the child's log has a line of this event, which comes by another way than an answer over HTTP. */
export async function lineOf(child: Child, event: string): Promise<Record<string, unknown>> {
  for (;;) {
    const line = linesOf(child).find((one) => one['event'] === event);
    if (line !== undefined) return line;
    if (child.process.stdout === null || child.process.stdout.destroyed) throw new Error(`The witness never told of ${event}:\n${child.output()}`);
    await once(child.process.stdout, 'data');
  }
}

/** The whole lines of a child's log. */
export function linesOf(child: Child): readonly Record<string, unknown>[] {
  return child
    .output()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
