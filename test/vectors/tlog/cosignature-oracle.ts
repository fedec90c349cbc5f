import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/**
 * Keys and cosignatures as C2SP tlog-cosignature words them, written apart from the library as its oracle: by hand from
 * the text of the specification, with nothing of libs/ imported.
 */
export interface OracleWitness {
  readonly name: string;
  readonly privateKey: KeyObject;
  /** `name+keyid+base64(4, public key)`. */
  readonly verifierKey: string;
  /** The whole signature line over the text of a checkpoint, newline included. */
  cosign(text: string, seconds: number): string;
}

export function oracleWitness(name: string, seed: Uint8Array): OracleWitness {
  const privateKey = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(new Uint8Array(32)) } });
  const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const id = createHash('sha256').update(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(4), publicKey])).digest().subarray(0, 4);
  return {
    name,
    privateKey,
    verifierKey: `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(4), publicKey]).toString('base64')}`,
    cosign(text, seconds) {
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
      const time = Buffer.from(seconds.toString(16).padStart(16, '0'), 'hex');
      return `\u2014 ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
    },
  };
}

const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
