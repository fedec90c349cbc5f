import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { parse, RefusedQuery, refused, type Refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { AnswerUnusualUse } from '../commands/answer-unusual-use.js';
import { AssignUnusualUse } from '../commands/assign-unusual-use.js';
import { CloseUnusualUse } from '../commands/close-unusual-use.js';
import { UnusualUses } from '../queries/unusual-uses.js';
import { answerSchema, AnswerUnusualUseInput, AssignUnusualUseInput, closeSchema, CloseUnusualUseInput } from './inputs.js';
import { UnusualUseConnection, UnusualUseResult, UnusualUseView } from './unusual-use.views.js';

@Resolver(() => UnusualUseView)
export class UnusualUseResolver {
  constructor(
    private readonly uses: UnusualUses,
    private readonly assignUse: AssignUnusualUse,
    private readonly answerUse: AnswerUnusualUse,
    private readonly closeUse: CloseUnusualUse,
  ) {}

  @Verb('unusual-use.list')
  @Query(() => UnusualUseConnection)
  async unusualUses(
    @Act() context: ActContext,
    @Args('state', { type: () => String, defaultValue: 'open' }) state: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<UnusualUseConnection> {
    const page = await this.uses.list(context, { state, first, after });
    if (!page.ok) throw new RefusedQuery(page.error);
    return page.value;
  }

  @Verb('unusual-use.read')
  @Query(() => UnusualUseView, { nullable: true })
  unusualUse(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<UnusualUseView | null> {
    return this.uses.read(context, id);
  }

  @Verb('unusual-use.assign')
  @Mutation(() => UnusualUseResult)
  async assignUnusualUse(@Act() context: ActContext, @Args('input') input: AssignUnusualUseInput): Promise<UnusualUseView | Refused> {
    return told(await this.assignUse.execute(context, input));
  }

  @Verb('unusual-use.answer')
  @Mutation(() => UnusualUseResult)
  async answerUnusualUse(@Act() context: ActContext, @Args('input') input: AnswerUnusualUseInput): Promise<UnusualUseView | Refused> {
    const parsed = parse(answerSchema, input);
    return parsed.ok ? told(await this.answerUse.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('unusual-use.close')
  @Mutation(() => UnusualUseResult)
  async closeUnusualUse(@Act() context: ActContext, @Args('input') input: CloseUnusualUseInput): Promise<UnusualUseView | Refused> {
    const parsed = parse(closeSchema, input);
    return parsed.ok ? told(await this.closeUse.execute(context, parsed.value)) : refused(parsed.error);
  }
}

function told(result: Result<UnusualUseView, Refusal>): UnusualUseView | Refused {
  return result.ok ? Object.assign(new UnusualUseView(), result.value) : refused(result.error);
}
