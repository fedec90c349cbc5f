export type { TlogError } from './errors.js';
export { EMPTY_ROOT, hashLeaf, sameHash } from './hashing.js';
export type { NodeAddress } from './tree-shape.js';
export { readRoot, type NodeReader } from './node-reader.js';
export { CompactRange, type CompletedNode } from './compact-range.js';
export { makeInclusionProof, verifyInclusion, type InclusionClaim } from './inclusion.js';
export { makeConsistencyProof, verifyConsistency, type ConsistencyClaim } from './consistency.js';
// Whoever opens a checkpoint needs its keys' types: handed on, so that a reader of the log has one library to look in.
export type { NoteSigner, NoteVerifier } from '../note/index.js';
export { openCheckpoint, signCheckpoint, type Checkpoint, type OpenedCheckpoint } from './checkpoint.js';
export { formatConsistencyFile, parseConsistencyFile, verifyConsistencyFile, type ConsistencyFile } from './consistency-file.js';
export { formatProofFile, parseProofFile, verifyProofFile, type ProofFile } from './proof-file.js';
export { checkTiles } from './check-tiles.js';
export { TiledTree } from './tiled-tree.js';
export { checkLog, type CheckOptions, type CheckReport } from './check-log.js';
export type { LogFinding, LogReader, StoredCheckpoint, StoredEntry, StoredNode } from './log-reader.js';
