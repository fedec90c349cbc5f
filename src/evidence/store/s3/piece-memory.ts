/** Pieces kept for the next upload: as many as one of them holds. */
const KEPT = 2;

/**
 * Memory that pieces of drafts are held in, used again by the next upload. Let go of and asked for anew each time, blocks of megabytes
 * make the C library keep all that is freed, large or small, and a process that uploads grows by tens of megabytes for good.
 */
export class PieceMemory {
  private readonly free: Buffer[] = [];

  constructor(private readonly pieceBytes: number) {}

  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafe(this.pieceBytes);
  }

  /** Gives a piece back that nobody reads or writes any more. */
  give(piece: Buffer | undefined): void {
    if (piece && this.free.length < KEPT) this.free.push(piece);
  }
}
