import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { EventContract } from '../../../libs/contracts/index.js';
import type { EventId, Json } from '../../../libs/kernel/index.js';
import type { Work } from '../db/unit-of-work.js';
import type { JobFailure } from './failures.js';

/** An event whose payload has been checked against its contract. */
export interface DeliveredEvent<Payload> {
  readonly id: EventId;
  readonly payload: Payload;
  readonly correlationId: string;
  readonly createdAt: Date;
}

/**
 * An effect inside our own database. `handle` runs in the transaction that also records the effect, so however often
 * the job is delivered it takes effect exactly once.
 */
export interface InwardHandler<Payload = unknown> {
  handle(event: DeliveredEvent<Payload>, work: Work): Promise<void>;
}

/**
 * An effect on somebody else's system, which no transaction of ours can hold. It is prepared in one transaction,
 * performed outside, and settled in another one that records the effect. Between the two a crash means it is performed
 * again, so what is performed must be recognisable to the other side as the same thing.
 */
export interface OutwardHandler<Payload = unknown, Plan = unknown, Outcome = unknown> {
  /** Claims the effect and plans it, deciding anew whether it may happen. Undefined: nothing to do, and it is done. */
  prepare(event: DeliveredEvent<Payload>, work: Work): Promise<Plan | undefined>;
  /** Does it. Throws a {@link JobFailure} when it did not happen. */
  perform(plan: Plan): Promise<Outcome>;
  /** Records that it happened, with the effect. */
  settle(event: DeliveredEvent<Payload>, outcome: Outcome, work: Work): Promise<void>;
  /** Records that it did not happen and will be tried again. */
  postpone(event: DeliveredEvent<Payload>, failure: JobFailure, work: Work): Promise<void>;
  /** Records that it will not happen, with the dead letter. */
  giveUp(event: DeliveredEvent<Payload>, failure: JobFailure, work: Work): Promise<void>;
}

export type AnyHandler = InwardHandler | OutwardHandler;

/** Which event a handler answers, and the name of what it does about it. */
export interface Handling {
  readonly contract: EventContract<Json>;
  /** Names the queue and the effect row, for example `raise-alerts`. Never changes once it has run. */
  readonly effect: string;
}

/** Metadata key under which a handler class says what it handles. */
export const HANDLING = 'concordat:handling';

/** Class decorator: jobs for `contract` events are given to this provider under the name `effect`. */
export function EventHandler<Payload extends Json>(contract: EventContract<Payload>, effect: string): CustomDecorator {
  return SetMetadata(HANDLING, { contract, effect });
}
