import { TiledTree } from '../../../libs/tlog/index.js';
import { formatEntryFile, formatErasedEntry } from '../../../libs/verifier/index.js';
import type { LedgerConnection } from '../store/connection.js';
import { readBodies } from '../store/log-rows.js';
import { nodeReader } from '../store/tree-rows.js';
import { readCosigned, readLatest, type SignedState } from './read-cosigned.js';

/** Where an exported ledger is written: files by their paths, and entries one after another. */
export interface ExportSink {
  file(path: string, octets: Uint8Array | string): Promise<void>;
  entries(text: string): Promise<void>;
}

const PAGE = 1_024;

/** The state an export is of: the largest that enough witnesses cosigned, or the latest where there is none; undefined before the first checkpoint. */
export async function exportedState(connection: LedgerConnection): Promise<SignedState | undefined> {
  return (await readCosigned(connection)) ?? readLatest(connection);
}

/**
 * Writes the whole signed ledger as C2SP tlog-tiles and, when they are asked for, every entry up to its size as entry files, so
 * that `concordat-verify --tiles` checks it with nothing of ours. The connection must be in one steady transaction.
 *
 * @returns the index of the first entry whose body is gone without having been erased, where entries were asked for and one is
 * @throws when the stored tree has a hole
 */
export async function exportWhole(connection: LedgerConnection, { size, checkpoint }: SignedState, withEntries: boolean, sink: ExportSink): Promise<number | undefined> {
  await sink.file('checkpoint', checkpoint);
  const tree = new TiledTree(nodeReader(connection), size);
  for (const path of tree.paths()) {
    const octets = await tree.tile(path);
    if (octets !== undefined) await sink.file(path, octets);
  }
  for (let from = 0; withEntries && from < size; from += PAGE) {
    const wanted = Math.min(PAGE, size - from);
    const bodies = await readBodies(connection, from, wanted);
    const upTo = bodies.findIndex(({ index }, at) => index !== from + at);
    const whole = upTo < 0 ? bodies : bodies.slice(0, upTo);
    await sink.entries(whole.map((each) => ('leaf' in each ? formatErasedEntry(each.leaf) : formatEntryFile(each))).join(''));
    if (whole.length < wanted) return from + whole.length;
  }
  return undefined;
}
