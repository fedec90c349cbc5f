import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LiveFeed } from '../live/live-feed.js';
import type { LiveSignal } from '../live/live-signal.js';
import type { RequestFacts } from './verb.js';

/** Long enough for an answer that is being written, signing out among them; what takes longer sends or receives a file. */
const GRACE_MS = 500;

/**
 * Ends what is still under way when its session ends or its person is disabled: each request is let in once, and a large
 * file takes minutes. Within a second nothing more of it is handed out or taken in.
 */
export function installSessionCut(fastify: FastifyInstance, feed: LiveFeed): void {
  const underWay = new Set<FastifyRequest & RequestFacts>();
  fastify.addHook('onRequest', (request: FastifyRequest & RequestFacts, reply, done) => {
    if (request.actor) {
      underWay.add(request);
      reply.raw.once('close', () => underWay.delete(request));
    }
    done();
  });
  feed.on((signal) => {
    for (const request of underWay) if (isEndedBy(request, signal)) setTimeout(() => cut(underWay, request), GRACE_MS).unref();
  });
}

function cut(underWay: ReadonlySet<FastifyRequest>, request: FastifyRequest): void {
  if (underWay.has(request)) request.raw.destroy();
}

function isEndedBy({ actor }: RequestFacts, { kind, ids }: LiveSignal): boolean {
  if (kind === 'session-ended') return ids['sessionId'] === actor?.sessionId;
  return kind === 'person-disabled' && ids['personId'] === actor?.personId;
}
