import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { requestContext, takeSignOutNotice } from '../../platform/http/index.js';
import { Clock, CONFIG, Verb, type ActContext, type Config } from '../../platform/index.js';
import { Api, NotHere } from '../api.js';
import { signInDocument } from '../documents/sign-in.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { NOBODY_SIGNED_IN, signedOutView, type SignedOutView } from '../presenters/signed-out.js';
import { FaultPages } from './fault-pages.js';
import { PageHost, type PortalRequest } from './page-host.js';
import { printStyle } from './print-style.js';

/** What can be reached without a session: choosing an agency to sign in with, and the ends of a session. */
@Controller()
@UseFilters(FaultPages)
export class EntranceController {
  constructor(
    private readonly host: PageHost,
    private readonly api: Api,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(paths.signIn.pattern)
  @Verb('page.public', { anonymous: true })
  async signIn(@Req() request: PortalRequest, @Query('returnTo') asked: unknown, @Res() reply: FastifyReply): Promise<void> {
    const context = requestContext(request);
    if (context.actor) {
      await reply.code(303).header('location', paths.myWork.to({})).send();
      return;
    }
    const { agencies } = await this.api.ask(signInDocument, {}, context);
    const returnTo = localPath(asked);
    const links = agencies.map(({ code, name }) => ({ name, href: paths.agencySignIn.to({ agency: code }, { returnTo }) }));
    await this.host.write('sign-in', { title: 'Sign in with your agency' }, { agencies: links, wasGoing: returnTo !== undefined }, reply);
  }

  @Get(paths.sessionEnded.pattern)
  @Verb('page.public', { anonymous: true })
  sessionEnded(@Res() reply: FastifyReply): Promise<void> {
    return this.host.write('session-ended', { title: 'Your session has ended' }, { typed: [], signIn: paths.signIn.to({}) }, reply);
  }

  @Get(paths.signedOut.pattern)
  @Verb('page.public', { anonymous: true })
  async signedOut(@Req() request: PortalRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = requestContext(request);
    if (context.actor) {
      await reply.code(303).header('location', paths.myWork.to({})).send();
      return;
    }
    const view = await this.signOutOf(request, reply, context);
    await this.host.write('signed-out', { title: view.title }, { ...view, signIn: paths.signIn.to({}) }, reply);
  }

  private async signOutOf(request: PortalRequest, reply: FastifyReply, context: ActContext): Promise<SignedOutView> {
    const notice = takeSignOutNotice(request, reply, this.config.baseUrl);
    if (!notice) return NOBODY_SIGNED_IN;
    const { agencies } = await this.api.ask(signInDocument, {}, context);
    const agency = agencies.find(({ code }) => code === notice.agencyCode);
    return agency ? signedOutView(notice, agency.name) : NOBODY_SIGNED_IN;
  }

  /** Reaching this at all has moved the idle limit of the session. */
  @Get(paths.staySignedIn.pattern)
  @Verb('page.read')
  async staySignedIn(@Res() reply: FastifyReply): Promise<void> {
    await reply.code(204).header('cache-control', 'no-store').send();
  }

  /** Margin boxes of a printed page; a file of its own because the pages allow no inline style. */
  @Get(paths.printStyle.pattern)
  @Verb('page.read')
  async printStyle(@Req() request: PortalRequest, @Query('marking') marking: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = requestContext(request);
    const reader = actor ? `${actor.displayName}, ${actor.agencyName}` : '';
    const text = typeof marking === 'string' ? marking.slice(0, 200) : '';
    await reply.headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' }).send(printStyle(text, reader, dateTime(this.clock.now())));
  }

  /** Everything else: no such page. */
  @Get('*')
  @Verb('page.public', { anonymous: true })
  nothing(): Promise<void> {
    return Promise.reject(new NotHere());
  }
}

/** A path of this portal to go on to after signing in (attacker-controlled); never another site's address. */
function localPath(asked: unknown): string | undefined {
  return typeof asked === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(asked) && asked.length <= 500 ? asked : undefined;
}
