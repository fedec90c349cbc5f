import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ItemSightView } from '../../access/index.js';
import { shownOrNull } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { ItemExplained } from '../queries/item-explained.js';
import { OwnSightView } from './explain.views.js';

/** Why an item is seen, to its reader; who sees it and why, to people of the agency it is from. */
@Resolver(() => OwnSightView)
export class ExplainResolver {
  constructor(private readonly explained: ItemExplained) {}

  @Verb('item.explain')
  @Query(() => OwnSightView, { nullable: true })
  async ownSight(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<OwnSightView | null> {
    return shownOrNull(await this.explained.own(context, id));
  }

  @Verb('item.audience')
  @Query(() => ItemSightView, { nullable: true })
  async itemAudience(
    @Act() context: ActContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date }) to: Date,
  ): Promise<ItemSightView | null> {
    return shownOrNull(await this.explained.audience(context, id, from, to));
  }
}
