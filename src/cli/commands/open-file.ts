import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { EnvelopeFault, OpenedKey } from '../../../libs/envelope/index.js';
import { CliFault, Exit, required, type Command, type CommandInput } from '../command.js';

const SEALED_SUFFIX = /\.pgp$/i;
/** Nobody but the account that opened it reads what was opened. */
const OWN_FILE = 0o600;

/** What was opened, once its last tag has held. */
interface OpenedFile {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * `concordat open`: opens a file that was sealed for an agency which holds its own key. Runs without a portal, a database or
 * a network. The file appears under its name only after the last tag has held; of a file that was cut or changed nothing stays.
 */
export const openFile: Command = {
  name: 'open',
  usage: 'FILE --key PRIVATE-KEY-FILE [--passphrase-file FILE] [--out FILE]',
  words: 'Opens a sealed copy of an exhibit with your agency\'s own private key (or with CONCORDAT_KEY_PASSPHRASE), and prints the SHA-256 of what was in it.',
  options: ['key', 'passphrase-file', 'out'],
  positionals: [1, 1],
  async run({ env }, input) {
    const [sealed = ''] = input.positionals;
    const out = input.options['out'] ?? (SEALED_SUFFIX.test(sealed) ? sealed.replace(SEALED_SUFFIX, '') : `${sealed}.opened`);
    if (!existsSync(sealed)) throw new CliFault(`There is no file ${sealed}.`, Exit.Usage);
    if (existsSync(out)) throw new CliFault(`${out} is there already and is not written over; name another with --out.`);
    const key = await unlocked(input, env['CONCORDAT_KEY_PASSPHRASE']);
    const { sha256, sizeBytes } = await opened(sealed, out, key);
    const lines = [`${out}: ${sizeBytes} bytes`, `SHA-256 ${sha256}`, 'Compare it with the SHA-256 that the portal shows for the exhibit.'];
    return { exit: Exit.Done, json: { file: out, sizeBytes, sha256 }, lines };
  },
};

async function unlocked(input: CommandInput, fromEnvironment: string | undefined): Promise<OpenedKey> {
  const { EnvelopeFault, OpenedKey } = await import('../../../libs/envelope/index.js');
  const file = input.options['passphrase-file'];
  const passphrase = file === undefined ? fromEnvironment : octetsOf(file).toString('utf8').replace(/\r?\n$/, '');
  try {
    return await OpenedKey.unlock(octetsOf(required(input, 'key')), passphrase ?? '');
  } catch (fault) {
    if (!(fault instanceof EnvelopeFault)) throw fault;
    const hint = passphrase === undefined ? ' Give it in a file with --passphrase-file, or as CONCORDAT_KEY_PASSPHRASE.' : '';
    throw new CliFault(`${fault.message}${hint}`);
  }
}

/** Writes beside the target and renames at the end, so that a file by the target's name is whole and verified. */
async function opened(sealed: string, out: string, key: OpenedKey): Promise<OpenedFile> {
  const { EnvelopeFault, openMessage } = await import('../../../libs/envelope/index.js');
  const part = `${out}.part`;
  const target = await open(part, 'wx', OWN_FILE).catch(() => {
    throw new CliFault(`${part} cannot be written, or is left from an opening that was broken off; remove it and try again.`);
  });
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const piece of openMessage(createReadStream(sealed), (packets) => key.sessionKey(packets))) {
      hash.update(piece);
      sizeBytes += piece.length;
      await target.writeFile(piece);
    }
    await target.sync();
    await target.close();
    await rename(part, out);
    return { sha256: hash.digest('hex'), sizeBytes };
  } catch (fault) {
    await target.close().catch(() => undefined);
    rmSync(part, { force: true });
    throw fault instanceof EnvelopeFault ? new CliFault(sentence(fault, sealed)) : fault;
  }
}

function sentence({ message }: EnvelopeFault, sealed: string): string {
  return `${sealed} was not opened, and nothing of it was kept. ${message}`;
}

function octetsOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new CliFault(`The file ${file} cannot be read.`, Exit.Usage);
  }
}
