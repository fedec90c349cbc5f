import { Injectable } from '@nestjs/common';
import type { EventId } from '../../../libs/kernel/index.js';
import { UnitOfWork, type Work } from '../db/unit-of-work.js';
import { Doorbell } from '../doorbell.js';
import { FaultLog } from './fault-log.js';
import { HandlerRegistry } from './handler-registry.js';
import type { WaitingEvent } from './outbox.js';

const EVERY_MS = 5_000;
/** How long a dispatched job may take before it is looked for. */
const GRACE_MS = 20_000;
const PAGE = 200;

/** An effect that a dispatched event still misses. */
export interface MissingEffect extends WaitingEvent {
  readonly effect: string;
  /** Whether it had been given up and a person asked for it to be done again. */
  readonly replay: boolean;
}

/** Makes sure that a job for this effect stands in the queue. */
export type Restore = (missing: MissingEffect) => Promise<void>;

interface Place {
  readonly at: Date;
  readonly id: string;
}

type UnsettledRow = WaitingEvent & { readonly dispatchedAt: Date };

/**
 * Holds the queue to what PostgreSQL knows: an event that was dispatched and has no effect after a while is queued
 * again, whatever became of its job. So the queue may be emptied at any moment and nothing is lost (law 5).
 */
@Injectable()
export class Reconciler {
  private readonly doorbell = new Doorbell();
  private running: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: HandlerRegistry,
    private readonly faults: FaultLog,
  ) {}

  start(restore: Restore): void {
    this.stopping = false;
    this.running = this.loop(restore);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.doorbell.ring();
    await this.running;
  }

  private async loop(restore: Restore): Promise<void> {
    while (!this.stopping) {
      try {
        await this.pass(restore);
      } catch (fault) {
        this.faults.warn('reconciler', fault);
      }
      await this.doorbell.wait(EVERY_MS);
    }
  }

  private async pass(restore: Restore): Promise<void> {
    await this.read((work) => this.settle(work));
    let after: Place | undefined;
    do {
      const page = await this.read((work) => unsettled(work, after));
      for (const event of page) await this.restoreMissing(event, restore);
      const last = page.at(-1);
      after = page.length === PAGE && last ? { at: last.dispatchedAt, id: last.id } : undefined;
    } while (after && !this.stopping);
  }

  /** Marks what is all done, so that later passes need not read it. Events nobody handles are done at once. */
  private async settle(work: Work): Promise<void> {
    const types = [...new Set(this.registry.all().map((handler) => handler.contract.type))];
    await work.sql(
      'UPDATE outbox SET settled_at = $2 WHERE settled_at IS NULL AND dispatched_at IS NOT NULL AND type <> ALL($1::text[])',
      [types, work.at],
    );
    for (const type of types) {
      await work.sql(
        `UPDATE outbox o SET settled_at = $3 WHERE o.settled_at IS NULL AND o.dispatched_at IS NOT NULL AND o.type = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS wanted(effect)
                 WHERE NOT EXISTS (SELECT FROM effect e WHERE e.event_id = o.id AND e.effect = wanted.effect))`,
        [type, this.registry.effectsOf(type), work.at],
      );
    }
  }

  private async restoreMissing(event: WaitingEvent, restore: Restore): Promise<void> {
    const states = await this.read((work) => effectStates(work, event.id));
    for (const effect of this.registry.effectsOf(event.type)) {
      const state = states.get(effect) ?? 'missing';
      if (state === 'settled') continue;
      await restore({ id: event.id, type: event.type, correlationId: event.correlationId, effect, replay: state === 'replay' });
    }
  }

  private read<T>(act: (work: Work) => Promise<T>): Promise<T> {
    return this.unitOfWork.run({ actor: undefined, system: 'worker', correlationId: 'reconciler' }, act);
  }
}

async function unsettled(work: Work, after: Place | undefined): Promise<readonly UnsettledRow[]> {
  const before = new Date(work.at.getTime() - GRACE_MS);
  return work.sql<UnsettledRow>(
    `SELECT id, type, correlation_id AS "correlationId", dispatched_at AS "dispatchedAt" FROM outbox
      WHERE dispatched_at IS NOT NULL AND settled_at IS NULL AND dispatched_at < $1
        AND ($2::timestamptz IS NULL OR (dispatched_at, id) > ($2::timestamptz, $3::uuid))
      ORDER BY dispatched_at, id LIMIT $4`,
    [before, after?.at ?? null, after?.id ?? null, PAGE],
  );
}

type EffectState = 'settled' | 'replay';

/** Effects of one event that are done or given up, and those given up that a person wants done again. */
async function effectStates(work: Work, id: EventId): Promise<ReadonlyMap<string, EffectState>> {
  const rows = await work.sql<{ effect: string; state: EffectState }>(
    `SELECT effect, CASE WHEN replayed_at IS NULL THEN 'settled' ELSE 'replay' END AS state FROM dead_letter WHERE event_id = $1
      UNION ALL SELECT effect, 'settled' FROM effect WHERE event_id = $1`,
    [id],
  );
  return new Map(rows.map((row) => [row.effect, row.state]));
}
