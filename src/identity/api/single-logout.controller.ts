import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { leaveSignOutNotice } from '../../platform/http/index.js';
import { AnswerLogout } from '../commands/answer-logout.js';
import { AskAgencyToSignOut } from '../commands/ask-agency-to-sign-out.js';
import { ConfirmSignOut } from '../commands/confirm-sign-out.js';
import { kindOf, type LogoutInput } from '../domain/read-logout.js';
import { sendSignOutRefusal, sendTooMany } from './refusal-page.js';
import { AFTER_SIGN_OUT, SessionCookies } from './session-cookies.js';
import { SignInRate } from './sign-in-rate.js';

/** Signing out here and at the agency, whichever of the two it begins at. */
@Controller('saml/:agency')
export class SingleLogoutController {
  constructor(
    private readonly ask: AskAgencyToSignOut,
    private readonly confirm: ConfirmSignOut,
    private readonly logout: AnswerLogout,
    private readonly cookies: SessionCookies,
    private readonly rate: SignInRate,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends a browser on that has signed out here; back to where it came from when there is nothing to ask. */
  @Get('logout')
  @Verb('session.sign-out', { anonymous: true })
  async begin(@Param('agency') agencyCode: string, @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    if (!(await this.rate.allows(request.ip))) {
      sendTooMany(reply);
      return;
    }
    const location = await this.ask.execute(context, agencyCode, this.browserOf(request));
    await reply.redirect(location ?? AFTER_SIGN_OUT, 303);
  }

  @Get('slo')
  @Verb('session.sign-out', { anonymous: true })
  async byRedirect(@Param('agency') agencyCode: string, @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    const query = new URL(request.url, this.config.baseUrl).search.slice(1);
    await this.take(request, reply, context, { agencyCode, query });
  }

  @Post('slo')
  @Verb('session.sign-out', { anonymous: true })
  async byPost(@Param('agency') agencyCode: string, @Body() form: LogoutInput['form'], @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    await this.take(request, reply, context, { agencyCode, form: form ?? {} });
  }

  private async take(request: FastifyRequest, reply: FastifyReply, context: ActContext, input: LogoutInput): Promise<void> {
    if (!(await this.rate.allows(request.ip))) {
      sendTooMany(reply);
      return;
    }
    const location = kindOf(input) === 'SAMLResponse' ? await this.takeAnswer(request, reply, context, input) : await this.takeRequest(context, input);
    if (location === undefined) sendSignOutRefusal(reply);
    else await reply.redirect(location, 303);
  }

  private async takeRequest(context: ActContext, input: LogoutInput): Promise<string | undefined> {
    const done = await this.logout.execute(context, input);
    return done.ok ? done.value : undefined;
  }

  private async takeAnswer(request: FastifyRequest, reply: FastifyReply, context: ActContext, input: LogoutInput): Promise<string | undefined> {
    const done = await this.confirm.execute(context, input, this.browserOf(request));
    if (!done.ok) return undefined;
    const { agencyCode, isConfirmed } = done.value;
    leaveSignOutNotice(reply, this.config.baseUrl, { state: isConfirmed ? 'confirmed' : 'unconfirmed', agencyCode });
    return AFTER_SIGN_OUT;
  }

  private browserOf(request: FastifyRequest): unknown {
    return request.cookies[this.cookies.loginName];
  }
}
