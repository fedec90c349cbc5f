import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RefusedQuery, refused, type Refused } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { AcknowledgeAlert } from '../commands/acknowledge-alert.js';
import { AlertById } from '../queries/alert-by-id.js';
import { AlertsOfAgency } from '../queries/alerts-of-agency.js';
import { AcknowledgeAlertResult, AlertConnection, AlertView } from './alert.views.js';

@Resolver(() => AlertView)
export class AlertResolver {
  constructor(
    private readonly alertsOfAgency: AlertsOfAgency,
    private readonly alertById: AlertById,
    private readonly acknowledgeAlert: AcknowledgeAlert,
  ) {}

  @Verb('alert.read')
  @Query(() => AlertConnection, { name: 'alerts' })
  async alerts(
    @Act() context: ActContext,
    @Args('state', { type: () => String, defaultValue: 'open' }) state: string,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<AlertConnection> {
    const page = await this.alertsOfAgency.read(context, { state, first, after });
    if (!page.ok) throw new RefusedQuery(page.error);
    return page.value;
  }

  @Verb('alert.read')
  @Query(() => AlertView, { name: 'alert', nullable: true })
  alert(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<AlertView | null> {
    return this.alertById.read(context, id);
  }

  @Verb('alert.acknowledge')
  @Mutation(() => AcknowledgeAlertResult, { name: 'acknowledgeAlert' })
  async acknowledge(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<AlertView | Refused> {
    const done = await this.acknowledgeAlert.execute(context, id);
    return done.ok ? Object.assign(new AlertView(), done.value) : refused(done.error);
  }
}
