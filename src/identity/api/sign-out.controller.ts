import { Body, Controller, ForbiddenException, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { isCsrfToken } from '../../platform/http/index.js';
import { EndSession } from '../commands/end-session.js';
import { SessionCookies } from './session-cookies.js';

/** The way out. */
@Controller()
export class SignOutController {
  constructor(
    private readonly end: EndSession,
    private readonly cookies: SessionCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('sign-out')
  @Verb('session.sign-out')
  async signOut(@Body() form: { readonly csrf?: unknown } | undefined, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = context;
    if (!actor || !isCsrfToken(this.config.keys.cookieSecret, actor.sessionId, form?.csrf)) {
      throw new ForbiddenException({ code: 'other-origin', message: 'Sign out with the button on a page of this portal.' });
    }
    await this.end.signOut(context);
    this.cookies.clearSession(reply);
    await reply.redirect('/', 303);
  }
}
