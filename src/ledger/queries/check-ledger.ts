import type { TimestampTrust } from '../../../libs/timestamp/index.js';
import { checkLog, sameHash, type LogFinding } from '../../../libs/tlog/index.js';
import type { WitnessPolicy } from '../../../libs/witness/index.js';
import { checkBusiness, type BusinessFinding } from '../domain/check-business.js';
import { entryLeafHash } from '../domain/entry-body.js';
import { GoneLeaves, type FoundRetirement, type GoneFinding } from '../domain/gone-leaves.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import { businessReader } from '../store/business-rows.js';
import { steadily, type LedgerConnection } from '../store/connection.js';
import { logReader, readOutOfTime, readRobbed, readUnplaced, type OutOfTime, type UnplacedEntry } from '../store/log-rows.js';
import { readRetirements } from '../store/retirement-rows.js';
import { readHead } from '../store/tree-rows.js';
import { checkCosignatures, type CosignatureFinding } from './check-cosignatures.js';
import { checkTimestamps, type TimestampFinding, type TimestampReport } from './check-timestamps.js';

/** One thing wrong with the ledger. Messages may change, codes may not. */
export interface LedgerFinding {
  readonly code: LogFinding['code'] | CosignatureFinding['code'] | BusinessFinding['code'] | TimestampFinding['code'] | GoneFinding['code'] | 'entry-unplaced' | 'out-of-time';
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
  /** Of those, how many were erased, on record; their leaves are in the tree. */
  readonly erased: number;
  /** How many went with their months, on record. */
  readonly retired: number;
  readonly retirements: readonly FoundRetirement[];
  /** Entries recorded that have no index yet. */
  readonly waiting: number;
  /** The root of what is stored, recomputed, in base64; empty when it cannot be because of what was found. */
  readonly rootHash: string;
  readonly findings: readonly LedgerFinding[];
  /** Further findings that are counted and not listed. */
  readonly unlisted: number;
  readonly timestamps: Omit<TimestampReport, 'findings' | 'unlisted'>;
}

/** What a check is given beside the ledger and the key. */
export interface CheckExtras {
  /** Signed checkpoints kept outside the database; only against one of these can a ledger be seen to be cut back to an earlier whole state. */
  readonly remembered?: readonly string[];
  /** Whose timestamps are believed; without it they are only counted. */
  readonly dated?: TimestampTrust | undefined;
  /** Of whom a quorum must have cosigned what is said to be cosigned. */
  readonly policy?: WitnessPolicy | undefined;
  /** Whether what is stored beside the ledger is to be compared with it; for a connection that may read it, the owner's or a copy's. */
  readonly withBusiness?: boolean;
  /** Is told now and then how many of how many entries were held. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** Less than any id of an entry. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const UNPLACED_PAGE = 500;
/** Findings of each part that are listed; more are counted. */
const LISTED = 1_000;

/**
 * Recomputes the whole ledger from its entries, holds the cosignatures and, where it is given, what is stored beside the ledger
 * against it, and says whether all of it is whole, or names what is not.
 *
 * The connection must be in one transaction with a steady view (REPEATABLE READ), or what is recorded meanwhile looks
 * like damage; `checkLedgerWith` sees to that for a plain client.
 */
export async function checkLedger(connection: LedgerConnection, trust: LedgerTrust, extras: CheckExtras = {}): Promise<LedgerReport> {
  const { remembered, dated, policy, withBusiness = false, progress } = extras;
  const total = (await readHead(connection))?.size ?? 0;
  const gone = new GoneLeaves(await readRetirements(connection));
  const report = await checkLog(logReader(connection, gone), { ...trust, remembered: remembered ?? [], onProgress: (done) => progress?.(done, total) });
  const { findings: undated, unlisted: undatedMore, ...timestamps } = await checkTimestamps(connection, dated);
  const [late, taken] = [await readOutOfTime(connection, LISTED), await readRobbed(connection, LISTED)];
  const more: LedgerFinding[] = [...late.listed.map(outOfTime), ...taken.listed.map(robbed), ...gone.findings()];
  let waiting = 0;
  const unplaced = checkUnplaced(connection, () => (waiting += 1));
  let unlisted = report.unlisted + undatedMore + late.found - late.listed.length + taken.found - taken.listed.length;
  for (const part of [unplaced, checkCosignatures(connection, trust, policy), ...(withBusiness ? [checkBusiness(businessReader(connection))] : [])]) {
    let listed = 0;
    for await (const finding of part) {
      if (listed < LISTED) more.push(finding);
      else unlisted += 1;
      listed += 1;
    }
  }
  const findings = [...report.findings, ...more, ...undated];
  return {
    whole: findings.length === 0 && unlisted === 0,
    entries: report.size,
    erased: report.erased - gone.count,
    retired: gone.count,
    retirements: gone.found,
    waiting,
    rootHash: Buffer.from(report.root ?? []).toString('base64'),
    findings,
    unlisted,
    timestamps,
  };
}

/** `checkLedger` in a transaction of its own over a connection that is in none, such as the command line's. */
export async function checkLedgerWith(connection: LedgerConnection, trust: LedgerTrust, extras: CheckExtras = {}): Promise<LedgerReport> {
  return steadily(connection, () => checkLedger(connection, trust, extras));
}

function outOfTime({ index, entryId, size, at, signedAt }: OutOfTime): LedgerFinding {
  if (index === undefined || entryId === undefined) {
    return { code: 'out-of-time', message: `The checkpoint of ${size} entries says it was signed at ${at.toISOString()}, before the one it follows (${signedAt.toISOString()}).` };
  }
  const than = at > signedAt ? 'after the checkpoint that first has it' : 'more than a day before the checkpoint that was signed before it came';
  return { code: 'out-of-time', index, entryId, message: `Entry ${index} (${entryId}) says ${at.toISOString()}, ${than} (${signedAt.toISOString()}): it was back-dated, or a clock was wrong.` };
}

function robbed(entryId: string): LedgerFinding {
  return { code: 'body-missing', entryId, message: `Entry ${entryId}, which waits for its index, is gone; only its ticket is left.` };
}

/** Every entry without an index, however many there are; those that wait for one are told to `waits`. */
async function* checkUnplaced(connection: LedgerConnection, waits: () => void): AsyncGenerator<LedgerFinding> {
  let page: readonly UnplacedEntry[];
  let after = BEFORE_ALL;
  do {
    page = await readUnplaced(connection, after, UNPLACED_PAGE);
    for (const entry of page) {
      if (entry.waits) waits();
      yield* unplacedFindings(entry);
    }
    after = page.at(-1)?.id ?? after;
  } while (page.length === UNPLACED_PAGE);
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
