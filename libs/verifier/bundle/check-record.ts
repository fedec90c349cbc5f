import { createHash } from 'node:crypto';
import { printable } from '../../archive/index.js';
import { BUNDLE_PATHS, noteText, UNNAMED, type BundleRecord } from '../../bundle/index.js';
import { openNote, parseVerifierKey, type NoteVerifier } from '../../note/index.js';
import { sameHash } from '../../tlog/index.js';
import { proven, refuted, type Finding } from '../findings.js';
import { textOf } from './held-text.js';
import type { BundleRead } from './read-bundle.js';

/** The key that the bundle is held against, and what is known of it. */
export interface Believed {
  readonly key: NoteVerifier | undefined;
  readonly findings: readonly Finding[];
}

/** The key of whoever checks, or, where she brought none, the bundle's own, which proves nothing by itself and is said so. */
export function keyOf(read: BundleRead, trusted: NoteVerifier | undefined): Believed {
  const own = parseVerifierKey((textOf(read, BUNDLE_PATHS.ledgerKey) ?? '').replace(/\n$/, ''));
  if (!own.ok) return { key: trusted, findings: [refuted({ code: 'ledger-key', message: `${BUNDLE_PATHS.ledgerKey} is missing or is no key of a ledger` })] };
  if (trusted === undefined) return { key: own.value, findings: [open('whose', `Whose ledger this is: you gave no key, so the one in the bundle was taken, which anybody could have made. Compare it with what the agency tells you: ${textOf(read, BUNDLE_PATHS.ledgerKey)?.trim() ?? ''}`)] };
  const isSame = own.value.name === trusted.name && sameHash(own.value.publicKey, trusted.publicKey);
  if (isSame) return { key: trusted, findings: [proven('ledger-key', `The bundle is of the ledger whose key you gave, ${trusted.name}.`)] };
  return { key: trusted, findings: [refuted({ code: 'other-key', message: `The bundle brings another key than the one you gave for ${trusted.name}` })] };
}

/** Whether the ledger signed the record, and the record names the files that are there. */
export function checkRecord(read: BundleRead, record: BundleRecord, key: NoteVerifier): readonly Finding[] {
  return [...noteFindings(read, record, key), ...fileFindings(read, record)];
}

function noteFindings(read: BundleRead, record: BundleRecord, key: NoteVerifier): readonly Finding[] {
  const opened = openNote(textOf(read, BUNDLE_PATHS.note) ?? '', [key]);
  if (!opened.ok) return [refuted({ code: 'record-unsigned', message: `${BUNDLE_PATHS.note} is no signature by ${key.name} (${opened.error.message})` })];
  const hash = createHash('sha256').update(read.held.get(BUNDLE_PATHS.record) ?? new Uint8Array()).digest('base64');
  if (opened.value.text !== noteText(key.name, hash)) return [refuted({ code: 'record-other', message: `${key.name} signed another record than ${BUNDLE_PATHS.record}` })];
  if (record.ledger !== key.name) return [refuted({ code: 'record-other', message: `${BUNDLE_PATHS.record} is of the ledger ${printable(record.ledger)}` })];
  const { madeBy, madeAt } = record;
  return [proven('record', `${key.name} signed the record of this bundle: made for ${madeBy.name}, ${madeBy.agency}, at ${madeAt}, of ${[...record.exhibits, ...record.things].map(({ reference }) => printable(reference)).join(', ')}.`)];
}

function fileFindings(read: BundleRead, { files }: BundleRecord): readonly Finding[] {
  const named = new Map(files.map((file) => [file.path, file]));
  const wrong = [
    ...files.flatMap(({ path, size, sha256 }) => {
      const there = read.files.get(path);
      if (there === undefined) return [refuted({ code: 'signed-missing', message: `${printable(path)} is missing: the signed record names it` })];
      return there.size === size && there.sha256 === sha256 ? [] : [refuted({ code: 'signed-altered', message: `${printable(path)} was altered after the record was signed` })];
    }),
    ...[...read.files.keys()]
      .filter((path) => !named.has(path) && !(UNNAMED as readonly string[]).includes(path))
      .map((path) => refuted({ code: 'signed-added', message: `${printable(path)} was added: the signed record does not name it` })),
  ];
  const order = [...files.map(({ path }) => path), ...UNNAMED];
  const isInOrder = [...read.files.keys()].every((path, at) => path === order[at]);
  if (wrong.length === 0 && !isInOrder) return [refuted({ code: 'signed-moved', message: 'The files stand in another order than the signed record names them in' })];
  return wrong.length === 0 ? [proven('files', `The signed record names every one of the ${files.length} files it can name, with its size, its SHA-256 and its place.`)] : wrong;
}

/** What was not asked, or what nothing in a file can show. */
export function open(code: string, message: string): Finding {
  return { state: 'open', code, message };
}
