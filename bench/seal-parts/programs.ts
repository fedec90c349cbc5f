import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way of doing something once. */
export type Way = () => Promise<void>;

/** A program for sealed files that is installed here, with a key of its own making. */
export interface Program {
  readonly name: string;
  /** Its public key as OpenPGP octets; undefined for one with a format of its own. */
  readonly publicKey: Buffer | undefined;
  /** Seals the file to its own key and throws the result away. */
  seal(path: string): Promise<void>;
  /** Seals the file to its own key, to be opened again. */
  sealTo(path: string, sealed: string): Promise<void>;
  /** Opens what was sealed to its key and throws the result away. */
  open(sealed: string): Promise<void>;
}

/** Those of GnuPG, Sequoia (`sqop`) and age that are installed; keys are kept in `folder`. */
export function installedPrograms(folder: string): readonly Program[] {
  return [gnupg, sequoia, age].flatMap((make) => make(folder) ?? []);
}

/** Ends what the programs left running. */
export function endPrograms(folder: string): void {
  spawnSync('gpgconf', ['--homedir', join(folder, 'gnupg'), '--kill', 'all']);
}

function gnupg(folder: string): Program | undefined {
  if (!isInstalled('gpg', '--version')) return undefined;
  const home = join(folder, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  const options = ['--homedir', home, '--batch', '--quiet'];
  spawnSync('gpg', [...options, '--passphrase', '', '--quick-generate-key', 'Bench', 'future-default', 'default', 'never']);
  // What it seals is not compressed by the others either.
  const sealing = [...options, '--trust-model', 'always', '--compress-algo', 'none', '--recipient', 'Bench', '--encrypt'];
  return {
    name: 'GnuPG',
    publicKey: spawnSync('gpg', [...options, '--export', 'Bench']).stdout,
    seal: (path) => run('gpg', sealing, { from: path }),
    sealTo: (path, sealed) => run('gpg', sealing, { from: path, to: sealed }),
    open: (sealed) => run('gpg', [...options, '--pinentry-mode', 'loopback', '--passphrase', '', '--decrypt'], { from: sealed }),
  };
}

function sequoia(folder: string): Program | undefined {
  if (!isInstalled('sqop', 'version')) return undefined;
  const [secret, certificate] = [join(folder, 'sqop.key'), join(folder, 'sqop.cert')];
  writeFileSync(secret, spawnSync('sqop', ['generate-key', '--no-armor', 'Bench']).stdout, { mode: 0o600 });
  const { stdout: publicKey } = spawnSync('sh', ['-c', 'sqop extract-cert --no-armor < "$1"', 'sh', secret]);
  writeFileSync(certificate, publicKey);
  return {
    name: 'Sequoia (sqop)',
    publicKey,
    seal: (path) => run('sqop', ['encrypt', '--no-armor', certificate], { from: path }),
    sealTo: (path, sealed) => run('sqop', ['encrypt', '--no-armor', certificate], { from: path, to: sealed }),
    open: (sealed) => run('sqop', ['decrypt', secret], { from: sealed }),
  };
}

function age(folder: string): Program | undefined {
  if (!isInstalled('age', '--version')) return undefined;
  const identity = join(folder, 'age.key');
  spawnSync('age-keygen', ['--output', identity]);
  const recipient = spawnSync('age-keygen', ['-y', identity]).stdout.toString().trim();
  return {
    name: 'age',
    publicKey: undefined,
    seal: (path) => run('age', ['--recipient', recipient], { from: path }),
    sealTo: (path, sealed) => run('age', ['--recipient', recipient], { from: path, to: sealed }),
    open: (sealed) => run('age', ['--decrypt', '--identity', identity], { from: sealed }),
  };
}

function isInstalled(program: string, asked: string): boolean {
  return spawnSync(program, [asked]).status === 0;
}

/** @throws when it does not end well: its time would mean nothing. */
async function run(program: string, args: readonly string[], { from, to = '/dev/null' }: { readonly from: string; readonly to?: string }): Promise<void> {
  const [input, output] = [openSync(from, 'r'), openSync(to, 'w')];
  try {
    const child = spawn(program, args, { stdio: [input, output, 'inherit'] });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${program} ended with ${code ?? 'a signal'}.`);
  } finally {
    closeSync(input);
    closeSync(output);
  }
}
