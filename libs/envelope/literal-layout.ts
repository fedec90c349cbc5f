import { malformed } from './envelope-fault.js';

/**
 * Where things lie inside the plaintext of a body: one literal data packet (RFC 9580 section 5.9) whose length is given in
 * parts (section 4.2.1.4), because a form upload does not say beforehand how long it will be. All parts but the last have
 * {@link SEGMENT_BYTES} octets, so every offset is arithmetic and a range needs no index.
 */
export const SEGMENT_BYTES = 2 ** 18;
/** New-format packet tag 11. */
export const LITERAL_TAG_OCTET = 0xcb;
/** Partial body length octet of a segment: 224 + 18. */
export const SEGMENT_OCTET = 224 + 18;
/** 'b' for binary, no file name, no date: names and times belong to the exhibit, not into the ciphertext. */
export const LITERAL_PREFIX = Buffer.from([0x62, 0, 0, 0, 0, 0]);

const FINAL_LENGTH_BYTES = 5;

/** The length header of the last part: always the five-octet form, so that arithmetic holds. */
export function finalLength(bytes: number): Buffer {
  const header = Buffer.alloc(FINAL_LENGTH_BYTES, 0xff);
  header.writeUInt32BE(bytes, 1);
  return header;
}

/** What the length of a plaintext says about the data inside. */
export interface Layout {
  /** Octets of the sealed file. */
  readonly dataBytes: number;
  /** Whole segments before the last part. */
  readonly segments: number;
  /** Octets of the last part. */
  readonly lastPart: number;
}

/** @throws EnvelopeFault `malformed` when no plaintext of ours has `total` octets. */
export function layoutOf(total: number): Layout {
  const body = total - 1 - FINAL_LENGTH_BYTES;
  const segments = Math.floor(body / (SEGMENT_BYTES + 1));
  const lastPart = body - segments * (SEGMENT_BYTES + 1);
  const dataBytes = segments * SEGMENT_BYTES + lastPart - LITERAL_PREFIX.length;
  if (dataBytes < 0 || lastPart >= SEGMENT_BYTES) throw malformed('The body is not laid out as this product seals.');
  return { dataBytes, segments, lastPart };
}

/** Where octet `offset` of the file lies in the plaintext. */
export function plaintextOffset(layout: Layout, offset: number): number {
  const content = offset + LITERAL_PREFIX.length;
  const segment = Math.floor(content / SEGMENT_BYTES);
  return 1 + content + segment + (segment === layout.segments ? FINAL_LENGTH_BYTES : 1);
}

/** A place in a plaintext that is still being written. */
export interface Resumption {
  /** Octets of the file that lie before this place. Negative while inside the literal packet's own prefix. */
  readonly dataBytes: number;
  /** Octets of the segment that was begun and must be filled, or 0 where a length header comes next. */
  readonly segmentLeft: number;
}

/** What lies at `offset` of a plaintext whose end is not yet written (all before it is whole segments). */
export function resumptionAt(offset: number): Resumption {
  const body = offset - 1;
  const segment = Math.floor(body / (SEGMENT_BYTES + 1));
  const within = body - segment * (SEGMENT_BYTES + 1);
  const content = segment * SEGMENT_BYTES + Math.max(0, within - 1);
  return { dataBytes: content - LITERAL_PREFIX.length, segmentLeft: within === 0 ? 0 : SEGMENT_BYTES + 1 - within };
}

/**
 * Takes the file's octets out of plaintext pieces, checking every octet of framing on the way: what is authentic but laid
 * out otherwise was not sealed by this product.
 */
export class LiteralWalker {
  private position: number;

  /** @param start - offset in the plaintext at which the first piece begins. */
  constructor(
    private readonly layout: Layout,
    start: number,
  ) {
    this.position = start;
  }

  /** The slices of file data inside `piece`, the next octets of plaintext. No copies. */
  *data(piece: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < piece.length) {
      const { framing, length, expected } = this.here();
      const slice = piece.subarray(at, at + length);
      if (!framing) yield slice;
      else if (!expected.subarray(0, slice.length).equals(slice)) throw malformed('The body is not laid out as this product seals.');
      at += slice.length;
      this.position += slice.length;
    }
  }

  /** What stands at the current position and for how many octets. */
  private here(): { framing: boolean; length: number; expected: Buffer } {
    const { segments, lastPart } = this.layout;
    if (this.position === 0) return framing(Buffer.from([LITERAL_TAG_OCTET]), 0);
    const segment = Math.min(Math.floor((this.position - 1) / (SEGMENT_BYTES + 1)), segments);
    const header = segment === segments ? finalLength(lastPart) : Buffer.from([SEGMENT_OCTET]);
    const size = segment === segments ? lastPart : SEGMENT_BYTES;
    const within = this.position - 1 - segment * (SEGMENT_BYTES + 1);
    if (within < header.length) return framing(header, within);
    const content = within - header.length;
    if (segment === 0 && content < LITERAL_PREFIX.length) return framing(LITERAL_PREFIX, content);
    return { framing: false, length: size - content, expected: Buffer.alloc(0) };
  }
}

function framing(expected: Buffer, from: number): { framing: boolean; length: number; expected: Buffer } {
  return { framing: true, length: expected.length - from, expected: expected.subarray(from) };
}
