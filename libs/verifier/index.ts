export { formatEntryFile, leafHashOf, parseEntryFile, type EntryFile } from './entry-file.js';
export { verifyContinuity, verifyEntry, type Claimed, type Finding, type Trust, type Verdict } from './verify.js';
