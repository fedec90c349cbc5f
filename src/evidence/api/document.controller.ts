import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z, type ZodType } from 'zod';
import { NOT_FOUND } from '../../../libs/kernel/index.js';
import { parse } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { FORMS, TakeDocument, type DocumentAsked } from '../commands/take-document.js';
import { contentDisposition } from '../domain/file-name.js';
import { LISTS } from '../domain/evidence-list.js';
import { sendRefusal, statusOf } from './answers.js';

const TYPES: Readonly<Record<DocumentAsked['form'], string>> = { html: 'text/html; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present', pdf: 'application/pdf' };

/** A page of ours with the words of strangers in it: it runs nothing and loads nothing. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const askedSchema: ZodType<DocumentAsked> = z.object({
  workspaceId: z.string(),
  list: z.enum(LISTS),
  form: z.enum(FORMS),
  version: z.string().regex(/^[1-9]\d{0,5}$/).optional().transform((given) => (given === undefined ? undefined : Number(given))),
});

/** The exhibit list and the disclosure schedule as documents, to print and to keep. */
@Controller('evidence/documents')
export class DocumentController {
  constructor(private readonly take: TakeDocument) {}

  /** Everything in the address is attacker-controlled. */
  @Verb('document.take')
  @Get(':workspaceId/:list/:form')
  async document(@Act() context: ActContext, @Param() address: Readonly<Record<string, string>>, @Query('version') version: unknown, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(askedSchema, { ...address, version }, '');
    const taken = asked.ok ? await this.take.execute(context, asked.value) : { ok: false as const, error: NOT_FOUND };
    if (!taken.ok) return void sendRefusal(reply, taken.error, statusOf(taken.error));
    const { body, marking, fileName } = taken.value;
    const form = asked.ok ? asked.value.form : 'html';
    const headers = {
      'content-type': TYPES[form],
      'content-disposition': contentDisposition(fileName, form === 'html' ? 'inline' : 'attachment'),
      'content-security-policy': INERT,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'concordat-marking': marking,
    };
    void reply.code(200).headers(headers).send(typeof body === 'string' ? body : Buffer.from(body));
  }
}
