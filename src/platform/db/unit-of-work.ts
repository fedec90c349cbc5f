import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { DataSource } from 'typeorm';
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
  /**
   * Runs one statement in this transaction. Values go in `parameters`, never into `text`. Statements asked for together
   * travel together and run in that order.
   *
   * @param plan - `once` for a text that is put together anew for each question: each connection keeps the plan of any other.
   */
  sql<Row>(text: string, parameters?: readonly unknown[], plan?: 'kept' | 'once'): Promise<Row[]>;
  /**
   * Sends a statement whose answer the act does not need. It runs in its turn, and the act is committed only if it succeeded:
   * where it did not, nothing of the act is kept and `run` throws.
   */
  leave(text: string, parameters: readonly unknown[]): void;
  /** Writes an outbox row in this transaction: the event happens if and only if the act does. */
  emit(event: EventDraft): Promise<EventId>;
  /** Tells open pages, on commit, that something changed. Carries ids only: every listener asks again for itself. */
  live(signal: LiveSignal): Promise<void>;
}

/** How an act looks at the database, see `UnitOfWork.run`. */
type Looking = 'at-one' | 'across' | 'steadily';

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
   * slower for all others, and the database shows the very same either way. `steadily` for one that reads for long and must
   * not see what others commit meanwhile.
   */
  async run<T>(context: ActContext, act: (work: Work) => Promise<T>, looking: Looking = 'at-one'): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const transaction = new Transaction(context, this.clock.now(), client);
      return await transaction.carryOut(act, looking);
    } finally {
      await runner.release();
    }
  }
}

const SECURITY_CONTEXT = `SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true),
  set_config('concordat.session', $3, true), set_config('concordat.roles', $4, true), set_config('concordat.system', $5, true),
  set_config('concordat.across', $6, true)`;

/**
 * A transaction that waits for no answer it can do without: it is opened together with the act's first statement and
 * committed together with its last. Every answer is in before the act counts as done.
 */
class Transaction implements Work {
  /** Answers nobody waited for yet. */
  private readonly awaited: Promise<QueryResult>[] = [];
  private ended = false;

  constructor(
    readonly context: ActContext,
    readonly at: Date,
    private readonly client: PoolClient,
  ) {}

  async carryOut<T>(act: (work: Work) => Promise<T>, looking: Looking): Promise<T> {
    try {
      this.open(looking);
      const done = await act(this);
      await this.commit();
      return done;
    } catch (fault) {
      throw await this.rollBack(fault);
    }
  }

  async sql<Row>(text: string, parameters: readonly unknown[] = [], plan: 'kept' | 'once' = 'kept'): Promise<Row[]> {
    this.refuseLate();
    const { rows } = await this.client.query(plan === 'once' || parameters.length === 0 ? { text, values: [...parameters] } : named(text, parameters));
    return rows as Row[];
  }

  leave(text: string, parameters: readonly unknown[]): void {
    this.send(named(text, parameters));
  }

  emit({ type, payload }: EventDraft): Promise<EventId> {
    const id = randomUUID() as unknown as EventId;
    this.leave('INSERT INTO outbox (id, type, payload, correlation_id, created_at) VALUES ($1, $2, $3::jsonb, $4, $5)', [
      id, type, canonicalJson(payload), this.context.correlationId, this.at,
    ]);
    this.send({ text: `SELECT pg_notify('concordat_outbox', '')` });
    return Promise.resolve(id);
  }

  live(signal: LiveSignal): Promise<void> {
    this.leave('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify(signal)]);
    return Promise.resolve();
  }

  /** Transaction-local, so that a pooled connection never carries one person's rights into the next request. */
  private open(looking: Looking): void {
    const { actor, system } = this.context;
    this.send({ text: looking === 'steadily' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN' });
    this.leave(SECURITY_CONTEXT, [
      actor?.personId ?? '', actor?.agencyId ?? '', actor?.sessionId ?? '', actor?.roles.join(',') ?? '', system ?? '', looking === 'across' ? 'yes' : '',
    ]);
  }

  /** Sent behind statements that may yet fail: PostgreSQL then answers COMMIT by rolling back, which is no commit. */
  private async commit(): Promise<void> {
    const committed = this.client.query('COMMIT');
    this.ended = true;
    await Promise.all([...this.awaited, committed]);
    if ((await committed).command !== 'COMMIT') throw new Error('The act went on after a statement of it had failed; nothing of it was kept');
  }

  /** Ends the transaction and answers why: what failed first is the reason for whatever failed after it. */
  private async rollBack(fault: unknown): Promise<unknown> {
    this.ended = true;
    await this.client.query('ROLLBACK').catch(() => undefined);
    const failed = (await Promise.allSettled(this.awaited)).find((each) => each.status === 'rejected');
    return failed === undefined ? fault : failed.reason;
  }

  private send(statement: QueryConfig): void {
    this.refuseLate();
    const answer = this.client.query(statement);
    // Whoever ends the transaction looks at it; until then it must not pass for a fault nobody handles.
    answer.catch(() => undefined);
    this.awaited.push(answer);
  }

  /** What one part of an act asks for after another has failed would be done by itself, or in the next act on this connection. */
  private refuseLate(): void {
    if (this.ended) throw new Error('The act has ended: nothing more is done in it');
  }
}

/**
 * The statement under a name of its own, so that each connection plans it once: with row-level security expanded, planning
 * costs tens of times what running does. A plan holds no rights: policies read the transaction's context when it runs.
 */
export function named(text: string, parameters: readonly unknown[]): QueryConfig {
  return { name: nameOf(text), text, values: [...parameters] };
}

/** TypeORM hands what it is given to the driver unchanged; only its type knows nothing of named statements. */
export function prepared(text: string): string {
  return { name: nameOf(text), text } as unknown as string;
}

const names = new Map<string, string>();

/** Texts are the product's own and few, so that remembering their names is bounded. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
  names.set(text, known);
  return known;
}
