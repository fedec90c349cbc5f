#!/usr/bin/env node
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromBase64, parseVerifierKey } from '../note/index.js';
import { parsePolicy } from '../witness/index.js';
import { verifyContinuity, verifyEntry, type Claimed, type Finding, type Trust, type Verdict } from './index.js';

const USAGE = `Usage: concordat-verify --key KEY [--policy FILE] [--json] PROOF --entry FILE
       concordat-verify --key KEY [--policy FILE] [--json] PROOF --leaf HASH
       concordat-verify --key KEY [--policy FILE] [--json] PROOF --from CHECKPOINT-FILE

Checks, with no network and no server, what a proof from a Concordat ledger shows. KEY is the ledger's public key, which
you must have from somebody you trust: ORIGIN+ID+BASE64. With --entry or --leaf (base64), PROOF is a tlog-proof of one
entry; with --from, it is the proof that the ledger continues the checkpoint you kept.

Exit codes: 0 everything asked is proven, 1 something is not, 2 wrong usage or a file that cannot be read.`;

const WORDS: Readonly<Record<Finding['state'], string>> = { proven: 'PROVEN     ', refuted: 'NOT PROVEN ', open: 'not asked  ' };
const LONGEST_FILE = 4_194_304;

/** Something about the command line, put in words for whoever typed it. */
class UsageFault extends Error {}

/** Answers the exit code. */
function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { values, positionals } = wordsOf(args);
  const verdict = verify(values, positionals);
  process.stdout.write(values.json === true ? `${JSON.stringify(verdict)}\n` : linesOf(verdict));
  return verdict.holds ? 0 : 1;
}

type Words = ReturnType<typeof wordsOf>['values'];

function wordsOf(args: readonly string[]) {
  const value = { type: 'string' } as const;
  const options = { key: value, policy: value, entry: value, leaf: value, from: value, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
}

function verify(words: Words, positionals: readonly string[]): Verdict {
  const [proofFile, ...more] = positionals;
  const { entry, leaf, from } = words;
  if (proofFile === undefined || more.length > 0) throw new UsageFault('Name one file with the proof.');
  if ([entry, leaf, from].filter((given) => given !== undefined).length !== 1) {
    throw new UsageFault('Say what the proof is about with one of --entry, --leaf and --from.');
  }
  const trust = trustOf(words);
  const proof = read(proofFile);
  return from === undefined ? verifyEntry(proof, claimed(entry, leaf), trust) : verifyContinuity(proof, read(from), trust);
}

function trustOf({ key, policy }: Words): Trust {
  const verifier = parseVerifierKey(key ?? '');
  if (!verifier.ok) throw new UsageFault(`--key: ${verifier.error.message}.`);
  if (policy === undefined) return { key: verifier.value };
  const parsed = parsePolicy(read(policy));
  if (!parsed.ok) throw new UsageFault(`${policy}: ${parsed.error.message}.`);
  return { key: verifier.value, policy: parsed.value };
}

function claimed(entry: string | undefined, leaf: string | undefined): Claimed {
  if (entry !== undefined) return { entryFile: read(entry) };
  const leafHash = fromBase64(leaf ?? '');
  if (leafHash?.length !== 32) throw new UsageFault('--leaf: A leaf hash is 32 bytes in base64.');
  return { leafHash };
}

function read(file: string): string {
  try {
    if (statSync(file).size > LONGEST_FILE) throw new UsageFault(`${file}: The file is too long to be one of these.`);
    return readFileSync(file, 'utf8');
  } catch (fault) {
    throw fault instanceof UsageFault ? fault : new UsageFault(`${file}: The file cannot be read.`);
  }
}

function linesOf({ holds, findings }: Verdict): string {
  const lines = findings.map(({ state, message }) => `${WORDS[state]}${message}`);
  return [...lines, '', holds ? 'Everything that was asked is proven.' : 'This proof does NOT hold.', ''].join('\n');
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (fault) {
  if (!(fault instanceof UsageFault)) throw fault;
  process.stderr.write(`${fault.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
