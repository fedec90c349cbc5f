import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import { payloadOf, type OutboxEvent } from '../../../libs/contracts/index.js';
import type { ActContext } from '../act.js';
import { UnitOfWork, type Work } from '../db/unit-of-work.js';
import { Log } from '../telemetry/index.js';
import { keepDeadLetter } from './dead-letters.js';
import type { DeliveredEvent, InwardHandler, OutwardHandler } from './event-handler.js';
import { failureOf, PermanentFailure, type JobFailure } from './failures.js';
import type { RegisteredHandler } from './handler-registry.js';
import { claimEffect, findEvent, isDone } from './outbox.js';
import { MAX_ATTEMPTS } from './retry.js';

/** One delivery of a job by the queue. */
export interface Delivery {
  /** The event's id, and the job's. */
  readonly eventId: string;
  readonly correlationId: string;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

/** Runs one handler for one delivered job, so that repeating the delivery never repeats the effect. */
@Injectable()
export class EventProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: Log,
  ) {}

  /**
   * Returns when the effect is done, now or earlier.
   *
   * @throws UnrecoverableError when the job was given up, and Error when it should be tried again. Both carry only a
   * code: the queue keeps the text, and a queue is no place for what a case contains.
   */
  async process(registered: RegisteredHandler, delivery: Delivery): Promise<void> {
    try {
      await this.attempt(registered, delivery);
    } catch (fault) {
      const failure = failureOf(fault);
      const final = failure instanceof PermanentFailure || delivery.attempt >= MAX_ATTEMPTS;
      this.report(registered, delivery, failure, final, fault);
      const recorded = await this.record(registered, delivery, failure, final);
      throw final && recorded ? new UnrecoverableError(failure.code) : new Error(failure.code);
    }
  }

  /** False when not even the failure could be written down: then the job must come again, or nobody would know of it. */
  private async record(registered: RegisteredHandler, delivery: Delivery, failure: JobFailure, final: boolean): Promise<boolean> {
    try {
      if (final) await this.abandon(registered, delivery, failure);
      else await this.postpone(registered, delivery, failure);
      return true;
    } catch (fault) {
      this.report(registered, delivery, failureOf(fault), false, fault);
      return false;
    }
  }

  private async attempt({ handler, ...handling }: RegisteredHandler, delivery: Delivery): Promise<void> {
    if ('handle' in handler) await this.inward({ handler, ...handling }, handler, delivery);
    else await this.outward({ handler, ...handling }, handler, delivery);
  }

  private async inward(registered: RegisteredHandler, handler: InwardHandler, delivery: Delivery): Promise<void> {
    await this.unitOfWork.run(contextOf(delivery), async (work) => {
      const event = await this.eventFor(registered, delivery, work);
      if (!(await claimEffect(work, event.id, registered.effect))) return;
      await handler.handle(event, work);
    });
  }

  private async outward(registered: RegisteredHandler, handler: OutwardHandler, delivery: Delivery): Promise<void> {
    const context = contextOf(delivery);
    const prepared = await this.unitOfWork.run(context, async (work) => {
      const event = await this.eventFor(registered, delivery, work);
      if (await isDone(work, event.id, registered.effect)) return undefined;
      const plan = await handler.prepare(event, work);
      if (plan !== undefined) return { event, plan };
      await claimEffect(work, event.id, registered.effect);
      return undefined;
    });
    if (!prepared) return;
    const outcome = await handler.perform(prepared.plan);
    await this.unitOfWork.run(context, async (work) => {
      if (await claimEffect(work, prepared.event.id, registered.effect)) await handler.settle(prepared.event, outcome, work);
    });
  }

  private async postpone({ handler, ...handling }: RegisteredHandler, delivery: Delivery, failure: JobFailure): Promise<void> {
    if ('handle' in handler) return;
    await this.unitOfWork.run(contextOf(delivery), async (work) => {
      const event = await this.eventFor({ handler, ...handling }, delivery, work);
      await handler.postpone(event, failure, work);
    });
  }

  /** Gives a job up. The dead letter is written before the queue is told, so that it cannot be lost with the queue. */
  async abandon({ handler, ...handling }: RegisteredHandler, delivery: Delivery, failure: JobFailure): Promise<void> {
    await this.unitOfWork.run(contextOf(delivery), async (work) => {
      const event = await findEvent(work, delivery.eventId);
      if (!event) return;
      const letter = { eventId: event.id, effect: handling.effect, code: failure.code, attempts: delivery.attempt, failedAt: work.at };
      await keepDeadLetter(work, letter);
      const delivered = deliveredOf(handling, event);
      if (delivered && 'giveUp' in handler) await handler.giveUp(delivered, failure, work);
    });
  }

  private async eventFor(registered: RegisteredHandler, { eventId }: Delivery, work: Work): Promise<DeliveredEvent<unknown>> {
    const event = await findEvent(work, eventId);
    if (!event) throw new PermanentFailure('no-such-event');
    const delivered = deliveredOf(registered, event);
    if (!delivered) throw new PermanentFailure('malformed-event');
    return delivered;
  }

  private report(registered: RegisteredHandler, delivery: Delivery, failure: JobFailure, final: boolean, fault: unknown): void {
    const { eventId, correlationId, attempt } = delivery;
    // Frames name places in the code; the first line of a stack would quote the error's text.
    const frames = fault === failure || !(fault instanceof Error) ? undefined : (fault.stack ?? '').split('\n').slice(1, 6);
    const facts = { eventId, correlationId, effect: registered.effect, attempt, code: failure.code, ...(frames && { frames }) };
    if (final) this.log.error(facts, 'A job was given up');
    else this.log.warn(facts, 'A job failed and will be tried again');
  }
}

function deliveredOf({ contract }: Pick<RegisteredHandler, 'contract'>, event: OutboxEvent): DeliveredEvent<unknown> | undefined {
  const payload = payloadOf(contract, event);
  if (payload === undefined) return undefined;
  return { id: event.id, payload, correlationId: event.correlationId, createdAt: event.createdAt };
}

function contextOf({ correlationId }: Delivery): ActContext {
  return { actor: undefined, system: 'worker', correlationId };
}
