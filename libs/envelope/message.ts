/** SEIPD packet, new format: tag 18. */
const SEALED_OCTET = 0xd2;
const LARGEST_FIXED = 0xffff_ffff;
/** Parts of a packet that is too long for a fixed length: 2^30 octets each. */
const PART_BYTES = 2 ** 30;
const PART_OCTET = 224 + 30;

/**
 * The whole OpenPGP message: session-key packets, then the stored body under a packet header. Bodies beyond 4 GiB go in
 * parts (RFC 9580 section 4.2.1.4).
 *
 * @param bodyBytes - exact length of `body`.
 */
export async function* messageOf(
  packets: readonly Uint8Array[],
  body: AsyncIterable<Uint8Array>,
  bodyBytes: number,
): AsyncGenerator<Uint8Array> {
  yield* packets;
  yield Buffer.from([SEALED_OCTET]);
  let left = bodyBytes;
  let inPart = 0;
  for await (const piece of body) {
    let rest = piece;
    while (rest.length > 0) {
      if (inPart === 0) {
        const header = lengthHeader(left);
        yield header.octets;
        inPart = header.length;
      }
      const slice = rest.subarray(0, inPart);
      yield slice;
      rest = rest.subarray(slice.length);
      inPart -= slice.length;
      left -= slice.length;
    }
  }
  if (left !== 0 || inPart !== 0) throw new RangeError('The body is not as long as was said');
}

function lengthHeader(left: number): { readonly octets: Buffer; readonly length: number } {
  if (left > LARGEST_FIXED) return { octets: Buffer.from([PART_OCTET]), length: PART_BYTES };
  const octets = Buffer.alloc(5, 0xff);
  octets.writeUInt32BE(left, 1);
  return { octets, length: left };
}
