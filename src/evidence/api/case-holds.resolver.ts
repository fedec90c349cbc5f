import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { shownOrNull } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { HoldsOfCase } from '../queries/holds-of-case.js';
import { HoldView } from './keeping.views.js';
import { presentHold } from './present-keeping.js';

/** The holds on all evidence of an investigation, which may have none yet. */
@Resolver()
export class CaseHoldsResolver {
  constructor(private readonly holds: HoldsOfCase) {}

  @Verb('hold.list')
  @Query(() => [HoldView], { nullable: true })
  async caseHolds(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<HoldView[] | null> {
    const found = shownOrNull(await this.holds.list(context, id));
    return found && found.map(presentHold);
  }
}
