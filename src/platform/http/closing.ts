import type { FastifyInstance } from 'fastify';

const LOOK_MS = 50;
/** What is still being answered then is cut: whoever supervises the process would kill it anyway. */
const LAST_MS = 3_500;

/**
 * Lets a server that was asked to stop come to its end: what is under way is answered, and every connection is closed as
 * soon as it falls idle, where the library would wait for the client to let go of it.
 */
export function installClosing(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    setInterval(() => fastify.server.closeIdleConnections(), LOOK_MS).unref();
    setTimeout(() => fastify.server.closeAllConnections(), LAST_MS).unref();
    done();
  });
}
