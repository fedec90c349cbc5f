import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpoint, type OpenedCheckpoint } from '../../libs/tlog/index.js';
import { originHash, type WatchedLog } from '../../libs/witness/index.js';
import { createFile, replaceFile } from './durable-file.js';
import { WitnessFault, codeOf } from './witness-fault.js';

/** The file that says whose memory a folder is. */
const OWNER = 'witness.vkey';

/**
 * Makes the folder a new key will remember in. A key and its memory are made together once: a key that is started on
 * an empty folder would have forgotten what it cosigned, and could be made to cosign another history.
 *
 * @throws WitnessFault when the folder has something in it or cannot be made.
 */
export async function makeMemoryFolder(folder: string, verifierKey: string): Promise<void> {
  await createFile(join(folder, OWNER), `${verifierKey}\n`, 0o644).catch((fault: unknown) => {
    throw new WitnessFault(`The folder ${folder} cannot be written (${codeOf(fault) ?? 'unknown fault'}).`);
  });
}

/** Makes the folder if need be. @throws WitnessFault unless it is empty then. */
export async function assertEmptyFolder(folder: string): Promise<void> {
  let names: readonly string[];
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    names = await readdir(folder);
  } catch (fault) {
    throw new WitnessFault(`The folder ${folder} cannot be made or read (${codeOf(fault) ?? 'unknown fault'}).`);
  }
  if (names.length > 0) throw new WitnessFault(`The folder ${folder} is not empty; a new key begins with an empty memory.`);
}

/** What one witness remembers: for each log the checkpoint it cosigned last, with the log's signature, in one file each. */
export class MemoryFolder {
  constructor(private readonly folder: string) {}

  /** @throws WitnessFault unless the folder was made for the key `verifierKey`. */
  async assertOwner(verifierKey: string): Promise<void> {
    const owner = await this.read(OWNER);
    if (owner === undefined) {
      throw new WitnessFault(`The folder ${this.folder} is no memory of a witness. A key whose memory is lost must be retired: make a new one with new-key.`);
    }
    if (owner !== `${verifierKey}\n`) throw new WitnessFault(`The folder ${this.folder} is the memory of another key, ${owner.trimEnd()}.`);
  }

  /** The checkpoint remembered for `log`, or undefined. @throws WitnessFault when what is there is not the log's. */
  async recall(log: WatchedLog): Promise<{ readonly note: string; readonly checkpoint: OpenedCheckpoint } | undefined> {
    const file = fileOf(log.origin);
    const note = await this.read(file);
    if (note === undefined) return undefined;
    const checkpoint = openCheckpoint(note, log.origin, log.keys);
    if (checkpoint.ok) return { note, checkpoint: checkpoint.value };
    throw new WitnessFault(
      `What is remembered of ${log.origin} in ${join(this.folder, file)} is not signed by the keys given for it (${checkpoint.error.message}). ` +
        'If the log changed its key, give the old key too; if the file is damaged, bring it back from a copy that is not older.',
    );
  }

  /** Remembers `note` for good: when this returns, a power cut does not take it back. @throws when the disk refuses. */
  async keep(origin: string, note: string): Promise<void> {
    await replaceFile(join(this.folder, fileOf(origin)), note);
  }

  private async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.folder, name), 'utf8');
    } catch (fault) {
      if (codeOf(fault) === 'ENOENT') return undefined;
      throw new WitnessFault(`The file ${join(this.folder, name)} cannot be read (${codeOf(fault) ?? 'unknown fault'}).`);
    }
  }
}

function fileOf(origin: string): string {
  return `${originHash(origin)}.checkpoint`;
}
