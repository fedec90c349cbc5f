import { Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { AgreementsOfAgency } from '../queries/agreements-of-agency.js';
import { AgreementView } from './agreement.views.js';

@Resolver(() => AgreementView)
export class AgreementResolver {
  constructor(private readonly agreements: AgreementsOfAgency) {}

  @Verb('agreement.list')
  @Query(() => [AgreementView], { name: 'agreements' })
  list(@Act() context: ActContext): Promise<AgreementView[]> {
    return this.agreements.list(context);
  }
}
