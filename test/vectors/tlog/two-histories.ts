import { createHash } from 'node:crypto';
import { must } from '../../../libs/kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier, formatVerifierKey, type NoteVerifier } from '../../../libs/note/index.js';
import { makeConsistencyProof, signCheckpoint } from '../../../libs/tlog/index.js';
import { formatAddCheckpoint } from '../../../libs/witness/index.js';
import { hashLeaf } from '../../../libs/tlog/index.js';
import { oracleWitness } from './cosignature-oracle.js';
import { memoryReader, oracleRoot } from './oracle.js';

/** A log whose owner signs whatever he likes, true or not. */
export class TestLog {
  readonly verifier: NoteVerifier;
  readonly verifierKey: string;
  private readonly signer;

  constructor(readonly origin: string) {
    const { privateKey } = oracleWitness(origin, createHash('sha256').update(origin).digest());
    this.signer = must(ed25519Signer(origin, privateKey));
    this.verifier = must(ed25519Verifier(origin, ed25519PublicBytes(privateKey)));
    this.verifierKey = formatVerifierKey(origin, ed25519PublicBytes(privateKey));
  }

  /** The signed checkpoint of these leaves. */
  checkpoint(leaves: readonly Uint8Array[], extensions: readonly string[] = []): string {
    return must(signCheckpoint({ origin: this.origin, size: leaves.length, root: oracleRoot(leaves), extensions }, [this.signer]));
  }

  /** A request to cosign these leaves, with the proof that their own beginning of `oldSize` leaves is their beginning. */
  async request(oldSize: number, leaves: readonly Uint8Array[]): Promise<string> {
    const proof = oldSize > leaves.length ? [] : must(await makeConsistencyProof(memoryReader(leaves), oldSize, leaves.length));
    return formatAddCheckpoint({ oldSize, proof, checkpoint: this.checkpoint(leaves) });
  }
}

/** `count` leaves of the history called `history`, after the leaves that are its past. */
export function grown(past: readonly Uint8Array[], history: string, count: number): readonly Uint8Array[] {
  return [...past, ...Array.from({ length: count }, (_, at) => hashLeaf(Buffer.from(`${history} ${past.length + at}`)))];
}
