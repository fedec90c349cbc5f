import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bears } from '../../platform/http/index.js';
import { Act, CONFIG, Clock, Verb, type ActContext, type Config } from '../../platform/index.js';
import { isPermitted } from '../queries/auditor-reading.js';
import { PublishedTree } from '../queries/published-tree.js';

const PREFIX = '/ledger/';

/**
 * The ledger's tree for monitors (C2SP tlog-tiles): `/ledger/checkpoint` and `/ledger/tile/L/N[.p/W]`. How large it is says
 * how much is done here, so only a signed-in auditor or the bearer of LEDGER_MONITOR_TOKEN reads it; to anybody else, and
 * for whatever is not there, it is the same absence.
 */
@Controller()
export class TreeController {
  constructor(
    private readonly tree: PublishedTree,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('ledger/checkpoint')
  @Verb('ledger.monitor', { anonymous: true })
  async checkpoint(@Act() context: ActContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = request.url === `${PREFIX}checkpoint` && this.mayRead(context, request);
    const note = asked ? await this.tree.checkpoint(context) : undefined;
    if (note === undefined) nothing(reply);
    else void reply.type('text/plain; charset=utf-8').header('cache-control', 'private, no-cache').send(note);
  }

  /** The address as it was sent decides, not what a router makes of it: one tile has one address. */
  @Get('ledger/tile/*')
  @Verb('ledger.monitor', { anonymous: true })
  async tile(@Act() context: ActContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const octets = this.mayRead(context, request) ? await this.tree.tile(context, request.url.slice(PREFIX.length)) : undefined;
    if (octets === undefined) nothing(reply);
    else void reply.type('application/octet-stream').header('cache-control', 'private, max-age=31536000, immutable').send(octets);
  }

  private mayRead(context: ActContext, request: FastifyRequest): boolean {
    const token = this.config.ledgerMonitorToken;
    return isPermitted(context, 'ledger.read', this.clock.now()) || (token !== undefined && bears(request.headers.authorization, token));
  }
}

function nothing(reply: FastifyReply): void {
  void reply.code(404).send({ code: 'not-found', message: 'There is nothing here.' });
}
