export { formatEntryFile, leafHashOf, parseEntryFile, type EntryFile } from './entry-file.js';
export type { Finding, Trust, Verdict } from './findings.js';
export { verifyContinuity, verifyEntry, type Claimed } from './verify.js';
export { verifyTiles, type Handed } from './verify-tiles.js';
