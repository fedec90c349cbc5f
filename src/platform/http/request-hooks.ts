import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/index.js';
import { isOwnOrigin } from './same-origin.js';
import { RequestRate } from './request-rate.js';
import type { Sessions } from './sessions.js';
import type { RequestFacts } from './verb.js';

/** Messages an identity provider posts from another origin. */
const FROM_ELSEWHERE = /^\/saml\/[^/?]+\/(acs|slo)(\?|$)/;

/**
 * The same for everybody, so no session is looked up and no rate is kept: styles, scripts and pictures of the portal, and
 * what a supervisor asks. A rate there would make a busy portal look dead.
 */
const SAME_FOR_ALL = /^\/(assets\/|health\/|metrics(\?|$))/;

/** Installs what every request passes before any handler: own-origin rule, rate limit, and the session behind the cookie. */
export function installRequestHooks(fastify: FastifyInstance, config: Config, sessions: Sessions): void {
  const rate = new RequestRate(config.rateLimitPerMinute);
  fastify.decorateRequest('actor', undefined);
  fastify.addHook('onRequest', async (request: FastifyRequest & RequestFacts, reply) => {
    secure(reply);
    if (!isOwnOrigin(request, config.baseUrl, FROM_ELSEWHERE)) return refuseOrigin(reply);
    if (SAME_FOR_ALL.test(request.url)) return undefined;
    const token = request.cookies[sessions.cookieName];
    if (token !== undefined) {
      request.actor = await sessions.resolve(token);
      if (!request.actor) sessions.forget(request, reply);
    }
    const wait = await rate.take(request.actor?.sessionId ?? request.ip);
    if (wait > 0) return refuseRate(reply, wait);
    return undefined;
  });
}

/** Headers that hold for every answer; pages and downloads add their own content security policy. */
function secure(reply: FastifyReply): void {
  void reply.headers({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cache-control': 'no-store',
  });
}

function refuseOrigin(reply: FastifyReply): FastifyReply {
  return reply.code(403).send({
    code: 'other-origin',
    message: 'This request did not come from a page of this portal. Open the portal and try again from there.',
  });
}

function refuseRate(reply: FastifyReply, seconds: number): FastifyReply {
  return reply.code(429).header('retry-after', String(seconds)).send({
    code: 'rate-limited',
    message: `Too many requests. Wait ${seconds} seconds and try again.`,
  });
}
