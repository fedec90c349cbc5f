import type { z } from 'zod';
import type { EventId, Json } from '../kernel/index.js';

/**
 * One version of one integration event. The name and the meaning of its members never change once it has been sent;
 * a change of meaning is a new version with a new name. Members a consumer does not know are dropped, so that a
 * producer may add one within a version.
 */
export interface EventContract<Payload extends Json> {
  /** `context.what-happened.vN`. */
  readonly type: string;
  readonly schema: z.ZodType<Payload>;
}

/** An event as it stands in the outbox: attacker-controlled until its contract has read it. */
export interface OutboxEvent {
  readonly id: EventId;
  readonly type: string;
  readonly payload: unknown;
  readonly correlationId: string;
  readonly createdAt: Date;
}

/** The payload type of a contract. */
export type PayloadOf<Contract> = Contract extends EventContract<infer Payload extends Json> ? Payload : never;

/** What `UnitOfWork.emit` takes: the payload is checked here, so that a malformed event is never written. */
export interface EventDraftOf<Payload extends Json> {
  readonly type: string;
  readonly payload: Payload;
}

/**
 * An event ready to be written to the outbox.
 *
 * @throws ZodError when the payload breaks its own contract, which is a bug of the producer.
 */
export function draftOf<Payload extends Json>(contract: EventContract<Payload>, payload: Payload): EventDraftOf<Payload> {
  return { type: contract.type, payload: contract.schema.parse(payload) };
}

/** The payload of `event`, or undefined when it is of another type or does not keep to its contract. */
export function payloadOf<Payload extends Json>(contract: EventContract<Payload>, event: OutboxEvent): Payload | undefined {
  if (event.type !== contract.type) return undefined;
  const parsed = contract.schema.safeParse(event.payload);
  return parsed.success ? parsed.data : undefined;
}
