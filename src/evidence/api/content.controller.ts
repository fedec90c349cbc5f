import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Act, Log, Verb, type ActContext } from '../../platform/index.js';
import { OpenExhibit, type OpenedExhibit } from '../commands/open-exhibit.js';
import { contentDisposition } from '../domain/file-name.js';
import { sendRefusal, statusOf } from './answers.js';
import { octetStream } from './octet-stream.js';

/** What somebody else deposited never runs here: no script, no frame, no plug-in, no guessing of its type. */
const INERT = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The bytes of an exhibit. */
@Controller('evidence')
export class ContentController {
  constructor(
    private readonly openExhibit: OpenExhibit,
    private readonly log: Log,
  ) {}

  @Verb('exhibit.open')
  @Get(':itemId/content')
  async content(@Act() context: ActContext, @Param('itemId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const opened = await this.openExhibit.execute(context, id, request.headers.range);
    if (!opened.ok) return void sendRefusal(reply, opened.error, statusOf(opened.error));
    if (opened.value === 'unsatisfiable') return void reply.code(416).send();
    this.send(reply, opened.value);
  }

  private send(reply: FastifyReply, opened: OpenedExhibit): void {
    const { exhibit, range } = opened;
    const octets = octetStream(opened);
    // A chunk that does not hold ends the connection before the promised length: nobody takes the part for the whole.
    octets.on('error', (fault) => {
      this.log.error({ item: exhibit.itemId, fault: fault.message }, 'A stored exhibit broke off while being read');
      reply.raw.destroy();
    });
    void reply.code(range ? 206 : 200).headers(headersOf(opened)).send(octets);
  }
}

function headersOf({ exhibit, marking, range }: OpenedExhibit): Record<string, string> {
  const { from, to } = range ?? { from: 0, to: exhibit.sizeBytes };
  return {
    'content-type': exhibit.mediaType,
    'content-length': String(to - from),
    'content-disposition': contentDisposition(exhibit.fileName),
    'content-security-policy': INERT,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    'concordat-marking': marking,
    'repr-digest': `sha-256=:${Buffer.from(exhibit.sha256, 'hex').toString('base64')}:`,
    ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${exhibit.sizeBytes}` } : {}),
  };
}
