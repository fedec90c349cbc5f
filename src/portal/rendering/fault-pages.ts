import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SignInNeeded } from '../../platform/http/index.js';
import { Log } from '../../platform/index.js';
import { BadAddress, NotHere, PurposeNeeded } from '../api.js';
import { paths } from '../paths.js';
import { fieldsOf, PageHost, StaleForm, type PortalRequest } from './page-host.js';

const TITLES: Readonly<Record<string, string>> = {
  'not-found': 'Page not found',
  'session-ended': 'Your session has ended',
  'stale-form': 'We could not accept this form',
  'server-fault': 'Sorry, there is a problem',
};

/** Fields of a form that are the portal's own and mean nothing to the person who typed the others. */
const OWN_FIELDS = new Set(['csrf', 'version', 'fileName', 'sizeBytes']);

/** Turns what went wrong on the way to a page into a page that says what happened and what to do next. */
@Catch()
export class FaultPages implements ExceptionFilter {
  constructor(
    private readonly host: PageHost,
    private readonly log: Log,
  ) {}

  async catch(fault: unknown, execution: ArgumentsHost): Promise<void> {
    const request = execution.switchToHttp().getRequest<PortalRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    try {
      await this.answer(fault, request, reply);
    } catch (further) {
      this.log.error({ correlationId: request.id, err: further }, 'A fault page failed');
      if (!reply.sent) await reply.code(500).send(`Something went wrong on our side. Quote the reference ${request.id}.`);
    }
  }

  private async answer(fault: unknown, request: PortalRequest, reply: FastifyReply): Promise<void> {
    if (fault instanceof SignInNeeded) return this.signIn(request, reply);
    if (fault instanceof PurposeNeeded) return this.askPurpose(request, reply);
    // One answer, byte for byte, for what is absent and for what is forbidden: it depends on nothing but the person.
    if (fault instanceof NotHere || fault instanceof BadAddress) return this.page('not-found', 404, {}, request, reply);
    if (fault instanceof StaleForm) return this.page('stale-form', 403, { typed: typedOf(request) }, request, reply);
    if (fault instanceof HttpException && fault.getStatus() < 500) return this.page('not-found', 404, {}, request, reply);
    this.log.error({ correlationId: request.id, err: fault }, 'A page failed');
    return this.page('server-fault', 500, { reference: request.id, typed: typedOf(request) }, request, reply);
  }

  private async signIn(request: PortalRequest, reply: FastifyReply): Promise<void> {
    if (request.method === 'GET' || request.method === 'HEAD') {
      const go = paths.signIn.to({}, { returnTo: request.url === paths.myWork.pattern ? '' : request.url });
      await reply.code(303).header('location', go).send();
      return;
    }
    await this.host.write('session-ended', { title: TITLES['session-ended'] ?? '' }, { typed: typedOf(request), signIn: paths.signIn.to({}) }, reply.code(401));
  }

  /** To the form that asks what the investigation is read for, and from there on to the page that was asked for. */
  private async askPurpose(request: PortalRequest, reply: FastifyReply): Promise<void> {
    const { id = '' } = request.params as Readonly<Record<string, string | undefined>>;
    const back = request.method === 'GET' || request.method === 'HEAD' ? request.url : '';
    await reply.code(303).header('location', paths.purpose.to({ id }, { back })).header('cache-control', 'no-store').send();
  }

  private async page(view: string, status: number, model: object, request: PortalRequest, reply: FastifyReply): Promise<void> {
    const who = view === 'server-fault' ? {} : await this.host.who(request);
    await this.host.write(view, { ...who, title: TITLES[view] ?? '' }, { ...model, home: paths.myWork.to({}) }, reply.code(status));
  }
}

/** What the person had typed (attacker-controlled), to be given back rather than lost. */
function typedOf(request: PortalRequest): readonly { name: string; text: string }[] {
  return fieldsOf(request.body).all()
    .filter(([name, text]) => !OWN_FIELDS.has(name) && !name.startsWith('marking.') && name !== 'audience' && text.trim() !== '')
    .map(([name, text]) => ({ name: labelOf(name), text }));
}

function labelOf(name: string): string {
  const text = name.replaceAll('.', ' ').replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
