import { ChunkCipher, HEADER_BYTES, TAG_BYTES } from './chunk-cipher.js';
import { EnvelopeFault, EnvelopeFaultCode, malformed } from './envelope-fault.js';
import { nextPacket, OctetReader, PacketTag, type Packet } from './packet-reader.js';

/** Most octets of session-key packets read before the body: some hundreds of recipients. */
const LARGEST_PREAMBLE = 1024 * 1024;

/**
 * Opens a whole OpenPGP message (attacker-controlled) as a stream. Yields only octets of chunks whose tag has held, and
 * ends without a fault only after the last tag has: a consumer that publishes at the end publishes nothing changed.
 * Reads what this product and openpgp.js write: SEIPDv2, AES-256, GCM or OCB, one literal packet inside.
 *
 * @param unlock - finds the session key among the session-key packets (concatenated, with their headers).
 * @throws EnvelopeFault while being read.
 */
export async function* openMessage(
  source: AsyncIterable<Uint8Array>,
  unlock: (packets: Uint8Array) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const reader = new OctetReader(source);
  try {
    const { packets, sealed } = await preamble(reader);
    yield* literalData(openBody(sealed.content, await unlock(packets)));
    if (await nextPacket(reader)) throw malformed('Something follows the sealed body.');
  } finally {
    await reader.close();
  }
}

/** The plaintext packets inside an SEIPDv2 packet's content, chunk by authenticated chunk. */
export async function* openBody(content: AsyncIterable<Uint8Array>, sessionKey: Uint8Array): AsyncGenerator<Uint8Array> {
  const reader = new OctetReader(content);
  const cipher = new ChunkCipher(await reader.upTo(HEADER_BYTES), sessionKey);
  const stride = cipher.chunkBytes + TAG_BYTES;
  let index = 0;
  let total = 0;
  // The last tag can only be told from ciphertext by the end, so one chunk is always held back.
  let ahead = await reader.upTo(stride);
  for (let next = await reader.upTo(stride); ahead.length > TAG_BYTES; next = await reader.upTo(stride)) {
    // Fewer octets than a tag after it: the last tag begins within it.
    const isLast = next.length < TAG_BYTES;
    const rest = isLast ? Buffer.concat([ahead, next]) : ahead;
    const sealed = isLast ? rest.subarray(0, -TAG_BYTES) : rest;
    if (sealed.length <= TAG_BYTES) throw new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The encrypted body ends inside a tag.');
    const plain = cipher.openChunk(index, sealed);
    index += 1;
    total += plain.length;
    yield plain;
    ahead = isLast ? rest.subarray(-TAG_BYTES) : next;
  }
  if (ahead.length < TAG_BYTES) throw new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The encrypted body ends before its last tag.');
  cipher.checkFinalTag(index, total, ahead);
}

async function preamble(reader: OctetReader): Promise<{ readonly packets: Buffer; readonly sealed: Packet }> {
  const packets: Buffer[] = [];
  let left = LARGEST_PREAMBLE;
  for (;;) {
    const packet = await nextPacket(reader);
    if (!packet) throw new EnvelopeFault(EnvelopeFaultCode.Truncated, 'The message has no sealed body.');
    if (packet.tag === PacketTag.Sealed) return { packets: Buffer.concat(packets), sealed: packet };
    if (!isPreamble(packet.tag)) throw new EnvelopeFault(EnvelopeFaultCode.Unsupported, `A packet of type ${packet.tag} is not read here.`);
    const content = await collect(packet.content, left);
    left -= content.length;
    if (packet.tag === PacketTag.PublicKeySessionKey) packets.push(packetOf(packet.tag, content));
  }
}

function isPreamble(tag: number): boolean {
  return tag === PacketTag.PublicKeySessionKey || tag === PacketTag.SymmetricSessionKey || isIgnored(tag);
}

/** RFC 9580 sections 5.8 and 5.14: markers and padding mean nothing wherever they stand. */
function isIgnored(tag: number): boolean {
  return tag === PacketTag.Marker || tag === PacketTag.Padding;
}

function packetOf(tag: number, content: Buffer): Buffer {
  const header = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  header.writeUInt32BE(content.length, 2);
  return Buffer.concat([header, content]);
}

async function collect(content: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > limit) throw malformed('The message has more before its body than any honest message.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The data of exactly one literal packet; the stream is read to its end, so that the last tag is checked. */
async function* literalData(plaintext: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new OctetReader(plaintext);
  let found = false;
  for (let packet = await nextPacket(reader); packet; packet = await nextPacket(reader)) {
    if (packet.tag === PacketTag.Literal && !found) {
      found = true;
      yield* literalContent(packet);
    } else if (isIgnored(packet.tag)) {
      await collect(packet.content, LARGEST_PREAMBLE);
    } else {
      throw new EnvelopeFault(EnvelopeFaultCode.Unsupported, 'Compressed, signed or nested messages are not read here.');
    }
  }
  if (!found) throw malformed('The message holds no data packet.');
}

/** RFC 9580 section 5.9: format, file name, date, data. The name and the date inside are not authenticated by anybody: dropped. */
async function* literalContent(packet: Packet): AsyncGenerator<Uint8Array> {
  const reader = new OctetReader(packet.content);
  const name = (await reader.exactly(2)).readUInt8(1);
  await reader.exactly(name + 4);
  for (let piece = await reader.some(Number.MAX_SAFE_INTEGER); piece; piece = await reader.some(Number.MAX_SAFE_INTEGER)) yield piece;
}
