import { open, mkdir, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid, type Clock } from '../../../libs/kernel/index.js';
import type { Config } from '../../platform/index.js';
import { BlobMissing, BlobStore, checkedKey, type Blob, type Draft, type StoredName } from './blob-store.js';

/** Sealed bodies as files under the data folder, readable by this process's user alone. */
export class FileBlobStore extends BlobStore {
  private readonly folder: string;

  constructor(
    config: Pick<Config, 'dataFolder'>,
    private readonly clock: Clock,
  ) {
    super();
    this.folder = join(config.dataFolder, 'evidence');
  }

  async draft(key: string): Promise<Draft> {
    await this.withdraw(key);
    const path = await this.quarantined(key);
    const file = (await openIfThere(path, 'r+')) ?? (await open(path, 'wx+', 0o600));
    return new FileDraft(file, (await file.stat()).size);
  }

  async draftBytes(key: string): Promise<number> {
    try {
      return (await stat(await this.quarantined(key))).size;
    } catch (fault) {
      if (isMissing(fault)) return 0;
      throw fault;
    }
  }

  async publish(key: string): Promise<void> {
    const to = await this.published(key);
    await rename(await this.quarantined(key), to);
    await syncFolder(join(to, '..'));
    await syncFolder(join(this.folder, 'quarantine'));
  }

  async withdraw(key: string): Promise<void> {
    try {
      await rename(await this.published(key), await this.quarantined(key));
    } catch (fault) {
      if (!isMissing(fault)) throw fault;
    }
  }

  /** A rename leaves nothing behind. */
  async settle(): Promise<void> {
    // Nothing is kept twice.
  }

  async open(key: string): Promise<Blob> {
    const file = await openIfThere(await this.published(key), 'r');
    if (!file) throw new BlobMissing();
    const { size } = await file.stat();
    return { sizeBytes: size, read: (offset, length) => readAt(file, offset, length), close: () => file.close() };
  }

  async discard(key: string): Promise<void> {
    await rm(await this.quarantined(key), { force: true });
    await rm(await this.published(key), { force: true });
  }

  async list(olderThanMs: number): Promise<StoredName[]> {
    const limit = this.clock.now().getTime() - olderThanMs;
    const found: StoredName[] = [];
    for (const place of ['quarantine', 'published'] as const) {
      for (const entry of await entriesOf(join(this.folder, place))) {
        // One that was published or discarded since the folder was read is nobody's to sweep.
        const facts = isUuid(entry.name) ? await unlessGone(stat(join(entry.parentPath, entry.name))) : undefined;
        if (facts && facts.mtimeMs < limit) found.push({ key: entry.name, place });
      }
    }
    return found;
  }

  private async quarantined(key: string): Promise<string> {
    return join(await made(join(this.folder, 'quarantine')), checkedKey(key));
  }

  /** Spread over folders by the first two digits, so that none grows without bound. */
  private async published(key: string): Promise<string> {
    return join(await made(join(this.folder, 'published', checkedKey(key).slice(0, 2))), key);
  }
}

class FileDraft implements Draft {
  constructor(
    private readonly file: FileHandle,
    private size: number,
  ) {}

  get sizeBytes(): number {
    return this.size;
  }

  async write(offset: number, pieces: readonly Uint8Array[]): Promise<void> {
    let [at, left] = [offset, pieces];
    // A disk that is nearly full takes a part first and says so; only what is tried after that is refused by name.
    while (left.length > 0) {
      const { bytesWritten } = await this.file.writev(left, at);
      if (bytesWritten === 0) throw new Error('The blob store took none of the octets it was given.');
      at += bytesWritten;
      left = after(left, bytesWritten);
    }
    this.size = Math.max(this.size, at);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return readAt(this.file, offset, length);
  }

  async truncate(length: number): Promise<void> {
    await this.file.truncate(length);
    this.size = length;
  }

  /** What was written is with the operating system, whoever opens the file. */
  async flush(): Promise<void> {
    // Nothing is held back.
  }

  sync(): Promise<void> {
    return this.file.datasync();
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** What follows the first `length` octets of `pieces`. */
function after(pieces: readonly Uint8Array[], length: number): readonly Uint8Array[] {
  let skip = length;
  let index = 0;
  for (let piece = pieces[index]; piece && piece.length <= skip; piece = pieces[index]) {
    skip -= piece.length;
    index += 1;
  }
  const [first, ...rest] = pieces.slice(index);
  return first ? [first.subarray(skip), ...rest] : [];
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

function openIfThere(path: string, flags: 'r' | 'r+'): Promise<FileHandle | undefined> {
  return unlessGone(open(path, flags));
}

async function unlessGone<Found>(look: Promise<Found>): Promise<Found | undefined> {
  try {
    return await look;
  } catch (fault) {
    if (isMissing(fault)) return undefined;
    throw fault;
  }
}

async function entriesOf(folder: string): Promise<{ readonly name: string; readonly parentPath: string }[]> {
  try {
    return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  } catch (fault) {
    if (isMissing(fault)) return [];
    throw fault;
  }
}

/** The rename itself must survive a loss of power, not only the octets. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ENOENT';
}
