import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../src/platform/config/index.js';
import { rounded } from './figures.js';
import type { Emit } from './run.js';

/** MiB of the one exhibit; a small try sets fewer. */
const MEBIBYTES = Number(process.env['BENCH_BUNDLE_MIB'] ?? '2048');
const LIMIT_MIB = 250;

export const describe =
  'MiB/s of making a court bundle of a sealed exhibit of 2 GiB (BENCH_BUNDLE_MIB sets fewer) into a file, and of concordat-verify over it, each as a ' +
  'process of its own, and the memory each ever had (limit 250 MiB); beside sha256sum of the exhibit, and SHA-256 and SHA-512 of it in one pass';

/** Each reads what lies in the memory of the file system, where the one before has just put it. */
export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-bundle-'));
  try {
    const made = child([join(projectFolder(), 'dist', 'bench', 'bundle-parts', 'make.js'), folder, String(MEBIBYTES)]);
    const peer = sha256sum(join(folder, 'plain'));
    const both = await bareHashes(join(folder, 'plain'));
    const verified = verify(folder, made.key);
    const rate = (seconds: number): number => Math.round(MEBIBYTES / seconds);
    const beside = { peer: 'sha256sum of the payload', peer_value: rate(peer), limit: 'SHA-256 and SHA-512 in one pass', limit_value: rate(both), unit: 'MiB/s' };
    emit({ figure: `make a bundle of ${MEBIBYTES} MiB`, ours: rate(made.seconds), ...beside });
    emit({ figure: `verify a bundle of ${MEBIBYTES} MiB`, ours: rate(verified.seconds), ...beside });
    for (const [name, mib] of [['making', made.peakMib], ['verifying', verified.peakMib]] as const) {
      emit({ figure: `memory while ${name} it`, ours: rounded(mib, 0), limit: 'under', limit_value: LIMIT_MIB, unit: 'MiB' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Made {
  readonly seconds: number;
  readonly key: string;
  readonly peakMib: number;
}

/** What the process that makes the bundle printed. */
function child(words: readonly string[]): Made {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Made;
}

/** The command itself, in a process that says at its end how much memory it ever had. */
function verify(folder: string, key: string): { readonly seconds: number; readonly peakMib: number } {
  const program = join(projectFolder(), 'dist', 'libs', 'verifier', 'bin.js');
  const wrapped = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS))); process.argv.splice(1, 0, 'bin'); await import(${JSON.stringify(program)});`;
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', wrapped, '--', '--key', key, join(folder, 'bundle.zip')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bundle does not hold: ${stdout}${stderr}`);
  return { seconds: (performance.now() - began) / 1000, peakMib: Number(stderr) / 1024 };
}

function sha256sum(path: string): number {
  const began = performance.now();
  const { status } = spawnSync('sha256sum', [path]);
  if (status !== 0) throw new Error('sha256sum is not there to compare with.');
  return (performance.now() - began) / 1000;
}

async function bareHashes(path: string): Promise<number> {
  const began = performance.now();
  const hashes = [createHash('sha256'), createHash('sha512')];
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) for (const hash of hashes) hash.update(piece as Buffer);
  for (const hash of hashes) hash.digest();
  return (performance.now() - began) / 1000;
}
