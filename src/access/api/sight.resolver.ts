import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { RefusedQuery } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { ItemSight } from '../queries/item-sight.js';
import { ItemSightView } from './sight.views.js';

/** For auditors: who could have seen an item. */
@Resolver()
export class SightResolver {
  constructor(private readonly sight: ItemSight) {}

  @Verb('ledger.read')
  @Query(() => ItemSightView, { nullable: true })
  async itemSight(
    @Act() context: ActContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date }) to: Date,
  ): Promise<ItemSightView | null> {
    const found = await this.sight.find(context, id, from, to);
    if (!found.ok) throw new RefusedQuery(found.error);
    return found.value === undefined ? null : Object.assign(new ItemSightView(), found.value);
  }
}
