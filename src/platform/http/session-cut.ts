import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SessionId } from '../../../libs/kernel/index.js';
import type { LiveFeed } from '../live/live-feed.js';
import type { LiveSignal } from '../live/live-signal.js';
import type { Sessions } from './sessions.js';
import type { RequestFacts } from './verb.js';

/** Long enough for an answer that is being written, signing out among them; what takes longer sends or receives a file. */
const GRACE_MS = 500;
/** How often what no signal tells is looked for: that a session's time has passed. */
const CHECK_MS = 5_000;

type UnderWay = ReadonlySet<FastifyRequest & RequestFacts>;

/**
 * Ends what is still under way when its session ends or its person is disabled: each request is let in once, and a large
 * file takes minutes. Within a second nothing more of it is handed out or taken in. A feed that was deaf for a moment may
 * have missed the word, so every session with something under way is asked for again.
 */
export function installSessionCut(fastify: FastifyInstance, feed: LiveFeed, sessions: Pick<Sessions, 'fallen'>): void {
  const underWay = new Set<FastifyRequest & RequestFacts>();
  fastify.addHook('onRequest', (request: FastifyRequest & RequestFacts, reply, done) => {
    if (request.actor) {
      underWay.add(request);
      reply.raw.once('close', () => underWay.delete(request));
    }
    done();
  });
  feed.on((signal) => cutSoon(underWay, (request) => isEndedBy(request, signal)));
  feed.onGap(() => void lookAgain(underWay, sessions));
  const timer = setInterval(() => void lookAgain(underWay, sessions), CHECK_MS).unref();
  fastify.addHook('onClose', (_server, done) => {
    clearInterval(timer);
    done();
  });
}

/** What cannot be decided is not gone on with; an upload goes on where it stopped, once it can. */
async function lookAgain(underWay: UnderWay, sessions: Pick<Sessions, 'fallen'>): Promise<void> {
  const asked = [...new Set([...underWay].flatMap(({ actor }) => actor?.sessionId ?? []))];
  const fallen: ReadonlySet<SessionId | undefined> = new Set(await sessions.fallen(asked).catch(() => asked));
  cutSoon(underWay, ({ actor }) => fallen.has(actor?.sessionId));
}

function cutSoon(underWay: UnderWay, isEnded: (request: RequestFacts) => boolean): void {
  for (const request of underWay) if (isEnded(request)) setTimeout(() => cut(underWay, request), GRACE_MS).unref();
}

function cut(underWay: UnderWay, request: FastifyRequest): void {
  if (underWay.has(request)) request.raw.destroy();
}

function isEndedBy({ actor }: RequestFacts, { kind, ids }: LiveSignal): boolean {
  if (kind === 'session-ended') return ids['sessionId'] === actor?.sessionId;
  return kind === 'person-disabled' && ids['personId'] === actor?.personId;
}
