import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, refused, shownOrNull, type Refused } from '../../platform/graphql/index.js';
import { AnswerRecall } from '../commands/answer-recall.js';
import { RecallExhibit } from '../commands/recall-exhibit.js';
import { ShareExhibit } from '../commands/share-exhibit.js';
import type { Recall, SeenBy } from '../domain/recall.js';
import { ExhibitSharing } from '../queries/exhibit-sharing.js';
import { AnswerRecallInput, answerRecallSchema, RecallExhibitInput, recallExhibitSchema, ShareExhibitInput } from './sharing.inputs.js';
import { ExhibitSharingView, RecallView, SharingChangedView, SharingResult, type SeenByView } from './sharing.views.js';

/** Who has an exhibit: sharing it with one more agency, taking it back, and what became of the copies. */
@Resolver()
export class SharingResolver {
  constructor(
    private readonly sharing: ExhibitSharing,
    private readonly shares: ShareExhibit,
    private readonly recallsBack: RecallExhibit,
    private readonly answers: AnswerRecall,
  ) {}

  @Verb('exhibit.sharing')
  @Query(() => ExhibitSharingView, { nullable: true })
  async exhibitSharing(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<ExhibitSharingView | null> {
    const found = shownOrNull(await this.sharing.find(context, id));
    if (!found) return null;
    const agencies = found.agencies.map(({ seen, ...one }) => ({ ...one, seen: seen.map(presentSeen) }));
    return { id: found.id, agencies, recalls: found.recalls.map(presentRecall) };
  }

  @Verb('recall.list')
  @Query(() => [RecallView])
  async recalls(@Act() context: ActContext): Promise<RecallView[]> {
    return (await this.sharing.recalls(context)).map(presentRecall);
  }

  @Verb('exhibit.share')
  @Mutation(() => SharingResult)
  async shareExhibit(@Act() context: ActContext, @Args('input') input: ShareExhibitInput): Promise<SharingChangedView | Refused> {
    return told(await this.shares.execute(context, input));
  }

  @Verb('exhibit.recall')
  @Mutation(() => SharingResult)
  async recallExhibit(@Act() context: ActContext, @Args('input') input: RecallExhibitInput): Promise<SharingChangedView | Refused> {
    const parsed = parse(recallExhibitSchema, input);
    return parsed.ok ? told(await this.recallsBack.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('recall.answer')
  @Mutation(() => SharingResult)
  async answerRecall(@Act() context: ActContext, @Args('input') input: AnswerRecallInput): Promise<SharingChangedView | Refused> {
    const parsed = parse(answerRecallSchema, input);
    return parsed.ok ? told(await this.answers.execute(context, parsed.value)) : refused(parsed.error);
  }
}

function told(result: Result<string, Refusal>): SharingChangedView | Refused {
  return result.ok ? Object.assign(new SharingChangedView(), { id: result.value }) : refused(result.error);
}

function presentSeen({ person, act, at }: SeenBy): SeenByView {
  return { person, act, at: new Date(at) };
}

/** A recall as the API shows it. */
export function presentRecall(recall: Recall): RecallView {
  const { id, recalledAt, workspaceReference, reference, title, marking, reason, why, copies, answer, answeredAt } = recall;
  return {
    id, recalledAt, workspaceReference, reference, title, marking, reason, why, copies, answer, answeredAt,
    from: recall.agencyName,
    by: recall.byAgencyName,
    recalledBy: recall.recalledByName,
    answeredBy: recall.answeredByName,
    seen: recall.seen.map(presentSeen),
  };
}
