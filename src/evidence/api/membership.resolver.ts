import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, refused, shownOrNull, type Refused } from '../../platform/graphql/index.js';
import { printed } from '../../workspaces/index.js';
import { EndMembership } from '../commands/end-membership.js';
import { MembershipEnding, type Ending } from '../queries/membership-ending.js';
import { presentRecall } from './sharing.resolver.js';
import { EndMembershipInput, EndMembershipResult, endMembershipSchema, FormerMemberView, MembershipEndedView, MembershipEndingView } from './membership.views.js';

/** The end of an agency's part in an investigation: what it would mean, doing it, and those that were. */
@Resolver()
export class MembershipResolver {
  constructor(
    private readonly endings: MembershipEnding,
    private readonly ends: EndMembership,
  ) {}

  @Verb('workspace.read')
  @Query(() => MembershipEndingView, { nullable: true })
  async membershipEnding(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('agencyId', { type: () => ID }) agencyId: string,
  ): Promise<MembershipEndingView | null> {
    const found = shownOrNull(await this.endings.find(context, workspaceId, agencyId));
    return found ? present(found) : null;
  }

  @Verb('workspace.read')
  @Query(() => [FormerMemberView])
  async formerMembers(@Act() context: ActContext, @Args('workspaceId', { type: () => ID }) workspaceId: string): Promise<FormerMemberView[]> {
    return (await this.endings.former(context, workspaceId)).map(({ agencyName: agency, asked, ...end }) => ({ agency, ...end, asked: asked.map(presentRecall) }));
  }

  @Verb('member.end')
  @Mutation(() => EndMembershipResult)
  async endMembership(@Act() context: ActContext, @Args('input') input: EndMembershipInput): Promise<MembershipEndedView | Refused> {
    const parsed = parse(endMembershipSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const ended = await this.ends.execute(context, parsed.value);
    return ended.ok ? Object.assign(new MembershipEndedView(), { id: ended.value }) : refused(ended.error);
  }
}

function present({ agency, isOwn, unsettled, reached, brought }: Ending): MembershipEndingView {
  return {
    agency, isOwn, brought,
    unsettled: [...unsettled],
    reached: reached.map(({ id, reference, title, seen, ...marked }) => ({
      id, reference, title, marking: printed(marked), seen: seen.map(({ person, act, at }) => ({ person, act, at: new Date(at) })),
    })),
  };
}
