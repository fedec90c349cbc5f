/** The most that is read at once. What is read one after the other is fetched in growing pieces up to this. */
const WINDOW_BYTES = 4 * 1024 * 1024;

type Fetch = (offset: number, length: number) => Promise<Uint8Array>;

/**
 * Reads of something remote. Whoever jumps to a place gets exactly that and waits for no more; whoever reads on is given pieces that double,
 * so that a whole body takes few requests. One piece is held, whatever the size of the body.
 */
export class ReadAhead {
  private at = 0;
  private window: Uint8Array = new Uint8Array(0);
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sizeBytes: number,
    private readonly fetch: Fetch,
  ) {}

  /** Exactly `length` octets from `offset`, or fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array> {
    const turn = this.turn.then(() => this.take(offset, Math.max(0, Math.min(length, this.sizeBytes - offset))));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async take(offset: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    const skip = offset - this.at;
    if (skip >= 0 && skip + length <= this.window.length) return this.window.subarray(skip, skip + length);
    const isNext = this.window.length > 0 && skip >= 0 && skip <= this.window.length;
    const wanted = isNext ? Math.max(length, Math.min(this.window.length * 2, WINDOW_BYTES)) : length;
    // The former piece is let go of before the next arrives, so that never two are held.
    this.window = new Uint8Array(0);
    this.window = await this.fetch(offset, Math.min(wanted, this.sizeBytes - offset));
    this.at = offset;
    return this.window.subarray(0, length);
  }
}
