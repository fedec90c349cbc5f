import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { openBackend, type EventQueue, type EventWorker, type QueueBackend } from './backend.js';
import { EventProcessor } from './event-processor.js';
import { PermanentFailure } from './failures.js';
import { FaultLog } from './fault-log.js';
import { HandlerRegistry, type RegisteredHandler } from './handler-registry.js';
import type { WaitingEvent } from './outbox.js';
import { OutboxCarriers } from './outbox-carriers.js';
import type { MissingEffect } from './reconciler.js';

/** Jobs in hand are given this long to finish when the process is asked to stop; what does not is done again elsewhere. */
const LAST_MS = 3_000;

/**
 * One queue and one worker per effect, fed by the relay and held to account by the reconciler. Queues are named after
 * the effect and jobs after the event, so that adding the same job twice adds it once.
 */
@Injectable()
export class QueueRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private backend: QueueBackend | undefined;
  private readonly queues = new Map<string, EventQueue>();
  private readonly workers: EventWorker[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly registry: HandlerRegistry,
    private readonly processor: EventProcessor,
    private readonly carriers: OutboxCarriers,
    private readonly faults: FaultLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const backend = openBackend(this.config, (fault) => this.faults.warn('queue', fault));
    this.backend = backend;
    await backend.check();
    for (const handler of this.registry.all()) {
      this.queues.set(handler.effect, backend.queue(handler.effect));
      this.workers.push(this.workerFor(backend, handler));
    }
    await this.carriers.start((event) => this.dispatch(event), (missing) => this.restore(missing));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.carriers.stop();
    await Promise.all(this.workers.map(closeWorker));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.backend?.close();
  }

  private workerFor(backend: QueueBackend, registered: RegisteredHandler): EventWorker {
    const worker = backend.worker(registered.effect, (job) =>
      this.processor.process(registered, {
        eventId: job.id ?? '',
        correlationId: job.data.correlationId,
        attempt: job.attemptsMade + 1,
      }),
    );
    worker.run().catch((fault: unknown) => this.faults.warn('worker', fault));
    return worker;
  }

  private async dispatch(event: WaitingEvent): Promise<void> {
    for (const effect of this.registry.effectsOf(event.type)) await this.add(effect, event);
  }

  private async add(effect: string, { id, correlationId }: WaitingEvent): Promise<void> {
    await this.queues.get(effect)?.add(effect, { correlationId }, { jobId: id });
  }

  /**
   * The queue still holding the job as failed means one of two things: a person asked for it to be done again, and it
   * starts anew; or its worker died each time it was tried, without a word of ours, and it must not kill another.
   */
  private async restore(missing: MissingEffect): Promise<void> {
    const job = await this.queues.get(missing.effect)?.getJob(missing.id);
    if (job && (await job.isFailed())) {
      await job.remove();
      if (!missing.replay) return this.abandon(missing, job.attemptsMade);
    }
    await this.add(missing.effect, missing);
  }

  private async abandon({ id, correlationId, effect }: MissingEffect, attempt: number): Promise<void> {
    const registered = this.registry.all().find((handler) => handler.effect === effect);
    if (registered) await this.processor.abandon(registered, { eventId: id, correlationId, attempt }, new PermanentFailure('worker-lost'));
  }
}

async function closeWorker(worker: EventWorker): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      worker.close(true).then(resolve, resolve);
    }, LAST_MS);
  });
  await Promise.race([worker.close(), late]);
  clearTimeout(timer);
}
