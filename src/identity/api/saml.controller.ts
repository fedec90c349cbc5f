import { Body, Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { BeginSignIn } from '../commands/begin-sign-in.js';
import { CompleteSignIn } from '../commands/complete-sign-in.js';
import { ServiceMetadata } from '../queries/service-metadata.js';
import { sendRefusal, sendTooMany, sendUnknown } from './refusal-page.js';
import { SessionCookies } from './session-cookies.js';
import { SignInRate } from './sign-in-rate.js';

/** What SAML lets a browser post. Each may be missing, or be there twice (then it is a list). */
interface SamlForm {
  readonly SAMLResponse?: unknown;
  readonly RelayState?: unknown;
}

/** The way in: one set of addresses per agency. */
@Controller('saml/:agency')
export class SamlController {
  constructor(
    private readonly begin: BeginSignIn,
    private readonly complete: CompleteSignIn,
    private readonly cookies: SessionCookies,
    private readonly rate: SignInRate,
  ) {}

  @Get('login')
  @Verb('session.sign-in', { anonymous: true })
  async login(@Param('agency') agencyCode: string, @Query('returnTo') returnTo: unknown, @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    if (!(await this.rate.allows(request.ip))) {
      sendTooMany(reply);
      return;
    }
    const browser = request.cookies[this.cookies.loginName];
    const begun = await this.begin.execute(context, { agencyCode, returnTo, browser });
    if (!begun) {
      sendUnknown(reply);
      return;
    }
    this.cookies.setLogin(reply, begun.browser);
    await reply.redirect(begun.location, 303);
  }

  @Post('acs')
  @Verb('session.sign-in', { anonymous: true })
  async consume(@Param('agency') agencyCode: string, @Body() form: SamlForm | undefined, @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    if (!(await this.rate.allows(request.ip))) {
      sendTooMany(reply);
      return;
    }
    const browser = request.cookies[this.cookies.loginName];
    const done = await this.complete.execute(context, { agencyCode, samlResponse: form?.SAMLResponse, relayState: form?.RelayState, browser });
    if (!done.ok) {
      sendRefusal(reply);
      return;
    }
    this.cookies.setSession(reply, done.value.token, done.value.expiresAt);
    await reply.redirect(done.value.returnTo, 303);
  }
}

/** What an agency's administrator is told of us. */
@Controller('saml/:agency')
export class SamlServiceController {
  constructor(private readonly metadata: ServiceMetadata) {}

  @Get('metadata')
  @Header('content-type', 'application/samlmetadata+xml; charset=utf-8')
  @Verb('page.public', { anonymous: true })
  async describe(@Param('agency') agencyCode: string, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    const xml = await this.metadata.execute(context, agencyCode);
    if (xml === undefined) {
      sendUnknown(reply);
      return;
    }
    await reply.send(xml);
  }
}
