import { config, enums, type Config } from 'openpgp';

/**
 * The switches every call into openpgp.js gets, all named so that a new default of the library changes nothing here: no
 * plaintext before its tag, no decompression, no keys without flags, no signing keys used for decryption, constant-time
 * RSA, and a bound on what a hostile key can make Argon2 allocate (2^16 KiB: 64 MiB).
 */
export const SETTINGS: Config = Object.freeze({
  ...config,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredAEADAlgorithm: enums.aead.gcm,
  aeadProtect: true,
  aeadChunkSizeByte: 12,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  constantTimePKCS1Decryption: true,
  constantTimePKCS1DecryptionSupportedSymmetricAlgorithms: new Set([enums.symmetric.aes256]),
  maxArgon2MemoryExponent: 16,
  maxDecompressedMessageSize: 0,
  maxUserIDLength: 1024,
  minRSABits: 3072,
  enforceGrammar: true,
  ignoreMalformedPackets: false,
  ignoreUnsupportedPackets: false,
  rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
  rejectCurves: new Set([enums.curve.secp256k1]),
  showComment: false,
  showVersion: false,
});
