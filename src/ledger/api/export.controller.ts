import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NOT_FOUND, RefusalCode, err, type Refusal } from '../../../libs/kernel/index.js';
import { parse } from '../../platform/graphql/index.js';
import { REFUSAL_HEADERS, refusalPage } from '../../platform/http/index.js';
import { Act, Log, Verb, type ActContext } from '../../platform/index.js';
import { ExportLedger, FILE_MARKING, type Export } from '../commands/export-ledger.js';
import { EXPORT_FORMATS, MEDIA_TYPES, type ExportFormat } from '../domain/export-lines.js';
import { isPermitted } from '../queries/auditor-reading.js';
import { auditFilterSchema } from './inputs.js';

const formatSchema = z.enum(EXPORT_FORMATS, 'Format: Choose CSV, NDJSON or CEF.');
const filterSchema = z.preprocess(readFilter, auditFilterSchema);
const STATUS: Readonly<Partial<Record<RefusalCode, number>>> = {
  [RefusalCode.NotFound]: 404, [RefusalCode.Invalid]: 422, [RefusalCode.TooLarge]: 413, [RefusalCode.Unavailable]: 503,
};

/** Entries of the ledger as a file, for auditors. */
@Controller('ledger/export')
export class ExportController {
  constructor(
    private readonly exporting: ExportLedger,
    private readonly log: Log,
  ) {}

  /** @param filter - `AuditFilter` as JSON (attacker-controlled) */
  @Verb('ledger.export')
  @Get()
  async export(
    @Act() context: ActContext,
    @Query('filter') filter: unknown,
    @Query('format') format: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parse(z.object({ format: formatSchema, filter: filterSchema }), { format, filter }, '');
    // Whoever may not is not told either what would have been wrong.
    const done = asked.ok
      ? await this.exporting.execute(context, asked.value, (opened) => this.deliver(reply, opened, asked.value.format))
      : err(isPermitted(context, 'ledger.export', new Date(0)) ? asked.error : NOT_FOUND);
    if (!done.ok) say(request, reply, done.error);
  }

  private deliver(reply: FastifyReply, opened: Export, format: ExportFormat): Promise<boolean> {
    const { octets, reference, letGo } = opened;
    return new Promise((resolve) => {
      octets.on('error', (fault) => {
        this.log.error({ reference, fault: fault.message }, 'An export of the ledger broke off');
        reply.raw.destroy();
      });
      // Also when everything was read already and only the connection is left to her.
      letGo.addEventListener('abort', () => reply.raw.destroy());
      reply.raw.once('close', () => resolve(reply.raw.writableFinished));
      if (reply.raw.destroyed) {
        // Whoever hung up while it was being counted is given nothing.
        octets.destroy();
        resolve(false);
      } else {
        void reply.headers(headersOf(opened, format)).send(octets);
      }
    });
  }
}

/** A moment is text in JSON. What is no JSON of an object is no filter, and is refused as such. */
function readFilter(text: unknown): unknown {
  try {
    const filter: unknown = JSON.parse(typeof text === 'string' && text !== '' ? text : '{}');
    if (typeof filter !== 'object' || filter === null) return filter;
    return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, (name === 'from' || name === 'to') && typeof value === 'string' ? new Date(value) : value]));
  } catch {
    return null;
  }
}

/** A page for whoever has no script, a sentence for the page's own. */
function say({ headers }: FastifyRequest, reply: FastifyReply, { code, message }: Refusal): void {
  const isPage = headers.accept?.includes('text/html') ?? false;
  const answer = reply.code(STATUS[code] ?? 422);
  if (isPage) void answer.headers(REFUSAL_HEADERS).send(refusalPage('Nothing was exported', message));
  else void answer.type('text/plain; charset=utf-8').send(`${message}\n`);
}

/** The name says when and under which reference it was made: with it the entry that records the file is found. */
function headersOf({ reference, at, entries }: Export, format: ExportFormat): Record<string, string> {
  const stamp = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'content-type': MEDIA_TYPES[format],
    'content-disposition': `attachment; filename="concordat-ledger-${stamp}-${reference}.${format}"`,
    'concordat-marking': FILE_MARKING,
    'concordat-entries': String(entries),
  };
}
