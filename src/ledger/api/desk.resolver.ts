import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parse, refused, type Refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { StateReason } from '../commands/state-reason.js';
import { AuditDesk } from '../queries/audit-desk.js';
import { AuditDeskView, AuditReason, StateAuditReasonResult } from './desk.views.js';
import { reasonSchema } from './inputs.js';

/** What an auditor keeps beside the log: why she looks. */
@Resolver()
export class DeskResolver {
  constructor(
    private readonly desk: AuditDesk,
    private readonly reason: StateReason,
  ) {}

  @Query(() => AuditDeskView, { nullable: true })
  @Verb('ledger.search')
  async auditDesk(@Act() context: ActContext): Promise<AuditDeskView | null> {
    const found = await this.desk.open(context);
    return found === undefined ? null : Object.assign(new AuditDeskView(), { reason: found.stated?.reason ?? null, statedAt: found.stated?.statedAt ?? null });
  }

  @Mutation(() => StateAuditReasonResult)
  @Verb('ledger.state-reason')
  async stateAuditReason(@Act() context: ActContext, @Args('reason', { type: () => String }) reason: string): Promise<AuditReason | Refused> {
    const given = parse(reasonSchema, reason, 'reason');
    if (!given.ok) return refused(given.error);
    const stated = await this.reason.execute(context, given.value);
    return stated.ok ? Object.assign(new AuditReason(), stated.value) : refused(stated.error);
  }
}
