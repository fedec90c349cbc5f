import { err, ok, type Result } from '../../../libs/kernel/index.js';
import type { ActContext, UnitOfWork } from '../../platform/index.js';
import { erasureDetails, type ErasedFacts } from '../domain/erasure.js';
import { workConnection } from '../store/connection.js';
import { eraseEntry, readErasable } from '../store/erasure-rows.js';
import type { LedgerIntake } from './ledger-intake.js';

/** Which entry, and on whose word. */
export interface ErasureOrder {
  readonly entryId: string;
  readonly reason: string;
  /** Who decided; the command line acts for somebody. */
  readonly decidedBy: string;
}

/**
 * Erases one entry, for the command line, which says who may. Its row goes with everything it could be found by; its leaf
 * stays, and an entry of this act that says what went, when, by whom and why.
 */
export class EraseEntry {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** The refusal is a sentence for the person at the keyboard. The record of an erasure is not erased: it is what is left. */
  execute(context: ActContext, { entryId, reason, decidedBy }: ErasureOrder): Promise<Result<ErasedFacts, string>> {
    return this.unit.run(context, async (work) => {
      const connection = workConnection(work);
      const facts = await readErasable(connection, entryId);
      if (facts === undefined) return err('There is no entry with this id that has its place in the ledger. One recorded just now has it within a second.');
      if (facts.verb === 'ledger.erase') return err('This entry is the record of an erasure, which stays.');
      const subject = { kind: 'entry', id: entryId };
      const erasureId = await this.ledger.append(work, { verb: 'ledger.erase', outcome: 'done', subject, reason, details: erasureDetails(decidedBy, facts) });
      await eraseEntry(connection, entryId, erasureId);
      return ok(facts);
    });
  }
}
