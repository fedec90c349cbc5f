import { EnvelopeFault, EnvelopeFaultCode, malformed } from './envelope-fault.js';

/** Takes exact numbers of octets out of a stream of pieces (attacker-controlled). Holds no more than was asked for. */
export class OctetReader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private current: Uint8Array = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.pieces = source[Symbol.asyncIterator]();
  }

  /** Up to `length` octets: whatever is at hand, at least one, or undefined at the end. */
  async some(length: number): Promise<Uint8Array | undefined> {
    while (this.current.length === 0) {
      const next = await this.pieces.next();
      if (next.done === true) return undefined;
      this.current = next.value;
    }
    const taken = this.current.subarray(0, length);
    this.current = this.current.subarray(taken.length);
    return taken;
  }

  /** Up to `length` octets, fewer only at the end. Not copied where one piece holds them all. */
  async upTo(length: number): Promise<Buffer> {
    const whole = this.current.length >= length ? await this.some(length) : undefined;
    if (whole) return Buffer.from(whole.buffer, whole.byteOffset, whole.length);
    const parts: Uint8Array[] = [];
    let left = length;
    while (left > 0) {
      const part = await this.some(left);
      if (!part) break;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** @throws EnvelopeFault `truncated`. */
  async exactly(length: number): Promise<Buffer> {
    const bytes = await this.upTo(length);
    if (bytes.length < length) throw new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The message ends inside a packet.');
    return bytes;
  }

  async octet(): Promise<number> {
    return (await this.exactly(1)).readUInt8(0);
  }

  /** Lets the source go; it will not be read to its end. */
  async close(): Promise<void> {
    await this.pieces.return?.(undefined);
  }
}

/** Packet types, RFC 9580 section 5. */
export const PacketTag = { PublicKeySessionKey: 1, SymmetricSessionKey: 3, Marker: 10, Literal: 11, Sealed: 18, Padding: 21 } as const;

/** One packet: its type, and its content as it arrives, partial lengths joined. */
export interface Packet {
  readonly tag: number;
  readonly content: AsyncIterable<Uint8Array>;
}

interface PartLength {
  readonly length: number;
  readonly last: boolean;
}

/**
 * The next packet of a message, or undefined at its end. Its content must be read to the end before the next is asked for.
 *
 * @throws EnvelopeFault `malformed` or `truncated`; old-format headers of undefined length are `unsupported`.
 */
export async function nextPacket(reader: OctetReader): Promise<Packet | undefined> {
  const first = (await reader.some(1))?.[0];
  if (first === undefined) return undefined;
  if ((first & 0x80) === 0) throw malformed('This is no OpenPGP message.');
  if ((first & 0x40) === 0) return { tag: (first & 0x3c) >> 2, content: parts(reader, await oldLength(reader, first & 3)) };
  return { tag: first & 0x3f, content: parts(reader, await partLength(reader)) };
}

async function* parts(reader: OctetReader, first: PartLength): AsyncGenerator<Uint8Array> {
  let { length, last } = first;
  for (;;) {
    while (length > 0) {
      const piece = await reader.some(length);
      if (!piece) throw new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The message ends inside a packet.');
      length -= piece.length;
      yield piece;
    }
    if (last) return;
    ({ length, last } = await partLength(reader));
  }
}

/** RFC 9580 section 4.2.1. */
async function partLength(reader: OctetReader): Promise<PartLength> {
  const first = await reader.octet();
  if (first < 192) return { length: first, last: true };
  if (first < 224) return { length: ((first - 192) << 8) + (await reader.octet()) + 192, last: true };
  if (first < 255) return { length: 2 ** (first & 0x1f), last: false };
  return { length: (await reader.exactly(4)).readUInt32BE(0), last: true };
}

/** RFC 9580 section 4.2.2. */
async function oldLength(reader: OctetReader, type: number): Promise<PartLength> {
  if (type === 3) throw new EnvelopeFault(EnvelopeFaultCode.Unsupported, 'A packet of undefined length is not read.');
  return { length: (await reader.exactly(2 ** type)).readUIntBE(0, 2 ** type), last: true };
}
