import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csrfToken, isCsrfToken, requestContext, SignInNeeded, type RequestFacts } from '../../platform/http/index.js';
import { CONFIG, type ActContext, type Config } from '../../platform/index.js';
import { Api, BadAddress, NotHere } from '../api.js';
import { ledgerWitnessingDocument } from '../documents/ledger-witnessing.js';
import { openAlertsDocument } from '../documents/open-alerts.js';
import { shellDocument } from '../documents/shell.js';
import { fieldsOfAddress } from '../page/address.js';
import { Fields } from '../page/fields.js';
import { leaveFlash, takeFlash } from '../page/flash.js';
import type { Answer, Me, Page, Visit } from '../page/page.js';
import { chromeOf, type ChromeInput } from './chrome.js';
import { PAGE_HEADERS } from './security.js';
import { Views } from './views.js';

export type PortalRequest = FastifyRequest & RequestFacts;

type Beside = Pick<ChromeInput, 'openAlerts' | 'witnessing'>;

/** A form whose token is not that of the session: sent from elsewhere, or from before signing in again. */
export class StaleForm extends Error {}

/** Shows pages and answers their forms, the same way for each: who asks, what she may see, what was wrong, where next. */
@Injectable()
export class PageHost {
  constructor(
    private readonly api: Api,
    private readonly views: Views,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers a GET. */
  async show(page: Page<unknown>, request: PortalRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    const [loaded, beside] = await Promise.all([loadOrFault(page, visit), this.beside(visit)]);
    if (loaded instanceof BadAddress) return this.showBad(page, loaded, visit, beside, reply);
    if (loaded === undefined) throw new NotHere();
    await this.send(page, loaded, visit, { ...beside, flash: takeFlash(request, reply) }, reply);
  }

  private async showBad(page: Page<unknown>, { problems }: BadAddress, visit: Visit, beside: Beside, reply: FastifyReply): Promise<void> {
    await this.send(page, await page.nothing?.(visit), { ...visit, problems }, { ...beside, problems }, reply.code(400));
  }

  /** Answers a sent form: done and on to the next page, or the same page with what was wrong and every value kept. */
  async answer(page: Page<unknown>, request: PortalRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    const { sessionId } = visit.context.actor ?? {};
    if (!page.answer) throw new NotHere();
    if (sessionId === undefined || !isCsrfToken(this.config.keys.cookieSecret, sessionId, visit.form.text('csrf'))) throw new StaleForm();
    const loaded = await page.load(visit);
    if (loaded === undefined) throw new NotHere();
    const answer = await page.answer(visit, loaded);
    if ('go' in answer) return this.go(answer, reply);
    if ('passOn' in answer) {
      await reply.code(307).header('location', answer.passOn).header('cache-control', 'no-store').send();
      return;
    }
    const beside = await this.beside(visit);
    if ('problems' in answer) {
      const { problems } = answer;
      await this.send(page, loaded, { ...visit, problems }, { ...beside, problems }, reply.code(422));
      return;
    }
    const { show, title, model, marking, status } = answer;
    await this.write(show, { title, marking, ...beside, section: page.section, ...this.personal(visit.context, visit.me) }, model, reply.code(status));
  }

  /** Writes any view with the chrome of whoever asks. */
  async write(view: string, chrome: ChromeInput, model: object, reply: FastifyReply): Promise<void> {
    await reply.headers(PAGE_HEADERS).send(this.views.render(view, { ...chromeOf(chrome), page: model }));
  }

  /** Who asks, as chrome; nothing when nobody is signed in. */
  async who(request: PortalRequest): Promise<Partial<ChromeInput>> {
    const context = requestContext(request);
    if (!context.actor) return {};
    const { me } = await this.api.ask(shellDocument, {}, context);
    if (!me) return {};
    const openAlerts = await this.openAlerts({ me, context });
    return { ...this.personal(context, me), openAlerts };
  }

  private async send(page: Page<unknown>, loaded: unknown, visit: Visit, more: Partial<ChromeInput>, reply: FastifyReply): Promise<void> {
    const chrome = { title: page.title(loaded), section: page.section, marking: page.marking?.(loaded), ...this.personal(visit.context, visit.me), ...more };
    await this.write(page.view, chrome, page.present(loaded, visit), reply);
  }

  private personal({ actor }: ActContext, me: Me): Partial<ChromeInput> {
    return { me, csrf: actor && csrfToken(this.config.keys.cookieSecret, actor.sessionId) };
  }

  private async visit(request: PortalRequest): Promise<Visit> {
    const context = requestContext(request);
    const { me } = await this.api.ask(shellDocument, {}, context);
    if (!context.actor || !me) throw new SignInNeeded();
    return {
      context,
      me,
      parameters: request.params as Record<string, string>,
      query: fieldsOfAddress(request.url),
      form: fieldsOf(request.body),
      problems: [],
    };
  }

  /** What is shown beside the page's own content. On every page of an auditor it is said who vouches for the ledger. */
  private async beside(visit: Visit): Promise<Beside> {
    const openAlerts = await this.openAlerts(visit);
    if (!visit.me.can.audit) return { openAlerts };
    const { ledgerWitnessing } = await this.api.ask(ledgerWitnessingDocument, {}, visit.context);
    return { openAlerts, witnessing: ledgerWitnessing ?? undefined };
  }

  private async openAlerts({ me, context }: Pick<Visit, 'me' | 'context'>): Promise<number> {
    if (!me.can.seeCases) return 0;
    const { alerts } = await this.api.ask(openAlertsDocument, {}, context);
    return alerts.openCount;
  }

  private async go({ go, flash }: Extract<Answer, { go: string }>, reply: FastifyReply): Promise<void> {
    if (flash !== undefined) leaveFlash(reply, flash, this.config.baseUrl.startsWith('https:'));
    await reply.code(303).header('location', go).header('cache-control', 'no-store').send();
  }
}

/** What the page shows, or what is wrong with its address where the page can say so beside what was entered. */
async function loadOrFault(page: Page<unknown>, visit: Visit): Promise<unknown> {
  try {
    return await page.load(visit);
  } catch (fault) {
    if (page.nothing && fault instanceof BadAddress) return fault;
    throw fault;
  }
}

/** The fields of a sent body (attacker-controlled); none for anything that is not a form. */
export function fieldsOf(body: unknown): Fields {
  return new Fields(typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {});
}
