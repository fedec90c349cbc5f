import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { AgencyName } from '../../platform/graphql/index.js';
import { AgenciesToSignIn } from '../queries/agencies-to-sign-in.js';
import { IdentityProviders } from '../queries/identity-providers.js';
import { SessionOfActor } from '../queries/session-of-actor.js';
import { IdentityProvider, Me } from './identity.types.js';
import { presentMe } from './present-me.js';

@Resolver()
export class IdentityResolver {
  constructor(
    private readonly agencyList: AgenciesToSignIn,
    private readonly session: SessionOfActor,
    private readonly providers: IdentityProviders,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Query(() => [AgencyName])
  @Verb('agency.list', { anonymous: true })
  agencies(@Act() context: ActContext): Promise<AgencyName[]> {
    return this.agencyList.execute(context);
  }

  @Query(() => [IdentityProvider])
  @Verb('idp.read')
  identityProviders(@Act() context: ActContext): Promise<IdentityProvider[]> {
    return this.providers.execute(context);
  }

  @Query(() => Me, { nullable: true })
  @Verb('session.read', { anonymous: true })
  async me(@Act() context: ActContext): Promise<Me | null> {
    const own = await this.session.execute(context);
    return context.actor && own ? presentMe(context.actor, own, this.config.session.idleSeconds) : null;
  }
}
