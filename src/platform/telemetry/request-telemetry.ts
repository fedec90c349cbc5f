import type { FastifyInstance } from 'fastify';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';

/**
 * One log line and one observation per answered request. The line names the route pattern, not the address: addresses
 * carry ids and search words. `/health` and `/metrics` are asked all day and are logged at debug only.
 */
export function installRequestTelemetry(fastify: FastifyInstance, log: Log, metrics: Metrics): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-correlation-id', request.id);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    metrics.request(request.method, route, reply.statusCode, seconds);
    const fields = { correlationId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (/^\/(health|metrics)/.test(route)) log.debug(fields, 'answered');
    else log.info(fields, 'answered');
  });
}
