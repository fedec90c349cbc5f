export { formatEntryFile, formatErasedEntry, leafHashOf, parseEntryFile, type EntryFile } from './entry-file.js';
export type { Finding, Trust, Verdict } from './findings.js';
export { verifyContinuity, verifyEntry, type Claimed } from './verify.js';
export { verifyBundle, type BundleTrust, type BundleVerdict } from './bundle/verify-bundle.js';
export { conclusionOf, linesOf } from './words.js';
export { verifyTiles, type Handed } from './verify-tiles.js';
