import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cursors, RefusedQuery, parse, refused, type Refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import type { ActorRef, Refusal, Result } from '../../../libs/kernel/index.js';
import { CheckWholeLedger } from '../commands/check-whole-ledger.js';
import { ProveLedger } from '../commands/prove-ledger.js';
import { AuditLog, type AuditPage, type PageRequest } from '../queries/audit-log.js';
import { auditFilterSchema, firstSchema } from './inputs.js';
import { AuditConnection, AuditEntry, AuditFilter, AuditLogArguments, LedgerCheck, LedgerCheckResult, LedgerContinuity, LedgerHead, ProveLedgerResult } from './ledger.views.js';
import { presentCheck, presentContinuity, presentHead, presentSummary } from './present-ledger.js';

interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** The auditor's window on the ledger, and each case's access log. */
@Resolver()
export class LedgerResolver {
  constructor(
    private readonly log: AuditLog,
    private readonly check: CheckWholeLedger,
    private readonly prove: ProveLedger,
    private readonly cursors: Cursors,
  ) {}

  @Query(() => AuditConnection)
  @Verb('ledger.search')
  async auditLog(
    @Act() context: ActContext,
    @Args('filter', { type: () => AuditFilter }) filter: AuditFilter,
    @Args() { oldestFirst, summary, ...asked }: AuditLogArguments,
  ): Promise<AuditConnection> {
    const narrowed = valueOf(parse(auditFilterSchema, filter, 'filter'));
    const order = oldestFirst ? 'oldest' : 'newest';
    const key = `audit:${order}:${JSON.stringify(narrowed)}`;
    const page = { ...this.pageOf(actorOf(context), key, asked), order, withSummary: summary } as const;
    return this.connection(actorOf(context), key, valueOf(await this.log.search(context, narrowed, page)));
  }

  @Query(() => AuditEntry, { nullable: true })
  @Verb('ledger.read')
  async auditEntry(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<AuditEntry | null> {
    return valueOf(await this.log.entry(context, id)) ?? null;
  }

  @Query(() => AuditConnection)
  @Verb('access-log.read')
  async accessLog(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<AuditConnection> {
    const key = `access:${workspaceId}`;
    const page = this.pageOf(actorOf(context), key, { first, after });
    return this.connection(actorOf(context), key, valueOf(await this.log.access(context, workspaceId, page)));
  }

  @Query(() => LedgerHead, { nullable: true })
  @Verb('ledger.read')
  async ledgerHead(@Act() context: ActContext): Promise<LedgerHead | null> {
    const found = await this.log.head(context);
    return found === undefined ? null : presentHead(found);
  }

  @Mutation(() => LedgerCheckResult)
  @Verb('ledger.check')
  async checkLedger(@Act() context: ActContext): Promise<LedgerCheck | Refused> {
    const checked = await this.check.execute(context);
    return checked.ok ? presentCheck(checked.value) : refused(checked.error);
  }

  /** @param from - a signed checkpoint that was kept, or the number of entries there were (attacker-controlled) */
  @Mutation(() => ProveLedgerResult)
  @Verb('ledger.prove')
  async proveLedger(@Act() context: ActContext, @Args('from', { type: () => String }) from: string): Promise<LedgerContinuity | Refused> {
    const proved = await this.prove.execute(context, from);
    return proved.ok ? presentContinuity(proved.value) : refused(proved.error);
  }

  private pageOf(actor: ActorRef, key: string, { first, after }: PageArguments): PageRequest {
    const limit = valueOf(parse(firstSchema, first, 'first'));
    const [at, id] = valueOf(this.cursors.open(actor, key, after)) ?? [];
    return { first: limit, after: at === undefined || id === undefined ? undefined : { at: String(at), id: String(id) } };
  }

  private connection(actor: ActorRef, key: string, { entries, hasNextPage, summary }: AuditPage): AuditConnection {
    const last = entries.at(-1);
    const endCursor = last === undefined ? null : this.cursors.seal(actor, key, [last.at.toISOString(), last.id]);
    return { nodes: entries, summary: summary ? presentSummary(summary) : null, pageInfo: { endCursor, hasNextPage } };
  }
}

/** The guard lets nobody in without a session. */
function actorOf({ actor }: ActContext): ActorRef {
  if (actor === undefined) throw new Error('A handler for signed-in people was reached without a session');
  return actor;
}

function valueOf<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value;
  throw new RefusedQuery(result.error);
}
