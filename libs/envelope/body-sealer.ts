import { createHash, randomBytes, type Hash } from 'node:crypto';
import { CHUNK_BYTES, ChunkCipher, HEADER_BYTES, newHeader, TAG_BYTES, type SealingKey } from './chunk-cipher.js';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import { finalLength, LITERAL_PREFIX, LITERAL_TAG_OCTET, resumptionAt, SEGMENT_BYTES, SEGMENT_OCTET } from './literal-layout.js';

const NOTHING_STORED = { chunks: 0, dataBytes: 0, leftover: Buffer.alloc(0) };

/** Octets one whole chunk takes where the body is stored. */
export const STORED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** What was sealed, known when the last octet is. */
export interface SealedFacts {
  /** Octets of the file. */
  readonly sizeBytes: number;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;
}

/** Where a stored body that was left unfinished can be taken up again. */
export interface ResumePoint {
  /** Whole chunks that are stored. */
  readonly chunks: number;
  /** Octets of the stored body to keep; what lies beyond is cut off. */
  readonly storedBytes: number;
  /** Octets of the file that need not be sent again. */
  readonly dataBytes: number;
}

/** How much of an unfinished body of `storedBytes` octets is of use. Zero chunks means: begin anew with a new salt. */
export function resumePoint(storedBytes: number): ResumePoint {
  const chunks = Math.max(0, Math.floor((storedBytes - HEADER_BYTES) / STORED_CHUNK_BYTES));
  if (chunks === 0) return { chunks: 0, storedBytes: 0, dataBytes: 0 };
  const { dataBytes } = resumptionAt(chunks * CHUNK_BYTES);
  return { chunks, storedBytes: HEADER_BYTES + chunks * STORED_CHUNK_BYTES, dataBytes };
}

/**
 * Seals one file as the content of an SEIPDv2 packet (RFC 9580 section 5.13.2) while hashing it, in one pass and constant
 * memory. The hash is taken where it is called; chunks are encrypted beside it, in the threads of the engine, so that the whole
 * costs little more time than the hash alone. At most one segment and one chunk are held back.
 */
export class BodySealer {
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private readonly plain = Buffer.alloc(CHUNK_BYTES);
  private plainBytes = 0;
  private segmentLeft = 0;
  private begun: boolean;
  private chunkIndex: number;
  private dataBytes: number;
  private leftover: Uint8Array;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly cipher: ChunkCipher,
    private readonly key: SealingKey,
    private readonly header: Uint8Array,
    private readonly hash: Hash,
    from: { readonly chunks: number; readonly dataBytes: number; readonly leftover: Uint8Array },
  ) {
    this.begun = from.chunks > 0;
    this.chunkIndex = from.chunks;
    this.dataBytes = from.dataBytes;
    this.leftover = from.leftover;
  }

  /** Begins a body under a fresh salt. The first octets come with the first call of {@link write} or {@link finish}. */
  static async begin(sessionKey: Uint8Array): Promise<BodySealer> {
    const header = newHeader(randomBytes(32));
    const cipher = new ChunkCipher(header, sessionKey);
    const sealer = new BodySealer(cipher, await cipher.sealingKey(), header, createHash('sha256'), NOTHING_STORED);
    sealer.hold(LITERAL_PREFIX);
    return sealer;
  }

  /**
   * Goes on after the whole chunks already stored.
   *
   * A nonce must never serve two plaintexts. Whatever of the next chunk reached the disk before the break (`leftover`) may
   * have been copied by whoever reads that disk, so the octets sealed now must come out the same; a sender who goes on with
   * other octets (malicious, or another version of the file) is refused before anything is handed out.
   *
   * @param stored - `header`: the first {@link HEADER_BYTES} octets of the stored body; `leftover`: those beyond the whole chunks.
   * @param hash - SHA-256 state over the `dataBytes` octets of {@link resumePoint}, rebuilt by re-opening what is stored.
   */
  static async resume(
    sessionKey: Uint8Array,
    stored: { readonly header: Uint8Array; readonly chunks: number; readonly leftover: Uint8Array },
    hash: Hash,
  ): Promise<BodySealer> {
    const { header, chunks, leftover } = stored;
    const { dataBytes, segmentLeft } = resumptionAt(chunks * CHUNK_BYTES);
    const cipher = new ChunkCipher(header, sessionKey);
    const sealer = new BodySealer(cipher, await cipher.sealingKey(), header, hash, { chunks, dataBytes, leftover });
    sealer.segmentLeft = segmentLeft;
    return sealer;
  }

  /** Octets of the file taken in so far, held back ones included. */
  get takenBytes(): number {
    return this.dataBytes;
  }

  /**
   * Takes the next octets of the file. `piece` must not be changed afterwards.
   *
   * @returns what can be stored next, in order, each part once it is sealed. A part is refused with EnvelopeFault
   * `not-authentic`, and so is all that follows it, when a resumed file goes on differently from what was stored before the break.
   */
  write(piece: Uint8Array): Promise<Uint8Array>[] {
    this.hash.update(piece);
    this.dataBytes += piece.length;
    this.hold(piece);
    const out: Promise<Uint8Array>[] = [];
    while (this.waitingBytes >= (this.segmentLeft || SEGMENT_BYTES)) this.sealSegment(out);
    return out;
  }

  /** Ends the body. Nothing may be written afterwards. Refuses as {@link write} does. */
  async finish(): Promise<{ readonly stored: readonly Uint8Array[]; readonly facts: SealedFacts }> {
    const out: Promise<Uint8Array>[] = [];
    if (this.segmentLeft > 0) throw new Error('A sealed body was ended before the octets it had promised.');
    this.beginBody(out);
    this.encrypt(finalLength(this.waitingBytes), out);
    this.encryptWaiting(this.waitingBytes, out);
    const total = this.chunkIndex * CHUNK_BYTES + this.plainBytes;
    if (this.plainBytes > 0) this.sealChunk(out);
    out.push(this.inOrder(Promise.resolve(this.cipher.finalTag(this.chunkIndex, total))));
    return { stored: await Promise.all(out), facts: { sizeBytes: this.dataBytes, sha256: this.hash.digest('hex') } };
  }

  /** Parts are encrypted beside each other and handed out one after the other, each held against what was stored before the break. */
  private inOrder(part: Promise<Uint8Array>): Promise<Uint8Array> {
    const next = Promise.all([part, this.last]).then(([octets]) => this.reproduced(octets));
    // Reported to whoever awaits the part; without this a refusal nobody awaits yet would end the process.
    next.catch(() => undefined);
    this.last = next;
    return next;
  }

  private reproduced(octets: Uint8Array): Uint8Array {
    const overlap = Math.min(octets.length, this.leftover.length);
    if (Buffer.compare(octets.subarray(0, overlap), this.leftover.subarray(0, overlap)) !== 0) {
      throw new EnvelopeFault(EnvelopeFaultCode.NotAuthentic, 'The file goes on differently from what was sent before the break.');
    }
    this.leftover = this.leftover.subarray(overlap);
    return octets;
  }

  private hold(piece: Uint8Array): void {
    this.waiting.push(piece);
    this.waitingBytes += piece.length;
  }

  private sealSegment(out: Promise<Uint8Array>[]): void {
    if (this.segmentLeft === 0) {
      this.beginBody(out);
      this.encrypt(Buffer.from([SEGMENT_OCTET]), out);
    }
    this.encryptWaiting(this.segmentLeft || SEGMENT_BYTES, out);
    this.segmentLeft = 0;
  }

  /** The header and the literal packet's tag go first. */
  private beginBody(out: Promise<Uint8Array>[]): void {
    if (this.begun) return;
    this.begun = true;
    out.push(this.inOrder(Promise.resolve(this.header)));
    this.encrypt(Buffer.from([LITERAL_TAG_OCTET]), out);
  }

  private encryptWaiting(bytes: number, out: Promise<Uint8Array>[]): void {
    let left = bytes;
    while (left > 0) {
      const piece = this.waiting[0];
      if (!piece) throw new Error('Fewer octets are waiting than were counted.');
      if (piece.length <= left) this.waiting.shift();
      else this.waiting[0] = piece.subarray(left);
      const part = piece.subarray(0, left);
      left -= part.length;
      this.encrypt(part, out);
    }
    this.waitingBytes -= bytes;
  }

  private encrypt(bytes: Uint8Array, out: Promise<Uint8Array>[]): void {
    let rest = bytes;
    while (rest.length > 0) {
      const part = rest.subarray(0, CHUNK_BYTES - this.plainBytes);
      this.plain.set(part, this.plainBytes);
      this.plainBytes += part.length;
      rest = rest.subarray(part.length);
      if (this.plainBytes === CHUNK_BYTES) this.sealChunk(out);
    }
  }

  private sealChunk(out: Promise<Uint8Array>[]): void {
    out.push(this.inOrder(this.cipher.sealChunk(this.key, this.chunkIndex, this.plain.subarray(0, this.plainBytes))));
    this.chunkIndex += 1;
    this.plainBytes = 0;
  }
}
