import type { ItemId } from '../../../libs/kernel/index.js';
import { BlobMissing } from '../store/blob-store.js';

interface Setback {
  readonly why: string;
  readonly times: number;
  readonly until: number;
}

/**
 * Exhibits over which a job failed in this process, so that each is told of once, is tried again ever more seldom, and keeps no other
 * waiting. What is one's own fault and what everybody's is not known here: both pass.
 */
export class Setbacks {
  private readonly of = new Map<ItemId, Setback>();

  /** @param firstMs - how long the first one waits; twice as long after each, and no longer than `mostMs`. */
  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
  ) {}

  /** How often in a row it has failed in this way. */
  times(item: ItemId, why: string): number {
    const known = this.of.get(item);
    return known?.why === why ? known.times : 0;
  }

  isWaiting(item: ItemId, now: number): boolean {
    return now < (this.of.get(item)?.until ?? 0);
  }

  /** Answers whether this is new, so that somebody ought to be told. */
  add(item: ItemId, why: string, now: number): boolean {
    const times = this.times(item, why) + 1;
    this.of.set(item, { why, times, until: now + Math.min(this.firstMs * 2 ** (times - 1), this.mostMs) });
    return times === 1;
  }

  over(item: ItemId): void {
    this.of.delete(item);
  }
}

/** A word for what kind of fault it was, which tells nothing of an exhibit. */
export function kindOfFault(fault: unknown): string {
  if (fault instanceof BlobMissing) return 'missing';
  if (!(fault instanceof Error)) return 'unknown';
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : fault.name;
}
