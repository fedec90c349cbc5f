import { Socket } from 'node:net';

type Written = (fault?: Error | null) => void;

/**
 * Sends what is written within one turn of the event loop by one system call, so that statements sent one behind the other
 * also travel together: for a statement of a tenth of a millisecond the call is the dearer part.
 */
export class TurnSocket extends Socket {
  private isHolding = false;

  override write(chunk: Uint8Array | string, encoding?: BufferEncoding | Written, written?: Written): boolean {
    this.holdForThisTurn();
    return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding, written);
  }

  private holdForThisTurn(): void {
    if (this.isHolding) return;
    this.isHolding = true;
    this.cork();
    process.nextTick(() => {
      this.isHolding = false;
      this.uncork();
    });
  }
}
