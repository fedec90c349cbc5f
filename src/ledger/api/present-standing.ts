import type { Standing } from '../domain/witness-standing.js';
import { LedgerWitnessing } from './witness.views.js';

/** The standing as the schema has it. */
export function presentStanding({ code, vouchedFor, waitsSince, debtSeconds, budgetSeconds, rows, conflicts, ...counts }: Standing): LedgerWitnessing {
  return Object.assign(new LedgerWitnessing(), {
    ...counts,
    standing: code,
    writingStopped: debtSeconds > budgetSeconds && counts.total > 0,
    cosignedSize: vouchedFor?.size ?? 0,
    cosignedBy: vouchedFor?.witnesses ?? 0,
    cosignedAt: vouchedFor?.at ?? null,
    waitsSince: waitsSince ?? null,
    debtSeconds: Math.floor(debtSeconds),
    budgetSeconds,
    witnesses: rows,
    conflicts: conflicts.map(({ name, ...conflict }) => ({ ...conflict, witness: name })),
  });
}
