import type { CheckedLedger } from '../commands/check-whole-ledger.js';
import type { LedgerHeadView } from '../queries/audit-log.js';
import type { Continuity } from '../queries/prove-continuity.js';
import { volumeOf } from '../domain/volume.js';
import { COUNTED, type ValueCount } from '../domain/value-count.js';
import { AuditSummary, LedgerCheck, LedgerContinuity, LedgerHead } from './ledger.views.js';

/** The head as stored; whether it holds is for the check to say. */
export function presentHead({ head: { size, note, signedAt }, waiting, kept }: LedgerHeadView): LedgerHead {
  return Object.assign(new LedgerHead(), { size, rootHash: rootIn(note), signedAt, checkpoint: note, waiting, kept });
}

/** What a proof of continuity came to. */
export function presentContinuity({ code: fault, ...continuity }: Continuity): LedgerContinuity {
  return Object.assign(new LedgerContinuity(), { ...continuity, fault: fault ?? null });
}

/** A check's outcome; further findings than are listed are counted in a last one. */
export function presentCheck({ whole, entries, checkedAt, rootHash, findings, unlisted }: CheckedLedger): LedgerCheck {
  const listed = findings.map(({ entryId, index, code, message }) => ({
    entryId: entryId ?? null,
    index: index ?? null,
    code: code,
    message,
  }));
  const more = { entryId: null, index: null, code: 'more', message: `There are ${unlisted} further findings.` };
  return Object.assign(new LedgerCheck(), {
    whole,
    entries,
    checkedAt,
    rootHash,
    findings: unlisted === 0 ? listed : [...listed, more],
  });
}

/** The third line of a checkpoint is its root in base64 (C2SP tlog-checkpoint). */
function rootIn(note: string): string {
  return note.split('\n')[2] ?? '';
}

/** Counts as a reader sees them: of more than is counted, only that there are more. */
export function presentSummary(counts: readonly ValueCount[]): AuditSummary {
  const total = counts.find(({ facet }) => facet === 'all')?.count ?? 0;
  const { unit, bars } = volumeOf(counts.filter(({ facet }) => facet === 'hour').map(({ value, count }) => ({ at: new Date(value), count })));
  return Object.assign(new AuditSummary(), {
    counted: Math.min(total, COUNTED),
    isAll: total <= COUNTED,
    counts: counts.filter(({ facet }) => facet !== 'all' && facet !== 'hour'),
    unit,
    volume: bars,
  });
}
