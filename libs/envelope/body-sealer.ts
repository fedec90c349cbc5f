import { createHash, randomBytes, type CipherGCM, type Hash } from 'node:crypto';
import { CHUNK_BYTES, ChunkCipher, HEADER_BYTES, newHeader, TAG_BYTES } from './chunk-cipher.js';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import { finalLength, LITERAL_PREFIX, LITERAL_TAG_OCTET, resumptionAt, SEGMENT_BYTES, SEGMENT_OCTET } from './literal-layout.js';

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
 * memory. Returns the octets to store, in order; at most one segment is held back.
 */
export class BodySealer {
  private readonly cipher: ChunkCipher;
  private readonly hash: Hash;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private segmentLeft = 0;
  private chunk: CipherGCM | undefined;
  private chunkIndex: number;
  private chunkLeft = CHUNK_BYTES;
  private dataBytes: number;
  private leftover: Uint8Array = Buffer.alloc(0);

  private constructor(
    sessionKey: Uint8Array,
    private readonly header: Buffer,
    from: { readonly chunks: number; readonly dataBytes: number; readonly hash: Hash },
  ) {
    this.cipher = new ChunkCipher(header, sessionKey);
    this.chunkIndex = from.chunks;
    this.dataBytes = from.dataBytes;
    this.hash = from.hash;
  }

  /** Begins a body under a fresh salt. The first octets come with the first call of {@link write} or {@link finish}. */
  static begin(sessionKey: Uint8Array): BodySealer {
    const sealer = new BodySealer(sessionKey, newHeader(randomBytes(32)), { chunks: 0, dataBytes: 0, hash: createHash('sha256') });
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
  static resume(
    sessionKey: Uint8Array,
    stored: { readonly header: Uint8Array; readonly chunks: number; readonly leftover: Uint8Array },
    hash: Hash,
  ): BodySealer {
    const { dataBytes, segmentLeft } = resumptionAt(stored.chunks * CHUNK_BYTES);
    const sealer = new BodySealer(sessionKey, Buffer.from(stored.header), { chunks: stored.chunks, dataBytes, hash });
    sealer.segmentLeft = segmentLeft;
    sealer.leftover = stored.leftover;
    return sealer;
  }

  /** Octets of the file taken in so far, held back ones included. */
  get takenBytes(): number {
    return this.dataBytes;
  }

  /**
   * Takes the next octets of the file; answers what can be stored now. `piece` must not be changed afterwards.
   *
   * @throws EnvelopeFault `not-authentic` when a resumed file goes on differently from what was stored before the break.
   */
  write(piece: Uint8Array): Uint8Array[] {
    this.hash.update(piece);
    this.dataBytes += piece.length;
    this.hold(piece);
    const out: Uint8Array[] = [];
    while (this.waitingBytes >= (this.segmentLeft || SEGMENT_BYTES)) this.sealSegment(out);
    this.reproduce(out);
    return out;
  }

  /** Ends the body. Nothing may be written afterwards. */
  finish(): { readonly stored: Uint8Array[]; readonly facts: SealedFacts } {
    const out: Uint8Array[] = [];
    if (this.segmentLeft > 0) throw new Error('A sealed body was ended before the octets it had promised.');
    this.beginBody(out);
    this.encrypt(finalLength(this.waitingBytes), out);
    this.encryptWaiting(this.waitingBytes, out);
    if (this.chunk) this.endChunk(out);
    const total = this.chunkIndex * CHUNK_BYTES - (this.chunkLeft % CHUNK_BYTES);
    out.push(this.cipher.finalTag(this.chunkIndex, total));
    this.reproduce(out);
    return { stored: out, facts: { sizeBytes: this.dataBytes, sha256: this.hash.digest('hex') } };
  }

  /** Holds what is about to be stored against what was stored before the break. */
  private reproduce(out: readonly Uint8Array[]): void {
    for (const piece of out) {
      if (this.leftover.length === 0) return;
      const overlap = Math.min(piece.length, this.leftover.length);
      if (Buffer.compare(piece.subarray(0, overlap), this.leftover.subarray(0, overlap)) !== 0) {
        throw new EnvelopeFault(EnvelopeFaultCode.NotAuthentic, 'The file goes on differently from what was sent before the break.');
      }
      this.leftover = this.leftover.subarray(overlap);
    }
  }

  private hold(piece: Uint8Array): void {
    this.waiting.push(piece);
    this.waitingBytes += piece.length;
  }

  private sealSegment(out: Uint8Array[]): void {
    if (this.segmentLeft === 0) {
      this.beginBody(out);
      this.encrypt(Buffer.from([SEGMENT_OCTET]), out);
    }
    this.encryptWaiting(this.segmentLeft || SEGMENT_BYTES, out);
    this.segmentLeft = 0;
  }

  /** The header and the literal packet's tag go first. */
  private beginBody(out: Uint8Array[]): void {
    if (this.chunkIndex > 0 || this.chunk) return;
    out.push(this.header);
    this.encrypt(Buffer.from([LITERAL_TAG_OCTET]), out);
  }

  private encryptWaiting(bytes: number, out: Uint8Array[]): void {
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

  private encrypt(bytes: Uint8Array, out: Uint8Array[]): void {
    let rest = bytes;
    while (rest.length > 0) {
      this.chunk ??= this.cipher.sealing(this.chunkIndex);
      const part = rest.subarray(0, this.chunkLeft);
      out.push(this.chunk.update(part));
      this.chunkLeft -= part.length;
      rest = rest.subarray(part.length);
      if (this.chunkLeft === 0) {
        this.endChunk(out);
        this.chunkLeft = CHUNK_BYTES;
      }
    }
  }

  private endChunk(out: Uint8Array[]): void {
    this.chunk?.final();
    if (this.chunk) out.push(this.chunk.getAuthTag());
    this.chunk = undefined;
    this.chunkIndex += 1;
  }
}
