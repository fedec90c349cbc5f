import type { TimestampTrust } from '../../../libs/timestamp/index.js';
import { checkLog, sameHash, type LogFinding } from '../../../libs/tlog/index.js';
import { entryLeafHash } from '../domain/entry-body.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import { steadily, type LedgerConnection } from '../store/connection.js';
import { logReader, readUnplaced, type UnplacedEntry } from '../store/log-rows.js';
import { checkTimestamps, type TimestampFinding, type TimestampReport } from './check-timestamps.js';

/** One thing wrong with the ledger. Messages may change, codes may not. */
export interface LedgerFinding {
  readonly code: LogFinding['code'] | TimestampFinding['code'] | 'entry-unplaced';
  readonly index?: number;
  readonly entryId?: string;
  readonly message: string;
}

/** What a check of the whole ledger found. */
export interface LedgerReport {
  /** Whether nothing at all was found wrong. */
  readonly whole: boolean;
  /** Entries the ledger has signed for. */
  readonly entries: number;
  /** Entries recorded that have no index yet. */
  readonly waiting: number;
  /** The root of what is stored, recomputed, in base64; empty when it cannot be because of what was found. */
  readonly rootHash: string;
  readonly findings: readonly LedgerFinding[];
  /** Further findings that are counted and not listed. */
  readonly unlisted: number;
  readonly timestamps: Omit<TimestampReport, 'findings'>;
}

const UNPLACED_LIMIT = 1_000;

/**
 * Recomputes the whole ledger from its entries and says whether it is whole, or names what is not.
 *
 * The connection must be in one transaction with a steady view (REPEATABLE READ), or what is recorded meanwhile looks
 * like damage; `checkLedgerWith` sees to that for a plain client.
 *
 * @param remembered - signed checkpoints kept outside the database; only against one of these can it be seen that the
 *   ledger was cut back to an earlier whole state
 * @param dated - whose timestamps are believed; without it they are only counted
 */
export async function checkLedger(
  connection: LedgerConnection,
  trust: LedgerTrust,
  remembered: readonly string[] = [],
  dated?: TimestampTrust,
): Promise<LedgerReport> {
  const report = await checkLog(logReader(connection), { ...trust, remembered });
  const { findings: undated, ...timestamps } = await checkTimestamps(connection, dated);
  const unplaced = await readUnplaced(connection, UNPLACED_LIMIT);
  const findings = [...report.findings, ...unplaced.flatMap(unplacedFindings), ...undated];
  return {
    whole: findings.length === 0 && report.unlisted === 0,
    entries: report.size,
    waiting: unplaced.filter(({ waits }) => waits).length,
    rootHash: Buffer.from(report.root ?? []).toString('base64'),
    findings,
    unlisted: report.unlisted,
    timestamps,
  };
}

/** `checkLedger` in a transaction of its own over a connection that is in none, such as the command line's. */
export async function checkLedgerWith(
  connection: LedgerConnection,
  trust: LedgerTrust,
  remembered: readonly string[] = [],
  dated?: TimestampTrust,
): Promise<LedgerReport> {
  return steadily(connection, () => checkLedger(connection, trust, remembered, dated));
}

function unplacedFindings(entry: UnplacedEntry): readonly LedgerFinding[] {
  const { id: entryId } = entry;
  const findings: LedgerFinding[] = [];
  if (!sameHash(entryLeafHash(entry.salt, entry.body), entry.leaf_hash)) {
    const message = `Entry ${entryId}, which has no index yet, does not hash to what it was recorded as.`;
    findings.push({ code: 'leaf-mismatch', entryId, message });
  }
  if (!entry.waits) {
    const message = `Entry ${entryId} is recorded, has no index, and is not waiting for one: its ticket or its leaf was removed.`;
    findings.push({ code: 'entry-unplaced', entryId, message });
  }
  return findings;
}
