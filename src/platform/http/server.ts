import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONFIG, type Config } from '../config/index.js';
import { installGraphqlHooks } from '../graphql/graphql-hooks.js';
import { TrustedDocuments } from '../graphql/trusted-documents.js';
import { installVariableDefaults } from '../graphql/variable-defaults.js';
import { LiveFeed } from '../live/live-feed.js';
import { installClosing } from './closing.js';
import { installRequestHooks } from './request-hooks.js';
import { installSessionCut } from './session-cut.js';
import { Sessions } from './sessions.js';

/** Largest body of an ordinary request, in bytes. Uploads stream and have their own limit. */
const BODY_LIMIT = 1024 * 1024;

/**
 * The HTTP server under Nest. Request ids are ours: a client's header (attacker-controlled) is never taken over, and of
 * addresses only what a proxy of the deployment's own says.
 */
export function httpAdapter({ trustedProxies }: Pick<Config, 'trustedProxies'>): FastifyAdapter {
  const trustProxy = trustedProxies.length === 0 ? false : [...trustedProxies];
  return new FastifyAdapter({ trustProxy, bodyLimit: BODY_LIMIT, genReqId: () => randomUUID(), logger: false });
}

/** Installs what every request passes, in order: cookies, own origin, session, GraphQL's own rules. */
export async function prepareHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get<Config>(CONFIG);
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(cookie);
  installRequestHooks(fastify, config, app.get(Sessions));
  installSessionCut(fastify, app.get(LiveFeed), app.get(Sessions));
  installGraphqlHooks(fastify, app.get(TrustedDocuments), config.trustedDocumentsOnly);
  installVariableDefaults(fastify);
  installClosing(fastify);
}
