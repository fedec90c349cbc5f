/**
 * The rounds of a job in one process: one at a time, begun by the clock or by whoever cannot wait for it. A round that failed is told of
 * and begun again at its time; one in hand is told to end when the process does, and waited for.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  /** @param failed - is told why, in words that name nothing of an exhibit. */
  constructor(
    private readonly round: (signal: AbortSignal) => Promise<void>,
    private readonly failed: (why: string) => void,
  ) {}

  every(milliseconds: number): void {
    this.timer = setInterval(() => void this.run(), milliseconds);
    this.timer.unref();
  }

  /** Begins a round, or joins the one in hand; resolves when it is over. Never rejects. */
  run(): Promise<void> {
    this.running ??= this.attempt().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private async attempt(): Promise<void> {
    try {
      await this.round(this.stopping.signal);
    } catch (fault) {
      if (!this.stopping.signal.aborted) this.failed(fault instanceof Error ? fault.message : 'unknown');
    }
  }
}
