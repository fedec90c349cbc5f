import { LeafDigest, monthOf, type Retirement } from './retirement.js';

/** A month that was retired, as the check found it. */
export interface FoundRetirement {
  readonly month: string;
  readonly entries: number;
  readonly kept: number;
  readonly retiredAt: Date;
  readonly decidedBy: string;
  readonly reason: string;
  /** The entry that records it. */
  readonly entryId: string;
}

/** One thing wrong with what is gone. */
export interface GoneFinding {
  readonly code: 'retirement-differs' | 'month-missing';
  readonly message: string;
}

/**
 * Told of each leaf in the order of the ledger, whether its entry is there, holds what is gone against what was retired on record. The
 * adversary is whoever administers the database: he takes an entry out of a month of which others were retired, or says of a
 * leaf that it is of such a month, and then what is gone is more, or other, than the record says.
 */
export class GoneLeaves {
  private readonly gone = new Map<string, LeafDigest>();
  private readonly lost = new Map<string, number>();
  private readonly standing = new Set<string>();

  constructor(private readonly retirements: readonly { readonly month: string; readonly retirement: Retirement | undefined }[]) {}

  /** The entry is there. */
  stands(at: Date | null): void {
    if (at !== null) this.standing.add(monthOf(at));
  }

  /** The entry is gone, and its month is said to be retired. */
  went(at: Date, index: number, leafHash: Uint8Array): void {
    const digest = this.gone.get(monthOf(at)) ?? new LeafDigest();
    this.gone.set(monthOf(at), digest);
    digest.take(index, leafHash);
  }

  /** The entry is gone, and nothing says why. */
  isMissing(at: Date | null): void {
    if (at !== null) this.lost.set(monthOf(at), (this.lost.get(monthOf(at)) ?? 0) + 1);
  }

  /** How many entries went with their months. */
  get count(): number {
    return [...this.gone.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** The retirements on record, the first month first. */
  get found(): readonly FoundRetirement[] {
    return this.retirements.flatMap(({ month, retirement }) => {
      const facts = retirement?.months.find((each) => each.month === month);
      if (retirement === undefined || facts === undefined) return [];
      const { id: entryId, retiredAt, decidedBy, reason } = retirement;
      return [{ month, entries: facts.entries, kept: facts.kept, retiredAt, decidedBy, reason, entryId }];
    });
  }

  /** What is gone otherwise than the record says. */
  *findings(): Generator<GoneFinding> {
    for (const { month, retirement } of this.retirements) {
      const facts = retirement?.months.find((each) => each.month === month);
      const { count, value } = this.gone.get(month) ?? new LeafDigest();
      if (facts === undefined) {
        yield { code: 'retirement-differs', message: `${month} is said to be retired, and no entry records that.` };
      } else if (facts.entries !== count || facts.digest !== value) {
        yield { code: 'retirement-differs', message: `Of ${month} ${facts.entries} entries were retired on record (${retirement?.id ?? ''}), and ${count} are gone, which are not those: some were taken out, or put back, without a record.` };
      }
    }
    for (const [month, count] of this.lost) {
      if (!this.standing.has(month)) yield { code: 'month-missing', message: `Every entry of ${month} is gone, ${count} of them without any record of it: the month was taken out, and not retired.` };
    }
  }
}
