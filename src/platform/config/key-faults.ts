import { X509Certificate, createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Config, ConfigFault } from './config.js';
import { EXAMPLE_KEY_FINGERPRINTS } from './example-keys.js';

/** What is wrong with the keys themselves, in any mode: kind, strength, and that key and certificate are a pair. */
export function keyFaults(config: Config): ConfigFault[] {
  return [...ledgerKeyFaults(config.keys.ledgerSigningKey), ...samlFaults(config.keys.samlKey, config.keys.samlCertificate)];
}

/** SHA-256 of the public half of a private key in PEM, in hexadecimal; undefined when the text is no such key. */
export function fingerprint(pem: string): string | undefined {
  const key = privateKey(pem);
  if (key === undefined) return undefined;
  return fingerprintOf(createPublicKey(key));
}

/** Whether the key in a certificate (PEM) is published in keys-example/, so that anybody can sign with it. */
export function isPublishedCertificate(pem: string): boolean {
  const key = certificateOf(pem)?.publicKey;
  return key !== undefined && EXAMPLE_KEY_FINGERPRINTS.has(fingerprintOf(key));
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex');
}

function ledgerKeyFaults(pem: string): ConfigFault[] {
  if (pem === '' || privateKey(pem)?.asymmetricKeyType === 'ed25519') return [];
  return [{ option: 'LEDGER_SIGNING_KEY', message: 'Use an Ed25519 private key in PKCS8 PEM (openssl genpkey -algorithm ed25519).' }];
}

function samlFaults(keyPem: string, certificatePem: string): ConfigFault[] {
  if (keyPem === '' || certificatePem === '') return [];
  const key = privateKey(keyPem);
  if (key?.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    return [{ option: 'SAML_SP_KEY', message: 'Use an RSA private key of at least 2048 bits in PKCS8 PEM.' }];
  }
  const certificate = certificateOf(certificatePem);
  if (certificate === undefined) return [{ option: 'SAML_SP_CERT', message: 'Use one certificate in PEM.' }];
  if (!certificate.checkPrivateKey(key)) return [{ option: 'SAML_SP_CERT', message: 'This is not the certificate of SAML_SP_KEY.' }];
  return [];
}

function privateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
