import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parse, Refused, refused, shownOrNull } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { InviteAgency } from '../commands/invite-agency.js';
import { OpenWorkspace } from '../commands/open-workspace.js';
import { presentMember, WorkspaceOverview } from '../queries/workspace-overview.js';
import { InvitationPreview } from '../queries/invitation-preview.js';
import { WorkspaceList } from '../queries/workspace-list.js';
import { InviteAgencyInput, OpenWorkspaceInput } from './inputs.js';
import { answerOf, InviteAgencyResult, OpenWorkspaceResult } from './results.js';
import { inviteAgencySchema, openWorkspaceSchema } from './schemas.js';
import { InvitationPreviewView } from './preview.views.js';
import { MemberView, WorkspaceConnectionView, WorkspaceView } from './workspace.views.js';

@Resolver(() => WorkspaceView)
export class WorkspaceResolver {
  constructor(
    private readonly lists: WorkspaceList,
    private readonly overview: WorkspaceOverview,
    private readonly opening: OpenWorkspace,
    private readonly inviting: InviteAgency,
    private readonly previews: InvitationPreview,
  ) {}

  @Verb('workspace.list')
  @Query(() => WorkspaceConnectionView, { name: 'workspaces' })
  async list(
    @Act() context: ActContext,
    @Args('tab', { type: () => String, defaultValue: 'agency' }) tab: string,
    @Args('status', { type: () => String, nullable: true }) status: string | null,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<WorkspaceConnectionView> {
    return answerOf(await this.lists.list(context, { tab, status, first, after }));
  }

  @Verb('workspace.read')
  @Query(() => WorkspaceView, { name: 'workspace', nullable: true })
  find(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<WorkspaceView | null> {
    return this.overview.find(context, id);
  }

  @Verb('workspace.open')
  @Mutation(() => OpenWorkspaceResult, { name: 'openWorkspace' })
  async open(@Act() context: ActContext, @Args('input') input: OpenWorkspaceInput): Promise<WorkspaceView | Refused> {
    const parsed = parse(openWorkspaceSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const opened = await this.opening.execute(context, parsed.value, (work, id) => this.overview.present(work, id));
    return opened.ok ? opened.value : refused(opened.error);
  }

  @Verb('item.read')
  @Query(() => InvitationPreviewView, { name: 'invitationPreview', nullable: true })
  async preview(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('agencyId', { type: () => ID }) agencyId: string,
    @Args('clauseId', { type: () => ID }) clauseId: string,
  ): Promise<InvitationPreviewView | null> {
    return shownOrNull(await this.previews.find(context, { workspaceId, agencyId, clauseId }));
  }

  @Verb('member.invite')
  @Mutation(() => InviteAgencyResult, { name: 'inviteAgency' })
  async invite(@Act() context: ActContext, @Args('input') input: InviteAgencyInput): Promise<MemberView | Refused> {
    const parsed = parse(inviteAgencySchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const invited = await this.inviting.execute(context, parsed.value);
    return invited.ok ? presentMember(invited.value) : refused(invited.error);
  }
}
