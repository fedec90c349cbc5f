import { err, ok, type Result } from '../../../libs/kernel/index.js';
import type { ActContext, UnitOfWork, Work } from '../../platform/index.js';
import { monthBefore, monthOf, retirementDetails, type RetiredMonth } from '../domain/retirement.js';
import { workConnection } from '../store/connection.js';
import { heldCases, monthsBefore, retirableIn, retireMonth, unknownCases } from '../store/retirement-rows.js';
import type { LedgerIntake } from './ledger-intake.js';

/** Which months, and on whose word. */
export interface RetirementOrder {
  /** The first month that stays, for example `2020-01`. */
  readonly before: string;
  /** How many months at least every entry is kept, as configured. */
  readonly keepMonths: number;
  /** References of cases of which nothing goes. */
  readonly hold: readonly string[];
  readonly reason: string;
  readonly decidedBy: string;
}

/** PostgreSQL: the lock was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Retires the months before one, for the command line, which says who may: their entries go for good, but those of cases that
 * are open, were worked on since or are named to be held, and those that say how something came about that is still stored. Leaves stay,
 * and one entry of this act says what went of each month. A month of which any entry is not as it was recorded does not go: it is evidence.
 */
export class RetireMonths {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** The refusal is a sentence for the person at the keyboard. */
  async execute(context: ActContext, order: RetirementOrder): Promise<Result<readonly RetiredMonth[], string>> {
    try {
      return await this.unit.run(context, (work) => this.retire(work, order));
    } catch (fault) {
      if ((fault as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw fault;
      return err('An export, a dump or a check is reading the ledger. Wait for its end and try again.');
    }
  }

  private async retire(work: Work, { before, keepMonths, hold, reason, decidedBy }: RetirementOrder): Promise<Result<readonly RetiredMonth[], string>> {
    const youngest = monthBefore(work.at, keepMonths);
    if (before > youngest) return err(`Entries are kept for ${keepMonths} months (LEDGER_KEEP_MONTHS): in ${monthOf(work.at)} the first month that stays may be ${youngest} at the latest.`);
    const connection = workConnection(work);
    const months = await monthsBefore(connection, before);
    if (months.length === 0) return err(`There is no month before ${before} that has not been retired.`);
    const unknown = await unknownCases(connection, hold);
    if (unknown.length > 0) return err(`There is no investigation ${unknown.join(', ')} to hold.`);
    const held = await heldCases(connection, before, hold);
    const found: RetiredMonth[] = [];
    for (const month of months) {
      const { unsound, ...going } = await retirableIn(connection, month, held);
      if (unsound > 0) return err(`${unsound} entries of ${month} are not what was recorded, are gone or have no place yet: see \`concordat ledger check\`. They are evidence.`);
      found.push(going);
    }
    const details = retirementDetails(decidedBy, hold, found);
    const id = await this.ledger.append(work, { verb: 'ledger.retire', outcome: 'done', subject: { kind: 'months', id: before }, reason, details });
    for (const month of found) await retireMonth(connection, month, held, id);
    return ok(found);
  }
}
