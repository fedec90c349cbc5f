import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { z, type ZodType } from 'zod';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, Refused, refused, shownOrNull, textSchema } from '../../platform/graphql/index.js';
import { ReviewForDisclosure, type ReviewForDisclosureInput as Reviewed } from '../commands/review-for-disclosure.js';
import { SignSchedule, type SignScheduleInput } from '../commands/sign-schedule.js';
import { DisclosureSchedule } from '../queries/disclosure-schedule.js';
import { DisclosureResult, DisclosureScheduleView, ExhibitDisclosureView, ReviewForDisclosureInput, SignDisclosureScheduleInput } from './disclosure.views.js';
import { KeptView } from './keeping.views.js';
import { presentReview, presentSchedule } from './present-disclosure.js';

const reviewSchema: ZodType<Reviewed> = z.object({
  exhibitId: z.string(),
  class: z.string().max(50, 'Class: Choose from the list.'),
  result: z.string().max(50, 'Result: Choose from the list.'),
  ground: textSchema('Ground', { min: 0, max: 1_000, lines: true }).nullish().transform((given) => given || null),
  reason: textSchema('Reason', { min: 1, max: 2_000, lines: true }),
  seen: z.int().min(0).max(1_000_000),
});

const signSchema: ZodType<SignScheduleInput> = z.object({
  workspaceId: z.string(),
  statement: textSchema('Statement', { min: 1, max: 2_000, lines: true }),
  state: z.string().max(100),
});

/** What is disclosed of the evidence, and what is not and why. */
@Resolver()
export class DisclosureResolver {
  constructor(
    private readonly schedules: DisclosureSchedule,
    private readonly review: ReviewForDisclosure,
    private readonly sign: SignSchedule,
  ) {}

  @Verb('disclosure.read')
  @Query(() => DisclosureScheduleView, { nullable: true })
  async disclosureSchedule(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string, @Args('version', { type: () => Int, nullable: true }) version?: number | null): Promise<DisclosureScheduleView | null> {
    const found = shownOrNull(await this.schedules.find(context, id, version ?? undefined));
    return found && presentSchedule(found);
  }

  @Verb('disclosure.read')
  @Query(() => ExhibitDisclosureView, { nullable: true })
  async exhibitDisclosure(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<ExhibitDisclosureView | null> {
    const found = shownOrNull(await this.schedules.reviews(context, id));
    return found && { reviews: found.reviews.map(presentReview), canReview: found.mayReview };
  }

  @Verb('disclosure.review')
  @Mutation(() => DisclosureResult)
  async reviewForDisclosure(@Act() context: ActContext, @Args('input') input: ReviewForDisclosureInput): Promise<KeptView | Refused> {
    const parsed = parse(reviewSchema, input);
    const done = parsed.ok ? await this.review.execute(context, parsed.value) : parsed;
    return done.ok ? { id: done.value } : refused(done.error);
  }

  @Verb('disclosure.sign')
  @Mutation(() => DisclosureResult)
  async signDisclosureSchedule(@Act() context: ActContext, @Args('input') input: SignDisclosureScheduleInput): Promise<KeptView | Refused> {
    const parsed = parse(signSchema, input);
    const done = parsed.ok ? await this.sign.execute(context, parsed.value) : parsed;
    return done.ok ? { id: done.value } : refused(done.error);
  }
}
