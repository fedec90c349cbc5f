import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Act, Log, Verb, type ActContext } from '../../platform/index.js';
import { OpenExhibit, type Asking, type OpenedExhibit } from '../commands/open-exhibit.js';
import { contentDisposition } from '../domain/file-name.js';
import { PreviewKind, previewKind } from '../domain/preview.js';
import { orAway, sendRefusal, statusOf } from './answers.js';
import { octetStream } from './octet-stream.js';

/** What somebody else deposited never runs here: no script, no frame, no plug-in, no guessing of its type. */
const INERT = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The same inside a page of the portal. */
const SHOWN = "default-src 'none'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/**
 * A browser's own reader of PDF does not start under `sandbox`, and is itself one: it runs apart from the page, and an
 * answer typed application/pdf is never read as a page.
 */
const SHOWN_DOCUMENT = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/** The bytes of an exhibit. */
@Controller('evidence')
export class ContentController {
  constructor(
    private readonly openExhibit: OpenExhibit,
    private readonly log: Log,
  ) {}

  /** The file, for the reader to keep. */
  @Verb('exhibit.open')
  @Get(':itemId/content')
  content(@Act() context: ActContext, @Param('itemId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(context, id, { as: 'file', range: request.headers.range }, reply);
  }

  /** The file, shown inside a page of the portal. Only kinds that can run nothing. */
  @Verb('exhibit.open')
  @Get(':itemId/preview')
  preview(@Act() context: ActContext, @Param('itemId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(context, id, { as: 'preview', range: request.headers.range }, reply);
  }

  /** What is kept sealed because of malware, for who reviews it: never shown, and under a name that nothing opens by itself. */
  @Verb('exhibit.review')
  @Get(':itemId/review')
  review(@Act() context: ActContext, @Param('itemId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(context, id, { as: 'review', range: request.headers.range }, reply);
  }

  private async answer(context: ActContext, id: string, asking: Asking, reply: FastifyReply): Promise<void> {
    const opened = await orAway(this.openExhibit.execute(context, id, asking), this.log);
    if (!opened.ok) return void sendRefusal(reply, opened.error, statusOf(opened.error));
    if (opened.value === 'unsatisfiable') return void reply.code(416).send();
    const { exhibit } = opened.value;
    const octets = octetStream(opened.value);
    // A chunk that does not hold ends the connection before the promised length: nobody takes the part for the whole.
    octets.on('error', (fault) => {
      this.log.error({ item: exhibit.itemId, fault: fault.message }, 'A stored exhibit broke off while being read');
      reply.raw.destroy();
    });
    const shape = SHAPES[asking.as](opened.value);
    void reply.code('content-range' in shape ? 206 : 200).headers({ ...headersOf(opened.value), ...shape }).send(octets);
  }
}

function headersOf({ exhibit, marking, range }: OpenedExhibit): Record<string, string> {
  const { from, to } = range ?? { from: 0, to: exhibit.sizeBytes };
  return {
    'content-type': exhibit.mediaType,
    'content-length': String(to - from),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'concordat-marking': marking,
  };
}

function fileHeaders(opened: OpenedExhibit): Record<string, string> {
  const { exhibit } = opened;
  return {
    'content-disposition': contentDisposition(exhibit.fileName),
    'content-security-policy': INERT,
    'repr-digest': `sha-256=:${Buffer.from(exhibit.sha256, 'hex').toString('base64')}:`,
    ...rangeHeaders(opened),
  };
}

/** Of a text the beginning is sent as an answer of its own, which takes no ranges. */
function previewHeaders(opened: OpenedExhibit): Record<string, string> {
  const { fileName, mediaType } = opened.exhibit;
  const kind = previewKind(mediaType);
  return {
    'content-disposition': contentDisposition(fileName, 'inline'),
    'content-security-policy': kind === PreviewKind.Document ? SHOWN_DOCUMENT : SHOWN,
    ...(kind === PreviewKind.Text ? { 'content-type': `${mediaType}; charset=utf-8` } : rangeHeaders(opened)),
  };
}

function reviewHeaders(opened: OpenedExhibit): Record<string, string> {
  const { fileName } = opened.exhibit;
  return { ...fileHeaders(opened), 'content-type': 'application/octet-stream', 'content-disposition': contentDisposition(`${fileName}.sealed`) };
}

const SHAPES: Readonly<Record<Asking['as'], (opened: OpenedExhibit) => Record<string, string>>> = { file: fileHeaders, preview: previewHeaders, review: reviewHeaders };

function rangeHeaders({ exhibit, range }: OpenedExhibit): Record<string, string> {
  const part = range && { 'content-range': `bytes ${range.from}-${range.to - 1}/${exhibit.sizeBytes}` };
  return { 'accept-ranges': 'bytes', ...part };
}
