import type { Draft } from '../blob-store.js';
import type { PieceMemory } from './piece-memory.js';
import { ReadAhead } from './read-ahead.js';
import type { Found, S3Bucket } from './s3-bucket.js';
import { severalAtOnce } from './several-at-once.js';

/** Octets of a piece of a draft. The smallest a store puts together is 5 MiB; a body has up to 10,000 of them. */
export const PIECE_BYTES = 8 * 1024 * 1024;

/** Where a draft and the body made of it lie. */
export interface DraftPlace {
  /** Octets of every piece but the last. */
  readonly pieceBytes: number;
  readonly piece: (index: number) => string;
  readonly body: string;
  readonly memory: PieceMemory;
}

interface Open {
  readonly index: number;
  readonly octets: Buffer;
  length: number;
  isDirty: boolean;
}

/**
 * A draft in pieces, each an object of its own, so that what has arrived can be read again and gone on from, which the parts of a multipart
 * upload cannot. Two pieces are held in memory at most: the one that fills, and the one before while it is sent.
 */
export class S3Draft implements Draft {
  private open: Open | undefined;
  private sending: Promise<void> = Promise.resolve();
  private spare: Buffer | undefined;
  /** What the reader reads into, where that is memory of pieces. */
  private window: Buffer | undefined;
  private reader: ReadAhead | undefined;

  /** @param size - octets that lie in whole pieces, but for the last. */
  constructor(
    private readonly bucket: S3Bucket,
    private readonly place: DraftPlace,
    private size: number,
  ) {}

  get sizeBytes(): number {
    return this.size;
  }

  async write(offset: number, pieces: readonly Uint8Array[]): Promise<void> {
    if (offset > this.size) throw new RangeError('A draft has no gaps');
    this.forgetReader();
    let at = offset;
    for (const octets of pieces) {
      for (let done = 0; done < octets.length; ) {
        const open = await this.pieceAt(Math.floor(at / this.place.pieceBytes));
        const inside = at % this.place.pieceBytes;
        const part = octets.subarray(done, done + this.place.pieceBytes - inside);
        open.octets.set(part, inside);
        open.length = Math.max(open.length, inside + part.length);
        open.isDirty = true;
        done += part.length;
        at += part.length;
      }
    }
    this.size = Math.max(this.size, at);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (!this.reader) {
      await this.flush();
      this.reader = new ReadAhead(this.size, (from, into) => this.fetch(from, into));
    }
    return this.reader.read(offset, length);
  }

  async truncate(length: number): Promise<void> {
    await this.flush();
    this.forgetReader();
    const kept = Math.ceil(length / this.place.pieceBytes);
    const beyond = Math.ceil(this.size / this.place.pieceBytes) - kept;
    if (this.open && this.open.index >= kept) this.open = undefined;
    this.size = Math.min(this.size, length);
    await severalAtOnce([...Array(Math.max(0, beyond)).keys()], (index) => this.bucket.remove(this.place.piece(kept + index)));
    if (this.size % this.place.pieceBytes === 0) return;
    const open = await this.pieceAt(kept - 1);
    open.length = this.size % this.place.pieceBytes;
    open.isDirty = true;
    await this.flush();
  }

  async flush(): Promise<void> {
    await this.send();
    await this.sending;
  }

  /** Puts the body together; from here on that is what is read. */
  async sync(): Promise<void> {
    await this.flush();
    const parts: Found[] = [];
    for (let at = 0; at < this.size; at += this.place.pieceBytes) {
      parts.push({ name: this.place.piece(at / this.place.pieceBytes), sizeBytes: Math.min(this.place.pieceBytes, this.size - at), at: new Date(0) });
    }
    await this.bucket.compose(this.place.body, parts);
    const found = await this.bucket.size(this.place.body);
    if (found !== this.size) throw new Error('The store put together a body of another length.');
    // Whoever writes on takes memory of its own: what the last piece was sent from is read into.
    this.window = this.spare;
    this.spare = undefined;
    this.reader = new ReadAhead(this.size, async (from, into) => (await this.bucket.get(this.place.body, from, into)) ?? 0, this.window);
  }

  async close(): Promise<void> {
    const { open, reader, window } = this;
    this.open = undefined;
    this.forgetReader();
    await this.sending.catch(() => undefined);
    await reader?.end();
    for (const piece of [open?.octets, this.spare, window]) this.place.memory.give(piece);
    this.spare = undefined;
  }

  /** The piece that is to be written into, with what it holds already. The one before goes on its way. */
  private async pieceAt(index: number): Promise<Open> {
    if (this.open?.index === index) return this.open;
    await this.send();
    const open = { index, octets: this.spare ?? this.place.memory.take(), length: 0, isDirty: false };
    this.spare = undefined;
    if (index * this.place.pieceBytes < this.size) {
      await this.sending;
      open.length = (await this.bucket.get(this.place.piece(index), 0, open.octets)) ?? 0;
    }
    this.open = open;
    return open;
  }

  /** Sends the open piece, if it was written into, and does not wait for it. At most one is on its way, and none after one that failed. */
  private async send(): Promise<void> {
    const { open } = this;
    await this.sending;
    if (!open?.isDirty) return;
    this.open = undefined;
    this.sending = this.bucket.put(this.place.piece(open.index), open.octets.subarray(0, open.length)).then(() => {
      this.place.memory.give(this.spare);
      this.spare = open.octets;
    });
    // Reported by the next await of it; without this a fault between two writes would end the process.
    this.sending.catch(() => undefined);
  }

  /** What it reads into is left to it: a read may be under way. */
  private forgetReader(): void {
    this.reader = undefined;
    this.window = undefined;
  }

  private async fetch(offset: number, into: Uint8Array): Promise<number> {
    let done = 0;
    while (done < into.length) {
      const at = offset + done;
      const inside = at % this.place.pieceBytes;
      const wanted = Math.min(this.place.pieceBytes - inside, into.length - done);
      const length = (await this.bucket.get(this.place.piece(Math.floor(at / this.place.pieceBytes)), inside, into.subarray(done, done + wanted))) ?? 0;
      done += length;
      if (length < wanted) break;
    }
    return done;
  }
}
