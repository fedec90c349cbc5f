import type { Hash } from 'node:crypto';
import { ChunkCipher, HEADER_BYTES, TAG_BYTES } from './chunk-cipher.js';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import type { PlainPackets } from './outside-message.js';
import { layoutOf, LiteralWalker, plaintextOffset, resumptionAt, type Layout } from './literal-layout.js';

/** Random access to a stored body: the content of its SEIPDv2 packet, without packet headers. */
export interface BodySource {
  readonly sizeBytes: number;
  /** Exactly `length` octets from `offset`, or fewer only at the end of what is stored. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/**
 * A stored body opened for reading in any place. Opening checks the last tag first, so a body that was cut or added to
 * is refused before one octet leaves; every chunk is authenticated before any octet of it does.
 */
export class StoredBody {
  private constructor(
    private readonly source: BodySource,
    private readonly cipher: ChunkCipher,
    private readonly layout: Layout,
    private readonly plainBytes: number,
  ) {}

  /**
   * @throws EnvelopeFault `truncated`, `malformed`, `unsupported`, or `not-authentic` (also for a wrong session key).
   */
  static async open(source: BodySource, sessionKey: Uint8Array): Promise<StoredBody> {
    const cipher = new ChunkCipher(await readExactly(source, 0, HEADER_BYTES), sessionKey);
    const sealed = source.sizeBytes - HEADER_BYTES - TAG_BYTES;
    const chunks = Math.ceil(sealed / (cipher.chunkBytes + TAG_BYTES));
    const plainBytes = sealed - chunks * TAG_BYTES;
    if (chunks < 1 || plainBytes <= (chunks - 1) * cipher.chunkBytes) throw truncated();
    cipher.checkFinalTag(chunks, plainBytes, await readExactly(source, source.sizeBytes - TAG_BYTES, TAG_BYTES));
    return new StoredBody(source, cipher, layoutOf(plainBytes), plainBytes);
  }

  /** Octets of the file inside. */
  get dataBytes(): number {
    return this.layout.dataBytes;
  }

  /**
   * The octets `from` to `to` (exclusive) of the file, touching only the chunks they lie in. The next chunk is read while
   * the current one is with the consumer.
   *
   * @throws RangeError outside the file; EnvelopeFault `not-authentic` where a chunk was changed, before any octet of it.
   */
  async *range(from: number, to: number): AsyncGenerator<Uint8Array> {
    if (from < 0 || to < from || to > this.dataBytes) throw new RangeError('The range lies outside the file');
    if (from === to) return;
    const start = plaintextOffset(this.layout, from);
    const end = plaintextOffset(this.layout, to - 1) + 1;
    const first = Math.floor(start / this.cipher.chunkBytes);
    const last = Math.floor((end - 1) / this.cipher.chunkBytes);
    const walker = new LiteralWalker(this.layout, start);
    for await (const { index, plain } of this.chunks(first, last)) {
      const offset = index * this.cipher.chunkBytes;
      yield* walker.data(plain.subarray(Math.max(0, start - offset), Math.max(0, end - offset)));
    }
  }

  /** The plaintext packets the file lies in, as they were sealed, chunk by authenticated chunk: what a copy for an outside program is made of. */
  packets(): PlainPackets {
    return { bytes: this.plainBytes, octets: this.framed() };
  }

  private async *framed(): AsyncGenerator<Uint8Array> {
    const last = Math.ceil(this.plainBytes / this.cipher.chunkBytes) - 1;
    const walker = new LiteralWalker(this.layout, 0);
    for await (const { plain } of this.chunks(0, last)) {
      drain(walker.data(plain));
      yield plain;
    }
  }

  /** Authenticates every chunk without releasing anything: the re-read after storing. */
  async verify(): Promise<void> {
    const chunks = this.framed();
    while ((await chunks.next()).done !== true);
  }

  private async *chunks(first: number, last: number): AsyncGenerator<{ readonly index: number; readonly plain: Buffer }> {
    let next = this.readChunk(first);
    for (let index = first; index <= last; index += 1) {
      const sealed = await next;
      next = index < last ? this.readChunk(index + 1) : Promise.resolve(Buffer.alloc(0));
      next.catch(() => undefined);
      yield { index, plain: this.cipher.openChunk(index, sealed) };
    }
  }

  private readChunk(index: number): Promise<Uint8Array> {
    const stride = this.cipher.chunkBytes + TAG_BYTES;
    const length = Math.min(this.cipher.chunkBytes, this.plainBytes - index * this.cipher.chunkBytes) + TAG_BYTES;
    return readExactly(this.source, HEADER_BYTES + index * stride, length);
  }
}

/**
 * Feeds `hash` with the file's octets inside the first `chunks` whole chunks of an unfinished body, so that sealing can go on.
 *
 * @throws EnvelopeFault `not-authentic` when what was stored was changed meanwhile: the upload must begin anew.
 */
export async function rehash(source: BodySource, sessionKey: Uint8Array, chunks: number, hash: Hash): Promise<void> {
  const cipher = new ChunkCipher(await readExactly(source, 0, HEADER_BYTES), sessionKey);
  const stride = cipher.chunkBytes + TAG_BYTES;
  const { segmentLeft, dataBytes } = resumptionAt(chunks * cipher.chunkBytes);
  const walker = new LiteralWalker(unfinishedLayout(dataBytes + segmentLeft), 0);
  for (let index = 0; index < chunks; index += 1) {
    const plain = cipher.openChunk(index, await readExactly(source, HEADER_BYTES + index * stride, stride));
    for (const data of walker.data(plain)) hash.update(data);
  }
}

/** Nothing but whole segments: what an unfinished body is known to hold. */
function unfinishedLayout(dataBytes: number): Layout {
  return { dataBytes, segments: Number.MAX_SAFE_INTEGER, lastPart: 0 };
}

async function readExactly(source: BodySource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw truncated();
  return bytes;
}

function truncated(): EnvelopeFault {
  return new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The encrypted body ends too early.');
}

function drain(pieces: Iterable<Uint8Array>): void {
  const walk = pieces[Symbol.iterator]();
  while (walk.next().done !== true);
}
