import { Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { OffersToAgency } from '../queries/offers-to-agency.js';

/** An exhibit that was offered to the reader's agency and waits for an answer. */
@ObjectType('WaitingOffer')
class WaitingOfferView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) workspaceReference!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
  @Field(() => String) offeredBy!: string;
  @Field(() => String) agency!: string;
  @Field(() => Date) offeredAt!: Date;
}

/** What waits to be accepted or declined. */
@Resolver()
export class OffersResolver {
  constructor(private readonly offers: OffersToAgency) {}

  @Verb('offer.list')
  @Query(() => [WaitingOfferView])
  async custodyOffers(@Act() context: ActContext): Promise<WaitingOfferView[]> {
    const found = await this.offers.list(context);
    return found.ok ? found.value : [];
  }
}
