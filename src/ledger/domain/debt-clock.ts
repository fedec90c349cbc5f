/** Tells the seconds since some moment, by a clock that is never set: a step of the machine's clock does not move it. */
export type Seconds = () => number;

/**
 * For how long the oldest entry that enough witnesses should have cosigned has gone without. Measured in steps of a clock
 * that only goes forward, and carried on from what was last noted, so that neither a step of the machine's clock nor a
 * restart shortens or lengthens it.
 */
export class DebtClock {
  /** The size whose cosigning is waited for; undefined while nothing is. */
  private target: number | undefined;
  private last: number;

  /** @param seconds - the debt that was noted when the clock last ran */
  constructor(
    private seconds: number,
    private readonly now: Seconds,
  ) {
    this.last = now();
  }

  /** The debt once the ledger has `size` entries, of which the first `cosigned` have been vouched for. */
  tell(size: number, cosigned: number): number {
    const elapsed = this.now() - this.last;
    this.last += elapsed;
    if (cosigned >= size) {
      this.target = undefined;
      this.seconds = 0;
    } else if (this.target !== undefined && cosigned >= this.target) {
      // What was waited for is vouched for, and younger entries wait.
      this.target = size;
      this.seconds = 0;
    } else {
      this.target ??= size;
      this.seconds += elapsed;
    }
    return this.seconds;
  }
}
