import { verifyTimestamp, type TimestampTrust } from '../../../libs/timestamp/index.js';
import type { LedgerConnection } from '../store/connection.js';
import { countUndated, readPassedOver, readTimestamps, type StoredTimestamp } from '../store/timestamp-rows.js';

/** One timestamp that does not hold, or is missing. Messages may change, codes may not. */
export interface TimestampFinding {
  readonly code: 'timestamp-bad' | 'timestamp-missing';
  readonly message: string;
}

/** What checking the timestamps came to. */
export interface TimestampReport {
  /** Timestamps that hold. */
  readonly held: number;
  /** Timestamps that nobody said how to believe: no certificate is trusted. */
  readonly unchecked: number;
  /** Checkpoints that wait for theirs. */
  readonly waiting: number;
  readonly findings: readonly TimestampFinding[];
  /** Further findings, which are counted. */
  readonly unlisted: number;
}

const PAGE = 100;
const LISTED = 1_000;

/**
 * Verifies every kept timestamp anew, each against the checkpoint that is stored now. One of more entries than the ledger
 * has is the word of a stranger that it once had them.
 *
 * @param trust - left out when no certificate is trusted; then they are counted
 */
export async function checkTimestamps(connection: LedgerConnection, trust: TimestampTrust | undefined): Promise<TimestampReport> {
  const passedOver = await readPassedOver(connection, LISTED);
  const findings: TimestampFinding[] = passedOver.listed.map((size) => ({
    code: 'timestamp-missing',
    message: `The timestamp of the checkpoint of ${size} entries is missing, though a later one is there: it was removed.`,
  }));
  const counts = { held: 0, unchecked: 0, unlisted: passedOver.found - passedOver.listed.length };
  let bad = 0;
  for (let page = await readTimestamps(connection, 0, PAGE); page.length > 0; page = await readTimestamps(connection, page.at(-1)?.size ?? 0, PAGE)) {
    for (const stored of page) {
      if (trust === undefined) counts.unchecked += 1;
      const fault = trust && faultOf(stored, trust);
      if (fault !== undefined) {
        if (bad < LISTED) findings.push({ code: 'timestamp-bad', message: fault });
        else counts.unlisted += 1;
        bad += 1;
      } else if (trust !== undefined) counts.held += 1;
    }
  }
  return { ...counts, waiting: await countUndated(connection), findings };
}

function faultOf({ size, token, dated, note }: StoredTimestamp, trust: TimestampTrust): string | undefined {
  if (note === undefined) return `There is a timestamp of a checkpoint of ${size} entries, and no such checkpoint any more.`;
  const verified = verifyTimestamp(token, Buffer.from(note, 'utf8'), trust);
  if (!verified.ok) return `The timestamp of the checkpoint of ${size} entries does not hold. ${verified.error.message}.`;
  const isFiledAs = verified.value.at.getTime() === dated.getTime();
  return isFiledAs ? undefined : `The timestamp of the checkpoint of ${size} entries is filed under another time than it tells.`;
}
