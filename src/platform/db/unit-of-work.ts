import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { canonicalJson, type EventId, type Json } from '../../../libs/kernel/index.js';
import type { ActContext } from '../act.js';
import { Clock } from '../clock.js';
import { LIVE_CHANNEL, type LiveSignal } from '../live/live-signal.js';

/** What an integration event is made of: ids and codes, never content. */
export interface EventDraft {
  /** Versioned name, for example `workspaces.breach-raised.v1`. */
  readonly type: string;
  readonly payload: Json;
}

/** One transaction, under one actor's row-level-security context. */
export interface Work {
  readonly context: ActContext;
  /** The one time stamp of this act, so that row, entry and event agree. */
  readonly at: Date;
  readonly manager: EntityManager;
  /** Runs one statement in this transaction. Values go in `parameters`, never into `text`. */
  sql<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Writes an outbox row in this transaction: the event happens if and only if the act does. */
  emit(event: EventDraft): Promise<EventId>;
  /** Tells open pages, on commit, that something changed. Carries ids only: every listener asks again for itself. */
  live(signal: LiveSignal): Promise<void>;
}

/** Opens transactions. The only way to the database from a command, a query or a job. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `act` in one transaction with the context that row-level security reads. Commits when `act` returns, also
   * when it returns a refusal (whose ledger entry must be kept); rolls back when it throws.
   *
   * @param looking - `across` for an act whose statements go through all cases of an agency. It is quicker for those and
   * slower for all others, and the database shows the very same either way.
   */
  async run<T>(context: ActContext, act: (work: Work) => Promise<T>, looking: 'at-one' | 'across' = 'at-one'): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      await setSecurityContext(runner, context, looking === 'across');
      const done = await act(new TransactionWork(context, this.clock.now(), runner));
      await runner.commitTransaction();
      return done;
    } catch (fault) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw fault;
    } finally {
      await runner.release();
    }
  }
}

const SECURITY_CONTEXT = prepared(`SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true),
  set_config('concordat.session', $3, true), set_config('concordat.roles', $4, true), set_config('concordat.system', $5, true),
  set_config('concordat.across', $6, true)`);

/** Transaction-local, so that a pooled connection never carries one person's rights into the next request. */
async function setSecurityContext(runner: QueryRunner, { actor, system }: ActContext, across: boolean): Promise<void> {
  await runner.query(SECURITY_CONTEXT, [
    actor?.personId ?? '',
    actor?.agencyId ?? '',
    actor?.sessionId ?? '',
    actor?.roles.join(',') ?? '',
    system ?? '',
    across ? 'yes' : '',
  ]);
}

class TransactionWork implements Work {
  constructor(
    readonly context: ActContext,
    readonly at: Date,
    private readonly runner: QueryRunner,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async sql<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const answer: unknown = await this.runner.query(parameters.length === 0 ? text : prepared(text), [...parameters]);
    return rowsOf<Row>(answer);
  }

  async emit({ type, payload }: EventDraft): Promise<EventId> {
    const id = randomUUID() as unknown as EventId;
    await this.runner.query(
      'INSERT INTO outbox (id, type, payload, correlation_id, created_at) VALUES ($1, $2, $3::jsonb, $4, $5)',
      [id, type, canonicalJson(payload), this.context.correlationId, this.at],
    );
    await this.runner.query(`SELECT pg_notify('concordat_outbox', '')`);
    return id;
  }

  async live(signal: LiveSignal): Promise<void> {
    await this.runner.query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify(signal)]);
  }
}

/**
 * The statement under a name of its own, so that each connection plans it once: with row-level security expanded, planning
 * costs tens of times what running does. A plan holds no rights: policies read the transaction's context when it runs.
 * TypeORM hands what it is given to the driver unchanged; only its type knows nothing of named statements.
 */
export function prepared(text: string): string {
  const name = createHash('sha256').update(text).digest('base64url');
  return { name, text } as unknown as string;
}

/** TypeORM answers rows for SELECT and [rows, count] for UPDATE and DELETE; callers of `sql` always want the rows. */
function rowsOf<Row>(answer: unknown): Row[] {
  if (!Array.isArray(answer)) return [];
  const [first, second] = answer as unknown[];
  if (answer.length === 2 && Array.isArray(first) && typeof second === 'number') return first as Row[];
  return answer as Row[];
}
