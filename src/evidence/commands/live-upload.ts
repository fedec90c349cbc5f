import { createHash } from 'node:crypto';
import {
  BodySealer,
  HEADER_BYTES,
  rehash,
  resumePoint,
  StoredBody,
  STORED_CHUNK_BYTES,
  type BodySource,
  type SealedFacts,
} from '../../../libs/envelope/index.js';
import type { Draft } from '../store/blob-store.js';

/** Octets at the beginning of a file that tell what kind it is. */
const SNIFFED_BYTES = 4100;

/** One upload in progress: sealed as it arrives, so that no plaintext ever touches the disk. */
export class LiveUpload {
  private stored: number;
  private writing: Promise<void> = Promise.resolve();
  private readonly sealer: BodySealer;

  private constructor(
    private readonly draft: Draft,
    private readonly sessionKey: Uint8Array,
    begun: { readonly sealer: BodySealer; readonly stored: number },
  ) {
    this.sealer = begun.sealer;
    this.stored = begun.stored;
  }

  /**
   * Takes up an upload where its draft ends, after a restart or the first time. What is stored is opened again to rebuild
   * the hash.
   *
   * @throws EnvelopeFault when the draft was changed on disk: the upload must begin anew.
   */
  static async open(draft: Draft, sessionKey: Uint8Array): Promise<LiveUpload> {
    const { chunks, storedBytes } = resumePoint(draft.sizeBytes);
    if (chunks === 0) {
      if (draft.sizeBytes > 0) await draft.truncate(0);
      return new LiveUpload(draft, sessionKey, { sealer: BodySealer.begin(sessionKey), stored: 0 });
    }
    const hash = createHash('sha256');
    await rehash(draft, sessionKey, chunks, hash);
    const header = await draft.read(0, HEADER_BYTES);
    // The leftover stays on disk until the same octets are written over it: see BodySealer.resume.
    const leftover = await draft.read(storedBytes, Math.min(draft.sizeBytes - storedBytes, STORED_CHUNK_BYTES));
    const sealer = BodySealer.resume(sessionKey, { header, chunks, leftover }, hash);
    return new LiveUpload(draft, sessionKey, { sealer, stored: storedBytes });
  }

  /** Octets of the file taken so far. Those of an unfinished chunk are lost if the process is: the sender is told on resuming. */
  get takenBytes(): number {
    return this.sealer.takenBytes;
  }

  /** Takes the next octets. Writing to disk runs while the next are awaited; at most one write is under way. */
  async write(piece: Uint8Array): Promise<void> {
    const sealed = this.sealer.write(piece);
    if (sealed.length === 0) return;
    await this.writing;
    this.writing = this.store(sealed);
    // Reported by the next await of it; without this a fault between two pieces would end the process.
    this.writing.catch(() => undefined);
  }

  /** Waits until everything sealed so far has been written. */
  async settle(): Promise<void> {
    await this.writing;
  }

  /**
   * Ends the body, makes it durable, and reads it all back: what is then called stored has been seen to open.
   *
   * @throws EnvelopeFault when what was read back is not what was sealed.
   */
  async finish(): Promise<SealedFacts & { readonly beginning: Buffer }> {
    await this.writing;
    const { stored, facts } = this.sealer.finish();
    await this.store(stored);
    if (this.draft.sizeBytes > this.stored) await this.draft.truncate(this.stored);
    await this.draft.sync();
    const body = await StoredBody.open(this.source(), this.sessionKey);
    await body.verify();
    return { ...facts, beginning: await beginningOf(body) };
  }

  /** Hands on everything sealed so far, so that whoever takes the upload up next goes on from there. */
  async keep(): Promise<void> {
    await this.writing;
    await this.draft.flush();
  }

  /** Lets go of the draft; what is stored stays and can be taken up again. */
  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    await this.draft.close();
  }

  private async store(pieces: readonly Uint8Array[]): Promise<void> {
    const at = this.stored;
    this.stored += pieces.reduce((sum, piece) => sum + piece.length, 0);
    await this.draft.write(at, pieces);
  }

  private source(): BodySource {
    return { sizeBytes: this.draft.sizeBytes, read: (offset, length) => this.draft.read(offset, length) };
  }
}

async function beginningOf(body: StoredBody): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body.range(0, Math.min(SNIFFED_BYTES, body.dataBytes))) pieces.push(piece);
  return Buffer.concat(pieces);
}
