import { folderOf } from './safe-name.js';

/** Where everything in a bundle lies that does not have a name of its own. */
export const BUNDLE_PATHS = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  record: 'bundle.json',
  note: 'bundle.note',
  graph: 'data/custody.jsonld',
  html: 'data/report.html',
  pdf: 'data/report.pdf',
  ledgerKey: 'keys/ledger.vkey',
  witnesses: 'keys/witnesses.txt',
  page: 'verify.html',
} as const;

/** The events of an exhibit's chain. */
export const eventsPath = (reference: string): string => `data/custody/${folderOf(reference)}.jsonl`;
/** Their hashes and signatures. */
export const signaturesPath = (reference: string): string => `data/custody/${folderOf(reference)}.signatures.jsonl`;
/** The ledger's entry of one event. */
export const entryPath = (reference: string, seq: number): string => `ledger/${folderOf(reference)}/${seq}.entry.json`;
/** The proof that it is in the ledger. */
export const proofPath = (reference: string, seq: number): string => `ledger/${folderOf(reference)}/${seq}.tlog-proof`;
/** A public key that evidence was sealed to or custody signed with. */
export const keyPath = (fingerprint: string): string => `keys/openpgp/${fingerprint}.pgp`;

/** Whether a file is held while a bundle is checked; the others, which may be of any size, are hashed as they are read. */
export function isHeld(path: string): boolean {
  return !path.startsWith('data/exhibits/') && path !== BUNDLE_PATHS.pdf && path !== BUNDLE_PATHS.page;
}
