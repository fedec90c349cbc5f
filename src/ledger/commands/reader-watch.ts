/**
 * Watches whether a reader takes what she is handed: a transaction and a place are held for her, and whoever keeps them by taking
 * nothing keeps others from theirs. Time in which there is nothing to take, because the database is still looking, is not hers.
 */
export class ReaderWatch {
  private readonly cutting = new AbortController();
  private idle: NodeJS.Timeout | undefined;
  private readonly whole: NodeJS.Timeout;

  /**
   * @param idleMs - how long she may leave what was handed to her
   * @param longestMs - how long all of it may take her
   */
  constructor(private readonly idleMs: number, longestMs: number) {
    this.whole = setTimeout(() => this.cut('The reader took too long'), longestMs);
  }

  /** Aborted, with the reason, when she is to be let go of. */
  get signal(): AbortSignal {
    return this.cutting.signal;
  }

  /** Something lies before her. */
  handed(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.cut('The reader took nothing for too long'), this.idleMs);
  }

  /** She took what lay before her. */
  took(): void {
    clearTimeout(this.idle);
  }

  /** Everything is over. */
  end(): void {
    clearTimeout(this.idle);
    clearTimeout(this.whole);
  }

  private cut(why: string): void {
    this.end();
    this.cutting.abort(new Error(why));
  }
}
