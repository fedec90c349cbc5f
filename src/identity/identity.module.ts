import { Global, Module } from '@nestjs/common';
import { Sessions } from '../platform/index.js';
import { IdentityResolver } from './api/identity.resolver.js';
import { PostgresSessions } from './api/postgres-sessions.js';
import { SamlController, SamlServiceController } from './api/saml.controller.js';
import { SessionCookies } from './api/session-cookies.js';
import { SignInRate } from './api/sign-in-rate.js';
import { SignOutController } from './api/sign-out.controller.js';
import { SingleLogoutController } from './api/single-logout.controller.js';
import { AnswerLogout } from './commands/answer-logout.js';
import { AskAgencyToSignOut } from './commands/ask-agency-to-sign-out.js';
import { BeginSignIn } from './commands/begin-sign-in.js';
import { CompleteSignIn } from './commands/complete-sign-in.js';
import { ConfirmSignOut } from './commands/confirm-sign-out.js';
import { SignOut } from './commands/sign-out.js';
import { AgenciesToSignIn } from './queries/agencies-to-sign-in.js';
import { IdentityProviders } from './queries/identity-providers.js';
import { ServiceMetadata } from './queries/service-metadata.js';
import { SessionOfActor } from './queries/session-of-actor.js';

/** Who somebody is, by her own agency's word. Global, because every request asks. */
@Global()
@Module({
  controllers: [SamlController, SamlServiceController, SignOutController, SingleLogoutController],
  providers: [
    AgenciesToSignIn,
    AnswerLogout,
    AskAgencyToSignOut,
    BeginSignIn,
    CompleteSignIn,
    ConfirmSignOut,
    IdentityProviders,
    IdentityResolver,
    ServiceMetadata,
    SessionCookies,
    SessionOfActor,
    SignInRate,
    SignOut,
    { provide: Sessions, useClass: PostgresSessions },
  ],
  exports: [Sessions],
})
export class IdentityModule {}
