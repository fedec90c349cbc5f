#!/usr/bin/env node
import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromBase64, parseVerifierKey } from '../note/index.js';
import { parsePolicy, type WitnessPolicy } from '../witness/index.js';
import { conclusionOf, linesOf, verifyBundle, verifyContinuity, verifyEntry, verifyTiles, type BundleTrust, type BundleVerdict, type Claimed, type Trust, type Verdict } from './index.js';

const USAGE = `Usage: concordat-verify [--key KEY] [--policy FILE] [--json] BUNDLE
       concordat-verify --key KEY [--policy FILE] [--json] PROOF --entry FILE
       concordat-verify --key KEY [--policy FILE] [--json] PROOF --leaf HASH
       concordat-verify --key KEY [--policy FILE] [--json] PROOF --from CHECKPOINT-FILE
       concordat-verify --key KEY [--policy FILE] [--json] --tiles FOLDER [--entries FILE]

Checks, with no network and no server, what a court bundle or a proof from a Concordat ledger shows. BUNDLE is the one file that
was handed over; without a key it is checked only whether it agrees with itself. KEY is the ledger's public key, which
you must have from somebody you trust: ORIGIN+ID+BASE64. With --entry or --leaf (base64), PROOF is a tlog-proof of one
entry; with --from, it is the proof that the ledger continues the checkpoint you kept. With --tiles, FOLDER is the whole
tree (checkpoint, tile/...), and FILE every entry of it, one entry file a line.

Exit codes: 0 everything asked is proven, 1 something is not, 2 wrong usage or a file that cannot be read, 3 a bundle agrees with
itself but no key was given to say whose it is.`;

const LONGEST_FILE = 4_194_304;

/** Something about the command line, put in words for whoever typed it. */
class UsageFault extends Error {}

/** Answers the exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { values, positionals } = wordsOf(args);
  const verdict = await verify(values, positionals);
  process.stdout.write(values.json === true ? `${JSON.stringify(verdict)}\n` : [...linesOf(verdict), '', conclusionOf(verdict), ''].join('\n'));
  if (!verdict.holds) return 1;
  return 'isTrusted' in verdict && !verdict.isTrusted ? 3 : 0;
}

type Words = ReturnType<typeof wordsOf>['values'];

function wordsOf(args: readonly string[]) {
  const value = { type: 'string' } as const;
  const options = { key: value, policy: value, entry: value, leaf: value, from: value, tiles: value, entries: value, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
}

async function verify(words: Words, positionals: readonly string[]): Promise<Verdict | BundleVerdict> {
  const { entry, leaf, from, tiles, entries } = words;
  const [bundle = '', ...others] = positionals;
  if ([entry, leaf, from, tiles, entries].every((given) => given === undefined) && bundle !== '' && others.length === 0) return verifyFile(bundle, bundleTrust(words));
  const proofs = tiles === undefined ? 1 : 0;
  if (positionals.length !== proofs) throw new UsageFault(proofs === 1 ? 'Name one file with the proof.' : 'With --tiles there is no proof to name.');
  if ([entry, leaf, from, tiles].filter((given) => given !== undefined).length !== 1) {
    throw new UsageFault('Say what is to be proven with one of --entry, --leaf, --from and --tiles.');
  }
  if (entries !== undefined && tiles === undefined) throw new UsageFault('--entries goes with --tiles.');
  const trust = trustOf(words);
  if (tiles !== undefined) return verifyTiles({ checkpoint: handed(join(tiles, 'checkpoint')), tile: tilesIn(tiles), entries: entriesIn(entries) }, trust);
  const proof = handed(positionals[0] ?? '');
  return from === undefined ? verifyEntry(proof, claimed(entry, leaf), trust) : verifyContinuity(proof, handed(from), trust);
}

/** A bundle of any size is read piece by piece. */
async function verifyFile(path: string, trust: BundleTrust): Promise<BundleVerdict> {
  const file = await open(path, 'r').catch(() => undefined);
  const stats = await file?.stat();
  if (file === undefined || stats?.isFile() !== true) throw new UsageFault(`${path}: The file cannot be read.`);
  try {
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const octets = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(octets, 0, length, offset);
      return octets.subarray(0, bytesRead);
    };
    return await verifyBundle({ size: stats.size, read }, trust);
  } finally {
    await file.close();
  }
}

function bundleTrust(words: Words): BundleTrust {
  if (words.key !== undefined) return trustOf(words);
  return words.policy === undefined ? {} : { policy: policyIn(words.policy) };
}

function policyIn(file: string): WitnessPolicy {
  const parsed = parsePolicy(read(file).toString('utf8'));
  if (!parsed.ok) throw new UsageFault(`${file}: ${parsed.error.message}.`);
  return parsed.value;
}

function trustOf({ key, policy }: Words): Trust {
  const verifier = parseVerifierKey(key ?? '');
  if (!verifier.ok) throw new UsageFault(`--key: ${verifier.error.message}.`);
  if (policy === undefined) return { key: verifier.value };
  return { key: verifier.value, policy: policyIn(policy) };
}

function claimed(entry: string | undefined, leaf: string | undefined): Claimed {
  if (entry !== undefined) return { entryFile: handed(entry) };
  const leafHash = fromBase64(leaf ?? '');
  if (leafHash?.length !== 32) throw new UsageFault('--leaf: A leaf hash is 32 bytes in base64.');
  return { leafHash };
}

/** A file that was handed over (attacker-controlled). What is not UTF-8 is nothing: letters put in its place could make it what was signed. */
function handed(file: string): string {
  const octets = read(file);
  return isUtf8(octets) ? octets.toString('utf8') : '';
}

function read(file: string): Buffer {
  try {
    if (statSync(file).size > LONGEST_FILE) throw new UsageFault(`${file}: The file is too long to be one of these.`);
    return readFileSync(file);
  } catch (fault) {
    throw fault instanceof UsageFault ? fault : new UsageFault(`${file}: The file cannot be read.`);
  }
}

/** Only paths that the tree makes are asked for. */
function tilesIn(folder: string): (path: string) => Promise<Uint8Array | undefined> {
  return (path) => {
    try {
      return Promise.resolve(readFileSync(join(folder, path)));
    } catch {
      return Promise.resolve(undefined);
    }
  };
}

/** Read as it is asked for, however long it is. */
function entriesIn(file: string | undefined): AsyncIterable<Uint8Array> | undefined {
  if (file === undefined) return undefined;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageFault(`${file}: The file cannot be read.`);
  return createReadStream(file, { highWaterMark: 1_048_576 });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  if (!(fault instanceof UsageFault)) throw fault;
  process.stderr.write(`${fault.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
