import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Act, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { isCsrfToken } from '../../platform/http/index.js';
import { EndSession } from '../commands/end-session.js';
import { sendNotFromHere } from './refusal-page.js';
import { SessionCookies } from './session-cookies.js';

const AFTERWARDS = '/signed-out';

/** The way out. Who has no session any more is out already and is told the same. */
@Controller()
export class SignOutController {
  constructor(
    private readonly end: EndSession,
    private readonly cookies: SessionCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('sign-out')
  @Verb('session.sign-out', { anonymous: true })
  async signOut(@Body() form: { readonly csrf?: unknown } | undefined, @Act() context: ActContext, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = context;
    if (actor && !isCsrfToken(this.config.keys.cookieSecret, actor.sessionId, form?.csrf)) {
      sendNotFromHere(reply);
      return;
    }
    await this.end.signOut(context);
    this.cookies.clearSession(reply);
    await reply.redirect(AFTERWARDS, 303);
  }
}
