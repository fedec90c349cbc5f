import { createPrivateKey } from 'node:crypto';
import { must } from '../../../libs/kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier, formatVerifierKey } from '../../../libs/note/index.js';
import type { NoteSigner, NoteVerifier } from '../../../libs/tlog/index.js';

/** Whose word a checkpoint is: the log's name and the keys that sign for it. */
export interface LedgerTrust {
  readonly origin: string;
  readonly trusted: readonly NoteVerifier[];
}

/** The key the ledger signs with, and the trust that follows from it. */
export interface LedgerKey extends LedgerTrust {
  readonly signer: NoteSigner;
  /** The public key as others are given it, `name+keyid+base64`. */
  readonly verifierKey: string;
}

/**
 * Reads the signing key.
 *
 * @param pem - PKCS8 PEM of an Ed25519 key
 * @param origin - the log's name, which no other log may have
 * @throws when the configuration let another kind of key or an impossible name through
 */
export function ledgerKey(pem: string, origin: string): LedgerKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = ed25519PublicBytes(privateKey);
  return {
    origin,
    signer: must(ed25519Signer(origin, privateKey)),
    trusted: [must(ed25519Verifier(origin, publicKey))],
    verifierKey: formatVerifierKey(origin, publicKey),
  };
}
