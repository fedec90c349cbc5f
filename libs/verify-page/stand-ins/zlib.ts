/** What the verifier takes from `node:zlib`, for a browser: the checksum of an archive's files (CRC-32 of ISO 3309), eight octets at a time. */
const TABLES = tables();

function tables(): readonly Uint32Array[] {
  const made = Array.from({ length: 8 }, () => new Uint32Array(256));
  for (let octet = 0; octet < 256; octet += 1) {
    let value = octet;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
    at(made, 0)[octet] = value;
  }
  for (let octet = 0; octet < 256; octet += 1) {
    for (let table = 1; table < 8; table += 1) {
      const before = at(made, table - 1)[octet] ?? 0;
      at(made, table)[octet] = (before >>> 8) ^ (at(made, 0)[before & 255] ?? 0);
    }
  }
  return made;
}

function at(made: readonly Uint32Array[], table: number): Uint32Array {
  const found = made[table];
  if (found === undefined) throw new RangeError('There are eight tables.');
  return found;
}

/** The checksum of `octets` after what had the checksum `before`. */
export function crc32(octets: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const whole = octets.length - (octets.length % 8);
  let crc = ~before;
  let index = 0;
  for (; index < whole; index += 8) {
    const one = view.getInt32(index, true) ^ crc;
    const two = view.getInt32(index + 4, true);
    crc = look(t7, one) ^ look(t6, one >>> 8) ^ look(t5, one >>> 16) ^ look(t4, one >>> 24) ^ look(t3, two) ^ look(t2, two >>> 8) ^ look(t1, two >>> 16) ^ look(t0, two >>> 24);
  }
  for (; index < octets.length; index += 1) crc = (crc >>> 8) ^ look(t0, crc ^ (octets[index] ?? 0));
  return ~crc >>> 0;
}

function look(table: Uint32Array, value: number): number {
  return table[value & 255] ?? 0;
}
