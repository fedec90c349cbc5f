import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parse, refused, type Refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { KeepSearch } from '../commands/keep-search.js';
import { StateReason } from '../commands/state-reason.js';
import { AuditDesk } from '../queries/audit-desk.js';
import { AuditDeskView, AuditReason, AuditSearch, AuditSearchResult, StateAuditReasonResult } from './desk.views.js';
import { auditFilterSchema, reasonSchema, searchNameSchema } from './inputs.js';
import { AuditFilter } from './ledger.views.js';

/** What an auditor keeps beside the log: why she looks. */
@Resolver()
export class DeskResolver {
  constructor(
    private readonly desk: AuditDesk,
    private readonly reason: StateReason,
    private readonly searches: KeepSearch,
  ) {}

  @Query(() => AuditDeskView, { nullable: true })
  @Verb('ledger.search')
  async auditDesk(@Act() context: ActContext): Promise<AuditDeskView | null> {
    const found = await this.desk.open(context);
    if (found === undefined) return null;
    const { stated, ...rest } = found;
    return Object.assign(new AuditDeskView(), { reason: stated?.reason ?? null, statedAt: stated?.statedAt ?? null, ...rest });
  }

  @Mutation(() => StateAuditReasonResult)
  @Verb('ledger.state-reason')
  async stateAuditReason(@Act() context: ActContext, @Args('reason', { type: () => String }) reason: string): Promise<AuditReason | Refused> {
    const given = parse(reasonSchema, reason, 'reason');
    if (!given.ok) return refused(given.error);
    const stated = await this.reason.execute(context, given.value);
    return stated.ok ? Object.assign(new AuditReason(), stated.value) : refused(stated.error);
  }

  /** Kept for the auditor alone, under a name she has not used. */
  @Mutation(() => AuditSearchResult)
  @Verb('ledger.save-search')
  async saveAuditSearch(
    @Act() context: ActContext,
    @Args('name', { type: () => String }) name: string,
    @Args('filter', { type: () => AuditFilter }) filter: AuditFilter,
  ): Promise<AuditSearch | Refused> {
    const [called, narrowed] = [parse(searchNameSchema, name, 'name'), parse(auditFilterSchema, filter, 'filter')];
    if (!called.ok) return refused(called.error);
    if (!narrowed.ok) return refused(narrowed.error);
    return searchOf(await this.searches.save(context, called.value, narrowed.value));
  }

  @Mutation(() => AuditSearchResult)
  @Verb('ledger.drop-search')
  async deleteAuditSearch(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<AuditSearch | Refused> {
    return searchOf(await this.searches.drop(context, id));
  }
}

function searchOf(kept: Result<AuditSearch, Refusal>): AuditSearch | Refused {
  return kept.ok ? Object.assign(new AuditSearch(), kept.value) : refused(kept.error);
}
