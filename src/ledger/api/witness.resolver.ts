import { Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { WitnessStanding } from '../queries/witness-standing.js';
import { presentStanding } from './present-standing.js';
import { LedgerWitnessing } from './witness.views.js';

/** How the ledger stands with those who vouch for it. */
@Resolver()
export class WitnessResolver {
  constructor(private readonly standing: WitnessStanding) {}

  @Query(() => LedgerWitnessing, { nullable: true })
  @Verb('ledger.read')
  async ledgerWitnessing(@Act() context: ActContext): Promise<LedgerWitnessing | null> {
    const standing = await this.standing.read(context);
    return standing === undefined ? null : presentStanding(standing);
  }
}
