import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { parse, RefusedQuery } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { AgencyLog } from '../queries/agency-log.js';
import { AgencyLogConnection, AgencyLogFilterInput } from './agency-log.views.js';
import { agencyLogFilterSchema } from './inputs.js';

/** What an agency answers for across cases, for who manages it. */
@Resolver()
export class AgencyLogResolver {
  constructor(private readonly log: AgencyLog) {}

  @Verb('agency-log.read')
  @Query(() => AgencyLogConnection)
  async agencyLog(
    @Act() context: ActContext,
    @Args('filter', { type: () => AgencyLogFilterInput }) given: AgencyLogFilterInput,
    @Args('ofOthers', { type: () => Boolean, defaultValue: false }) ofOthers: boolean,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<AgencyLogConnection> {
    const filter = parse(agencyLogFilterSchema, given, 'filter');
    if (!filter.ok) throw new RefusedQuery(filter.error);
    const page = await this.log.read(context, { filter: filter.value, ofOthers, first, after });
    if (!page.ok) throw new RefusedQuery(page.error);
    return page.value;
  }
}
