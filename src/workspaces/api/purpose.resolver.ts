import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { parse, Refused, refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { StatePurpose } from '../commands/state-purpose.js';
import { StatePurposeInput } from './inputs.js';
import { StatePurposeResult } from './results.js';
import { statePurposeSchema } from './schemas.js';
import { PurposeStatedView } from './workspace.views.js';

/** What an investigation is read for, said by whoever reads it. */
@Resolver(() => PurposeStatedView)
export class PurposeResolver {
  constructor(private readonly stating: StatePurpose) {}

  @Verb('purpose.state')
  @Mutation(() => StatePurposeResult, { name: 'statePurpose' })
  async state(@Act() context: ActContext, @Args('input') input: StatePurposeInput): Promise<PurposeStatedView | Refused> {
    const parsed = parse(statePurposeSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const stated = await this.stating.execute(context, parsed.value);
    return stated.ok ? Object.assign(new PurposeStatedView(), stated.value) : refused(stated.error);
  }
}
