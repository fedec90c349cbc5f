import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import { TrustedDocuments } from '../../platform/graphql/index.js';
import { requestContext, SignInNeeded } from '../../platform/http/index.js';
import { CONFIG, Log, Verb, type Config } from '../../platform/index.js';
import type { LiveStream } from './live-stream.js';
import { LiveStreams, STREAMS_PER_SESSION } from './live-streams.js';
import { isFromOwnPage, streamDocument } from './stream-request.js';

interface StreamQuery {
  readonly query?: unknown;
}

/** Live updates as server-sent events (GraphQL over SSE, distinct connections), over the session cookie. */
@Controller('graphql/stream')
export class StreamController {
  constructor(
    private readonly modules: ModuleRef,
    private readonly documents: TrustedDocuments,
    private readonly streams: LiveStreams,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** For EventSource, which can only GET. */
  @Verb('live.listen')
  @Get()
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.open(request, reply, (request.query as StreamQuery).query);
  }

  @Verb('live.listen')
  @Post()
  post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.open(request, reply, (request.body as StreamQuery | undefined)?.query);
  }

  private async open(request: FastifyRequest, reply: FastifyReply, query: unknown): Promise<void> {
    const { actor, correlationId } = requestContext(request);
    if (!actor) throw new SignInNeeded();
    if (!isFromOwnPage(request, this.config.baseUrl)) { refuse(reply, 403, 'This request did not come from a page of this portal.'); return; }
    if (request.headers.accept !== 'text/event-stream') { refuse(reply, 406, 'Ask for text/event-stream.'); return; }
    if (this.streams.isFull(actor.sessionId)) { refuse(reply, 429, `At most ${STREAMS_PER_SESSION} streams can be open in one session. Close a page.`); return; }
    const { schema } = this.modules.get(GraphQLSchemaHost, { strict: false });
    const document = streamDocument(schema, this.config, this.documents, query);
    if (!document.ok) { refuse(reply, 400, document.error.message); return; }
    let stream: LiveStream | undefined;
    const contextValue = { actor, correlationId, opened: (started: LiveStream) => (stream = started) };
    const handler = createHandler({
      authenticate: () => null,
      onSubscribe: () => ({ schema, document: document.value, contextValue }),
      onNext: (_context, _request, result) => (result.errors ? { errors: [], data: null } : undefined),
    });
    reply.raw.once('close', () => stream?.end());
    await this.run(handler, request, reply);
  }

  private async run(handler: ReturnType<typeof createHandler>, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('x-accel-buffering', 'no').hijack();
    try {
      await handler(request, reply);
    } catch (fault) {
      this.log.warn({ correlationId: request.id, kind: fault instanceof Error ? fault.name : typeof fault }, 'A live stream broke off');
      reply.raw.destroy();
    }
  }
}

function refuse(reply: FastifyReply, status: number, message: string): void {
  void reply.code(status).send({ data: null, errors: [{ message, extensions: { code: 'bad-query' } }] });
}
