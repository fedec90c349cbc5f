import type { SealedFacts } from '../../../libs/envelope/index.js';
import type { TicketId } from '../../../libs/kernel/index.js';
import type { LiveUpload } from './live-upload.js';

/** A delivery that has sent nothing for this long gives way to the next: its connection is dead or about to be. */
const SILENT_MS = 5_000;

/** One ticket's upload in this process, and whose turn it is. */
export class Slot {
  touchedAt = 0;
  closed = false;
  private broken = false;
  private turn: Promise<unknown> = Promise.resolve();
  private turns = 0;
  private heardAt = 0;
  private pouring = false;
  private cut: () => void = () => undefined;

  constructor(
    readonly ticketId: TicketId,
    readonly sessionKey: Uint8Array,
    readonly upload: LiveUpload,
    private readonly now: () => number,
  ) {}

  /** Whether a delivery is being served. */
  get isUnderWay(): boolean {
    return this.turns > 0;
  }

  /** Whether it has been let go of, which another act may do at any time. */
  isOver(): boolean {
    return this.closed;
  }

  /** Whether what is in memory has run ahead of what is on disk. */
  get isBroken(): boolean {
    return this.broken;
  }

  /**
   * Runs `act`, or answers undefined while another delivery is being served. One that has fallen silent is cut off first;
   * one whose octets have all arrived never is.
   */
  takeTurn<T>(cut: () => void, act: () => Promise<T>): Promise<T> | undefined {
    if (this.isUnderWay && !(this.pouring && this.now() - this.heardAt >= SILENT_MS)) return undefined;
    this.cut();
    this.cut = cut;
    this.turns += 1;
    this.heardAt = this.now();
    this.pouring = true;
    const turn = this.turn.then(act, act).finally(() => {
      this.turns -= 1;
    });
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** The octets of the delivery have all arrived: from here on it is not cut off any more. */
  arrived(): void {
    this.pouring = false;
    this.cut = () => undefined;
  }

  /** @throws when the disk does not take it; nothing more can then be written through this slot. */
  async write(piece: Uint8Array): Promise<void> {
    if (this.broken) throw new Error('This upload must be taken up from disk again.');
    this.heardAt = this.now();
    await this.orBroken(this.upload.write(piece));
  }

  async settle(): Promise<void> {
    await this.orBroken(this.upload.settle());
  }

  /**
   * Ends the upload.
   *
   * @throws what the disk or the reading back threw; the slot is then of no more use.
   */
  async finish(): Promise<SealedFacts & { readonly beginning: Buffer }> {
    if (this.broken) throw new Error('This upload must be taken up from disk again.');
    return this.orBroken(this.upload.finish());
  }

  /** Cuts off whatever is being served; nothing more is written through this slot. */
  abandon(): void {
    this.broken = true;
    this.cut();
  }

  private async orBroken<T>(act: Promise<T>): Promise<T> {
    try {
      return await act;
    } catch (fault) {
      this.broken = true;
      throw fault;
    }
  }
}
