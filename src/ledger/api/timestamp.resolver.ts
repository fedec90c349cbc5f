import { Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { TimestampStanding } from '../queries/timestamp-standing.js';
import { presentTimestamping } from './present-timestamps.js';
import { LedgerTimestamping } from './timestamp.views.js';

/** How the ledger stands with whoever dates it. */
@Resolver()
export class TimestampResolver {
  constructor(private readonly standing: TimestampStanding) {}

  @Query(() => LedgerTimestamping, { nullable: true })
  @Verb('ledger.read')
  async ledgerTimestamping(@Act() context: ActContext): Promise<LedgerTimestamping | null> {
    const standing = await this.standing.read(context);
    return standing === undefined ? null : presentTimestamping(standing);
  }
}
