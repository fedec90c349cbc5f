import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, Refused, refused, RefusedQuery } from '../../platform/graphql/index.js';
import { DecideDisposal } from '../commands/decide-disposal.js';
import { LiftHold } from '../commands/lift-hold.js';
import { PlaceHold } from '../commands/place-hold.js';
import { ProposeDisposal } from '../commands/propose-disposal.js';
import { SetRetention } from '../commands/set-retention.js';
import { ExhibitsToReview } from '../queries/exhibits-to-review.js';
import { decideDisposalSchema, liftHoldSchema, placeHoldSchema, proposeDisposalSchema, setRetentionSchema } from './keeping.schemas.js';
import { DecideDisposalInput, DueExhibitConnectionView, KeepingResult, KeptView, LiftHoldInput, PlaceHoldInput, ProposeDisposalInput, SetRetentionInput } from './keeping.views.js';

/** How long evidence is kept, what keeps it longer, and how it ends. */
@Resolver()
export class KeepingResolver {
  constructor(
    private readonly toReview: ExhibitsToReview,
    private readonly place: PlaceHold,
    private readonly lift: LiftHold,
    private readonly propose: ProposeDisposal,
    private readonly decide: DecideDisposal,
    private readonly retention: SetRetention,
  ) {}

  @Verb('retention.list')
  @Query(() => DueExhibitConnectionView, { nullable: true })
  async exhibitsToReview(
    @Act() context: ActContext,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<DueExhibitConnectionView | null> {
    const due = await this.toReview.list(context, { first, after });
    if (!due.ok && due.error.code !== 'not-found') throw new RefusedQuery(due.error);
    return due.ok ? due.value : null;
  }

  @Verb('hold.place')
  @Mutation(() => KeepingResult)
  async placeHold(@Act() context: ActContext, @Args('input') input: PlaceHoldInput): Promise<KeptView | Refused> {
    const parsed = parse(placeHoldSchema, input);
    return parsed.ok ? told(await this.place.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('hold.lift')
  @Mutation(() => KeepingResult)
  async liftHold(@Act() context: ActContext, @Args('input') input: LiftHoldInput): Promise<KeptView | Refused> {
    const parsed = parse(liftHoldSchema, input);
    return parsed.ok ? told(await this.lift.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('disposal.propose')
  @Mutation(() => KeepingResult)
  async proposeDisposal(@Act() context: ActContext, @Args('input') input: ProposeDisposalInput): Promise<KeptView | Refused> {
    const parsed = parse(proposeDisposalSchema, input);
    return parsed.ok ? told(await this.propose.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('disposal.decide')
  @Mutation(() => KeepingResult)
  async decideDisposal(@Act() context: ActContext, @Args('input') input: DecideDisposalInput): Promise<KeptView | Refused> {
    const parsed = parse(decideDisposalSchema, input);
    return parsed.ok ? told(await this.decide.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('retention.set')
  @Mutation(() => KeepingResult)
  async setRetention(@Act() context: ActContext, @Args('input') input: SetRetentionInput): Promise<KeptView | Refused> {
    const parsed = parse(setRetentionSchema, input);
    return parsed.ok ? told(await this.retention.execute(context, parsed.value)) : refused(parsed.error);
  }
}

function told(done: Result<string, Refusal>): KeptView | Refused {
  return done.ok ? { id: done.value } : refused(done.error);
}
