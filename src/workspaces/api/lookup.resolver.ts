import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { parse } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { Search } from '../queries/search.js';
import { Timeline } from '../queries/timeline.js';
import { answerOf } from './results.js';
import { searchTextSchema } from './schemas.js';
import { SearchConnectionView, TimelineConnectionView } from './workspace.views.js';

@Resolver()
export class LookupResolver {
  constructor(
    private readonly timelines: Timeline,
    private readonly searching: Search,
  ) {}

  @Verb('item.read')
  @Query(() => TimelineConnectionView, { name: 'timeline' })
  async timeline(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<TimelineConnectionView> {
    return answerOf(await this.timelines.list(context, { workspaceId, first, after }));
  }

  @Verb('workspace.search')
  @Query(() => SearchConnectionView, { name: 'search' })
  async search(
    @Act() context: ActContext,
    @Args('text', { type: () => String }) text: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<SearchConnectionView> {
    const cleaned = answerOf(parse(searchTextSchema, text, 'text'));
    return answerOf(await this.searching.find(context, { text: cleaned, first, after }));
  }
}
