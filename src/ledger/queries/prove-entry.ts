import { must } from '../../../libs/kernel/index.js';
import { formatProofFile, hashLeaf, makeInclusionProof, verifyProofFile } from '../../../libs/tlog/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { logReader } from '../store/log-rows.js';
import { nodeReader, TreeHole } from '../store/tree-rows.js';
import { readCosigned, readLatest } from './read-cosigned.js';

/**
 * The C2SP tlog-proof of the entry at `index`, which anybody who holds the ledger's public key and the entry can check
 * offline; undefined while no checkpoint covers it. It leads to the largest checkpoint that enough witnesses cosigned, with
 * their lines, so that the holder need not believe the ledger alone; a younger entry has the latest checkpoint as it is.
 *
 * @throws when the stored tree has a hole where the proof runs
 */
export async function proveEntry(connection: LedgerConnection, index: number): Promise<string | undefined> {
  const cosigned = await readCosigned(connection);
  const { size, checkpoint } = (cosigned !== undefined && index < cosigned.size ? cosigned : await readLatest(connection)) ?? { size: 0, checkpoint: '' };
  if (index >= size) return undefined;
  const path = must(await makeInclusionProof(nodeReader(connection), index, size));
  return formatProofFile({ index, path, checkpoint });
}

/** An entry with the proof that it is in the ledger, or a sentence that says why there is none. */
export interface ProvedEntry {
  readonly entryId: string | undefined;
  /** Recomputed from the entry as it is stored, in base64; empty when there is no entry. */
  readonly leafHash: string;
  /** The C2SP tlog-proof, verified; empty when the entry is not proved. */
  readonly proof: string;
  readonly message: string;
}

/** The entry at `index` with its proof, held against the entry itself and the signature before it is given out. */
export async function proveEntryAt(connection: LedgerConnection, trust: LedgerTrust, index: number): Promise<ProvedEntry> {
  const [entry] = await logReader(connection).readEntries(index, 1);
  const nothing = { entryId: undefined, leafHash: '', proof: '' };
  if (entry?.index !== index) return { ...nothing, message: `There is no entry ${index} in the ledger.` };
  const { id: entryId, leaf } = entry;
  if (leaf === undefined && entry.erased === true) return { ...nothing, entryId, message: `Entry ${index} (${entryId}) was erased, or dropped with its month, which is on record; its leaf is in the tree.` };
  if (leaf === undefined) return { ...nothing, entryId, message: `Entry ${index} (${entryId}) is gone: only its leaf is left.` };
  const leafHash = hashLeaf(leaf);
  const found = { entryId, leafHash: Buffer.from(leafHash).toString('base64') };
  const proof = await proofOrHole(connection, index);
  if (proof === undefined) return { ...found, proof: '', message: `Entry ${index} (${entryId}) cannot be proved: no checkpoint covers it, or a part of the tree is missing.` };
  const held = verifyProofFile(proof, leafHash, trust.origin, trust.trusted);
  if (!held.ok) return { ...found, proof: '', message: `Entry ${index} (${entryId}) is NOT what was signed: ${held.error.message}.` };
  return { ...found, proof, message: `Entry ${index} (${entryId}) is in the ledger of ${held.value.size} entries.` };
}

async function proofOrHole(connection: LedgerConnection, index: number): Promise<string | undefined> {
  try {
    return await proveEntry(connection, index);
  } catch (fault) {
    if (fault instanceof TreeHole) return undefined;
    throw fault;
  }
}
