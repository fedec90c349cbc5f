import { readdirSync } from 'node:fs';
import type { Json } from '../libs/kernel/index.js';

/** One figure of a bench, printed as one line of JSON. */
export type Emit = (figure: { readonly [name: string]: Json }) => void;

/** A bench: a module of this folder that says what it measures and measures it. */
export interface Bench {
  /** What is measured, beside which peer and which limit. */
  readonly describe: string;
  run(emit: Emit): Promise<void>;
}

/** Modules of this folder that are part of benches, not benches. */
const NO_BENCHES = new Set(['run.js']);

async function benchCalled(name: string): Promise<Bench | undefined> {
  const module = (await import(new URL(`${name}.js`, import.meta.url).href)) as Partial<Bench>;
  return typeof module.describe === 'string' && typeof module.run === 'function' ? { describe: module.describe, run: module.run } : undefined;
}

/** Names of the modules beside this one that are benches. */
async function benches(): Promise<ReadonlyMap<string, Bench>> {
  const names = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.js') && !NO_BENCHES.has(file));
  const found = new Map<string, Bench>();
  for (const name of names.map((file) => file.slice(0, -'.js'.length)).sort()) {
    const bench = await benchCalled(name);
    if (bench !== undefined) found.set(name, bench);
  }
  return found;
}

async function main(name: string | undefined): Promise<number> {
  const known = await benches();
  if (name === undefined) {
    for (const [each, { describe }] of known) process.stdout.write(`${each}: ${describe}\n`);
    return 0;
  }
  const bench = known.get(name);
  if (bench === undefined) {
    process.stderr.write(`There is no bench ${name}; npm run bench lists them.\n`);
    return 2;
  }
  await bench.run((figure) => process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`));
  return 0;
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exitCode = 1;
}
process.exit();
