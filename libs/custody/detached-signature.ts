/**
 * Detached OpenPGP signatures by Ed25519 keys (RFC 9580), read by hand: whoever checks a chain of custody offline should need
 * nothing but this and what his platform can hash and verify. Other algorithms are not read, and so never believed.
 */
const SIGNATURE_PACKET = 2;
const PUBLIC_KEY_PACKET = 6;
const ED25519 = 27;
/** Octets of an Ed25519 public key; a signature is twice as long. */
const KEY_BYTES = 32;
const BINARY_DOCUMENT = 0x00;
const ISSUER_FINGERPRINT = 33;
const HASHES: ReadonlyMap<number, SignatureHash> = new Map([[8, 'sha256'], [9, 'sha384'], [10, 'sha512']]);
/** Octets of salt that version 6 asks for with each hash (RFC 9580 section 9.5). */
const SALT_BYTES: Readonly<Record<SignatureHash, number>> = { sha256: 16, sha384: 24, sha512: 32 };

export type SignatureHash = 'sha256' | 'sha384' | 'sha512';

/** What a signature says of itself, and what it needs to be verified. Nothing is believed by reading it. */
export interface SignatureParts {
  readonly hash: SignatureHash;
  /** Fingerprint of the key that says it signed, lower-case hexadecimal, as the signed part names it. */
  readonly issuer: string;
  /** What is hashed before the signed text: the salt of version 6. */
  readonly before: Uint8Array;
  /** What is hashed after it. */
  readonly after: Uint8Array;
  /** The Ed25519 signature over the hash, 64 octets. */
  readonly signature: Uint8Array;
}

/** A public Ed25519 key that signs. */
export interface SigningKey {
  /** Lower-case hexadecimal, 40 digits for a version 4 key and 64 for version 6. */
  readonly fingerprint: string;
  /** The key itself, 32 octets. */
  readonly ed25519: Uint8Array;
}

/** The parts of one detached signature packet (attacker-controlled), or undefined for anything else. */
export function readSignature(packet: Uint8Array): SignatureParts | undefined {
  const body = onePacket(packet, SIGNATURE_PACKET);
  const version = body?.[0];
  if (!body || (version !== 4 && version !== 6)) return undefined;
  const width = version === 4 ? 2 : 4;
  const hash = HASHES.get(body[3] ?? 0);
  if (body[1] !== BINARY_DOCUMENT || body[2] !== ED25519 || hash === undefined) return undefined;
  const hashedEnd = 4 + width + numberAt(body, 4, width);
  const restEnd = hashedEnd + width + numberAt(body, hashedEnd, width);
  const salt = version === 6 ? (body[restEnd + 2] ?? 0) : 0;
  const saltStart = restEnd + 2 + (version === 6 ? 1 : 0);
  const signature = body.slice(saltStart + salt);
  const issuer = issuerIn(body.subarray(4 + width, hashedEnd), version);
  if (issuer === undefined || signature.length !== 2 * KEY_BYTES || (version === 6 && salt !== SALT_BYTES[hash])) return undefined;
  const after = concatenated(body.subarray(0, hashedEnd), Uint8Array.of(version, 0xff), bigEndian(hashedEnd));
  return { hash, issuer, before: body.slice(saltStart, saltStart + salt), after, signature };
}

/**
 * The signing key in a public key as it is stored (its packets, the primary key first), or undefined where that is no Ed25519 key.
 * Only the primary key is read: its fingerprint is what an event names. Expiry and revocation are for whoever hands out the key.
 *
 * @param digest - SHA-1 for a version 4 key and SHA-256 for version 6, over what the fingerprint is made of.
 */
export function readSigningKey(publicKey: Uint8Array, digest: (hash: 'sha1' | 'sha256', octets: Uint8Array) => Uint8Array): SigningKey | undefined {
  const body = firstPacket(publicKey, PUBLIC_KEY_PACKET)?.body;
  const version = body?.[0];
  if (!body || (version !== 4 && version !== 6) || body[5] !== ED25519) return undefined;
  const start = version === 4 ? 6 : 10;
  if (body.length !== start + KEY_BYTES) return undefined;
  const framed = version === 4 ? concatenated(Uint8Array.of(0x99, body.length >> 8, body.length & 0xff), body) : concatenated(Uint8Array.of(0x9b), bigEndian(body.length), body);
  const fingerprint = hex(digest(version === 4 ? 'sha1' : 'sha256', framed));
  return { fingerprint, ed25519: body.slice(start) };
}

/** The fingerprint that the signed subpackets name as the signer's. */
function issuerIn(area: Uint8Array, version: 4 | 6): string | undefined {
  for (let at = 0; at < area.length; ) {
    const { length, width } = lengthAt(area, at) ?? { length: 0, width: 0 };
    if (length < 1 || at + width + length > area.length) return undefined;
    const body = area.subarray(at + width, at + width + length);
    if (((body[0] ?? 0) & 0x7f) === ISSUER_FINGERPRINT && body[1] === version) return hex(body.subarray(2));
    at += width + length;
  }
  return undefined;
}

function onePacket(octets: Uint8Array, tag: number): Uint8Array | undefined {
  const packet = firstPacket(octets, tag);
  return packet?.end === octets.length ? packet.body : undefined;
}

/** The first packet, if it is of this kind, in the new or the old format of headers. */
function firstPacket(octets: Uint8Array, tag: number): { readonly body: Uint8Array; readonly end: number } | undefined {
  const head = octets[0] ?? 0;
  if ((head & 0x80) === 0) return undefined;
  const isNew = (head & 0x40) !== 0;
  if ((isNew ? head & 0x3f : (head >> 2) & 0x0f) !== tag) return undefined;
  const oldWidth = [1, 2, 4][head & 3];
  const found = isNew ? lengthAt(octets, 1) : oldWidth === undefined ? undefined : { length: numberAt(octets, 1, oldWidth), width: oldWidth };
  if (!found) return undefined;
  const start = 1 + found.width;
  const end = start + found.length;
  return end <= octets.length ? { body: octets.subarray(start, end), end } : undefined;
}

/** A length as new packets and subpackets write it (RFC 9580 section 4.2.1), partial lengths left out. */
function lengthAt(octets: Uint8Array, at: number): { readonly length: number; readonly width: number } | undefined {
  const first = octets[at];
  if (first === undefined) return undefined;
  if (first < 192) return { length: first, width: 1 };
  if (first < 224) return { length: ((first - 192) << 8) + (octets[at + 1] ?? 0) + 192, width: 2 };
  return first === 255 ? { length: numberAt(octets, at + 1, 4), width: 5 } : undefined;
}

function numberAt(octets: Uint8Array, at: number, width: number): number {
  let number = 0;
  for (let offset = 0; offset < width; offset += 1) number = number * 256 + (octets[at + offset] ?? 0);
  return number;
}

function bigEndian(number: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, number);
  return octets;
}

function concatenated(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
