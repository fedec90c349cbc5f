import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/index.js';
import { Verb } from '../http/verb.js';
import { Metrics } from './metrics.js';
import { mayReadMetrics } from './metrics-access.js';
import { Readiness } from './readiness.js';

/** What an operator's tools ask: is the process alive, can it serve, how is it doing. */
@Controller()
export class OperationsController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('health/live')
  @Verb('operations.health', { anonymous: true })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Verb('operations.health', { anonymous: true })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const state = await this.readiness.state();
    await reply.code(state.ready ? 200 : 503).send({ status: state.ready ? 'ready' : 'not-ready', parts: state.parts });
  }

  @Get('metrics')
  @Verb('operations.metrics', { anonymous: true })
  async scrape(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!mayReadMetrics(request, this.config.metricsToken)) {
      await reply.code(404).send({ code: 'not-found', message: 'There is nothing here.' });
      return;
    }
    const { contentType, text } = await this.metrics.scrape();
    await reply.type(contentType).send(text);
  }
}
