export { ALGORITHMS, BAGIT_TXT, bagInfoText, isPayload, isTagManifest, manifestText, type BagFile } from './bag.js';
export { caseGraph } from './case-graph.js';
export { parseChain, type Chain } from './chain-file.js';
export { BUNDLE_PATHS, isHeld } from './paths.js';
export { bagInfoOf, noteText, parseRecord, UNNAMED, type BundleRecord, type RecordedEntry, type RecordedExhibit } from './record.js';
export { reportOf, type Report, type ReportPart } from './report.js';
export { reportHtml } from './report-html.js';
export { isSafePath } from './safe-name.js';
export { writeBundle, type BundledEntry, type BundledExhibit, type BundleParts } from './write-bundle.js';
