import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../../libs/kernel/index.js';

/** What went of one month. */
export interface RetiredMonth {
  /** In UTC, for example `2020-01`. */
  readonly month: string;
  /** How many entries went, and how many were held back. */
  readonly entries: number;
  readonly kept: number;
  /** SHA-256 in base64 over what went, see {@link LeafDigest}: by it is known that nothing else of the month is gone. */
  readonly digest: string;
}

/** What the entry of a retirement says. */
export interface Retirement {
  readonly id: string;
  readonly retiredAt: Date;
  /** Who decided, as the operator stated it. */
  readonly decidedBy: string;
  readonly reason: string;
  readonly months: readonly RetiredMonth[];
}

const schema = z.object({
  id: z.string(),
  at: z.string(),
  verb: z.literal('ledger.retire'),
  outcome: z.literal('done'),
  reason: z.string(),
  details: z.object({
    decidedBy: z.string(),
    months: z.array(z.object({ month: z.string(), entries: z.number(), kept: z.number(), digest: z.string() })),
  }),
});

/** The details of the entry of a retirement. `held`: references of cases that were named to be held. */
export function retirementDetails(decidedBy: string, held: readonly string[], months: readonly RetiredMonth[]): Json {
  return { decidedBy, held, months: months.map((month) => ({ ...month })) };
}

/** What `body` says of the retirement of some months; undefined when it is not the entry of one. */
export function readRetirement(body: string): Retirement | undefined {
  const read = schema.safeParse(parsed(body));
  if (!read.success) return undefined;
  const { id, at, reason, details } = read.data;
  return { id, retiredAt: new Date(at), decidedBy: details.decidedBy, reason, months: details.months };
}

/** The calendar month of UTC a time lies in, for example `2020-01`. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** The month that lies `months` before the one of `now`. */
export function monthBefore(now: Date, months: number): string {
  return monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)));
}

/** SHA-256 over leaves in the order of their indexes: of each the index, 8 bytes big-endian, and its hash. The database reckons the same. */
export class LeafDigest {
  private readonly hash: Hash = createHash('sha256');
  private taken = 0;

  take(index: number, leafHash: Uint8Array): void {
    const place = Buffer.alloc(8);
    place.writeBigInt64BE(BigInt(index));
    this.hash.update(place).update(leafHash);
    this.taken += 1;
  }

  /** How many leaves were taken. */
  get count(): number {
    return this.taken;
  }

  /** In base64. */
  get value(): string {
    return this.hash.copy().digest('base64');
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
