/** The most that is read at once. What is read one after the other is fetched in growing pieces up to this. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** Fills `into` from `offset` on; answers how many octets there were, fewer than asked for only at the end. */
type Fetch = (offset: number, into: Uint8Array) => Promise<number>;

/**
 * Reads of something remote. Whoever jumps to a place gets exactly that and waits for no more; whoever reads on is given pieces that double,
 * so that a whole body takes few requests. One piece is held, whatever the size of the body, and always in the same memory: the engine is
 * slow to give megabytes back that were let go of. What is handed out is a copy, which the next piece does not overwrite.
 */
export class ReadAhead {
  private at = 0;
  private held = 0;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param memory - for the piece, where some is at hand that nobody else uses any more. */
  constructor(
    private readonly sizeBytes: number,
    private readonly fetch: Fetch,
    private memory: Uint8Array = new Uint8Array(0),
  ) {}

  /** Exactly `length` octets from `offset`, or fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array> {
    const turn = this.turn.then(() => this.take(offset, Math.max(0, Math.min(length, this.sizeBytes - offset))));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends reading. Resolves once nothing is written into the memory any more; whoever reads after that is told so. */
  async end(): Promise<void> {
    const { turn } = this;
    this.turn = Promise.reject(new Error('Nothing is read any more.'));
    this.turn.catch(() => undefined);
    await turn;
  }

  private async take(offset: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    const skip = offset - this.at;
    const isHeld = skip >= 0 && skip + length <= this.held;
    if (!isHeld) await this.fill(offset, length, this.held > 0 && skip >= 0 && skip <= this.held);
    const from = offset - this.at;
    return Uint8Array.prototype.slice.call(this.memory, from, Math.min(from + length, this.held));
  }

  private async fill(offset: number, length: number, isNext: boolean): Promise<void> {
    const wanted = Math.min(isNext ? Math.max(length, Math.min(this.held * 2, WINDOW_BYTES)) : length, this.sizeBytes - offset);
    // Nothing is held while it is written over, or where that fails.
    this.held = 0;
    if (this.memory.length < wanted) this.memory = Buffer.allocUnsafe(wanted);
    this.held = await this.fetch(offset, this.memory.subarray(0, wanted));
    this.at = offset;
  }
}
