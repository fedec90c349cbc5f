import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { isCsrfToken, leaveSignOutNotice } from '../../platform/http/index.js';
import { SignOut } from '../commands/sign-out.js';
import { sendNotFromHere } from './refusal-page.js';
import { AFTER_SIGN_OUT, SessionCookies } from './session-cookies.js';

/** The way out. Who has no session any more is out already and is told so. */
@Controller()
export class SignOutController {
  constructor(
    private readonly out: SignOut,
    private readonly cookies: SessionCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Answers with a page of ours and never with the agency's address: a browser that came by a form follows no redirect to
   * another site (`form-action`), and the person reads that she is out here whatever happens there.
   */
  @Post('sign-out')
  @Verb('session.sign-out', { anonymous: true })
  async signOut(@Body() form: { readonly csrf?: unknown } | undefined, @Req() request: FastifyRequest, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = context;
    if (actor && !isCsrfToken(this.config.keys.cookieSecret, actor.sessionId, form?.csrf)) {
      sendNotFromHere(reply);
      return;
    }
    const done = await this.out.execute(context, request.cookies[this.cookies.loginName]);
    this.cookies.clearSession(reply);
    if (done?.browser !== undefined) this.cookies.setLogin(reply, done.browser);
    if (done) leaveSignOutNotice(reply, this.config.baseUrl, { state: done.browser === undefined ? 'only-here' : 'asking', agencyCode: done.agencyCode });
    await reply.redirect(AFTER_SIGN_OUT, 303);
  }
}
