import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key nobody else has and a certificate it signed itself, both in PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly certificate: string;
}

const DAY_MS = 86_400_000;
const SHA256_WITH_RSA = '2a864886f70d01010b';
const COMMON_NAME = '550403';

/** A fresh RSA key with a self-signed X.509 version 1 certificate (RFC 5280 section 4.1) for a year. */
export function selfSigned(commonName: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(tagged(0x06, Buffer.from(SHA256_WITH_RSA, 'hex')), tagged(0x05));
  const name = sequence(tagged(0x31, sequence(tagged(0x06, Buffer.from(COMMON_NAME, 'hex')), tagged(0x0c, Buffer.from(commonName)))));
  const now = Date.now();
  const validity = sequence(moment(new Date(now - DAY_MS)), moment(new Date(now + 365 * DAY_MS)));
  // The first bit of the serial number is off, or it would be negative.
  const serial = tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)]));
  const content = sequence(serial, algorithm, name, validity, name, publicKey.export({ type: 'spki', format: 'der' }));
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0x00]), sign('sha256', content, privateKey)]));
  return { key: pemOf(privateKey), certificate: armoured(sequence(content, algorithm, signature)) };
}

/** A fresh Ed25519 private key in PKCS8 PEM. */
export function ed25519Key(): string {
  return pemOf(generateKeyPairSync('ed25519').privateKey);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function armoured(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** UTCTime: YYMMDDHHMMSSZ. */
function moment(at: Date): Buffer {
  return tagged(0x17, Buffer.from(at.toISOString().replaceAll(/[-:T]|\.\d+/g, '').slice(2)));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** One DER value: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
