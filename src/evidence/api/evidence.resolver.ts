import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, Refused, refused, RefusedQuery, shownOrNull } from '../../platform/graphql/index.js';
import { RequestUpload } from '../commands/request-upload.js';
import { ExhibitsOfWorkspace } from '../queries/exhibits-of-workspace.js';
import { TicketOfPerson } from '../queries/ticket-of-person.js';
import { RequestUploadInput } from './inputs.js';
import { presentExhibit, presentTicket } from './present.js';
import { requestUploadSchema } from './schemas.js';
import { ExhibitConnectionView, ExhibitView, RequestUploadResult, UploadTicketView } from './views.js';

/** Exhibits, their custody, and leave to deposit one. */
@Resolver()
export class EvidenceResolver {
  constructor(
    private readonly exhibitsOfWorkspace: ExhibitsOfWorkspace,
    private readonly ticketOfPerson: TicketOfPerson,
    private readonly requestsUpload: RequestUpload,
  ) {}

  @Verb('exhibit.read')
  @Query(() => ExhibitConnectionView)
  async exhibits(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ExhibitConnectionView> {
    const page = await this.exhibitsOfWorkspace.list(context, workspaceId, { first, after });
    if (page.ok) return { nodes: page.value.nodes.map(presentExhibit), pageInfo: page.value.pageInfo, room: page.value.room };
    if (page.error.code !== 'not-found') throw new RefusedQuery(page.error);
    return { nodes: [], pageInfo: { endCursor: null, hasNextPage: false }, room: null };
  }

  @Verb('exhibit.read')
  @Query(() => ExhibitView, { nullable: true })
  async exhibit(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<ExhibitView | null> {
    const found = shownOrNull(await this.exhibitsOfWorkspace.find(context, id));
    return found ? presentExhibit(found) : null;
  }

  @Verb('exhibit.request-upload')
  @Query(() => UploadTicketView, { nullable: true })
  async uploadTicket(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<UploadTicketView | null> {
    const found = await this.ticketOfPerson.find(context, id, 'exhibit.request-upload');
    return found ? presentTicket(found) : null;
  }

  @Verb('exhibit.request-upload')
  @Mutation(() => RequestUploadResult)
  async requestUpload(@Act() context: ActContext, @Args('input') input: RequestUploadInput): Promise<UploadTicketView | Refused> {
    const parsed = parse(requestUploadSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const issued = await this.requestsUpload.execute(context, parsed.value);
    if (!issued.ok) return refused(issued.error);
    const progress = await this.ticketOfPerson.find(context, issued.value.id, 'exhibit.request-upload');
    if (!progress) throw new Error('A ticket was given and is not there.');
    return presentTicket(progress);
  }
}
