import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cleanText, err, MOST_TYPED, NOT_FOUND, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { parse } from '../../platform/graphql/index.js';
import { isCsrfToken, REFUSAL_HEADERS, refusalPage } from '../../platform/http/index.js';
import { Act, CONFIG, Log, Verb, type ActContext, type Config } from '../../platform/index.js';
import type { BundleRequest } from '../commands/bundle-content.js';
import { MakeBundle, MOST_EXHIBITS, type Bundle } from '../commands/make-bundle.js';
import { contentDisposition } from '../domain/file-name.js';
import { orSignIn, statusOf } from './answers.js';

const words = (name: string, max: number, missing: string) =>
  z.string(missing).transform((text, context) => {
    const clean = cleanText(text, { min: 1, max, lines: false });
    if (clean.ok) return clean.value;
    context.addIssue({ code: 'custom', message: text.trim() === '' ? missing : `${name}: ${clean.error}` });
    return z.NEVER;
  });

const chosen = z.preprocess((value) => (typeof value === 'string' ? [value] : (value ?? [])), z.array(z.string().max(100)).max(MOST_EXHIBITS, `A bundle holds up to ${MOST_EXHIBITS} exhibits. Choose fewer.`));
const formSchema = z
  .object({
    scope: z.enum(['all', 'chosen'], 'Choose which exhibits go into the bundle.'),
    exhibits: chosen,
    recipients: words('Who it is for', MOST_TYPED.bundleFor, 'Say who the bundle is for.'),
    reason: words('Why', MOST_TYPED.bundleReason, 'Say why the bundle is made.'),
  })
  .refine(({ scope, exhibits }) => scope === 'all' || exhibits.length > 0, 'Choose at least one exhibit.');

const NOT_FROM_HERE: Refusal = { ...NOT_FOUND, message: 'This form did not come from your session. Open the page again and send it from there.' };

/** A court bundle as a file: sent as a form, so that it is made without script and never by following a link. */
@Controller('evidence/bundles')
export class BundleController {
  constructor(
    private readonly bundles: MakeBundle,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  /** The body is attacker-controlled. */
  @Verb('bundle.make')
  @Post(':workspaceId')
  async make(@Act() context: ActContext, @Param('workspaceId') workspaceId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = this.read(context, workspaceId, request.body);
    const made = asked.ok ? await this.bundles.execute(context, asked.value, (bundle) => this.deliver(reply, bundle)) : asked;
    if (!made.ok) say(reply, made.error);
  }

  private read({ actor }: ActContext, workspaceId: string, body: unknown): Result<BundleRequest, Refusal> {
    const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
    if (actor === undefined || !isCsrfToken(this.config.keys.cookieSecret, actor.sessionId, fields['csrf'])) return err(NOT_FROM_HERE);
    const form = parse(formSchema, fields, '');
    if (!form.ok) return form;
    const { scope, exhibits, recipients, reason } = form.value;
    return { ok: true, value: { workspaceId, exhibits: scope === 'all' ? undefined : exhibits, recipients, reason } };
  }

  private deliver(reply: FastifyReply, { id, octets, marking, fileName }: Bundle): Promise<boolean> {
    return new Promise((resolve) => {
      octets.on('error', (fault) => {
        this.log.error({ bundle: id, fault: fault.message }, 'A court bundle broke off');
        reply.raw.destroy();
      });
      this.watch(reply);
      reply.raw.once('close', () => resolve(reply.raw.writableFinished));
      if (reply.raw.destroyed) {
        // Whoever hung up while it was being prepared is given nothing, and holds no place.
        octets.destroy();
        resolve(false);
        return;
      }
      void reply.code(200).headers({ 'content-type': 'application/zip', 'content-disposition': contentDisposition(fileName), 'concordat-marking': marking, 'cache-control': 'no-store' }).send(octets);
    });
  }

  /**
   * Whoever takes nothing any more is let go of: a place is held for her. While nothing is there for her to take, because the proofs of a
   * long bundle are being made, nobody waits for her.
   */
  private watch({ raw }: FastifyReply): void {
    const idleMs = this.config.export.idleSeconds * 1000;
    raw.setTimeout(idleMs, () => {
      if (raw.writableLength > 0) raw.destroy();
      else if (!raw.destroyed) raw.socket?.setTimeout(idleMs);
    });
  }
}

function say(reply: FastifyReply, refused: Refusal): void {
  const said = orSignIn(refused);
  const message = said.faults.length === 0 ? said.message : said.faults.map((fault) => fault.message).join(' ');
  void reply.code(statusOf(said)).headers(REFUSAL_HEADERS).send(refusalPage('No bundle was made', message));
}
