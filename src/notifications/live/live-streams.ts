import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ActorRef, SessionId } from '../../../libs/kernel/index.js';
import { LiveFeed, type ActContext } from '../../platform/index.js';
import { LiveSight } from './live-sight.js';
import { LiveStream } from './live-stream.js';

/** Streams one session may have open at once: one per page she looks at, and then some. */
export const STREAMS_PER_SESSION = 6;
const CHECK_MS = 5_000;

/** Every open stream of this process. */
@Injectable()
export class LiveStreams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly open = new Set<LiveStream>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: LiveFeed,
    private readonly sight: LiveSight,
  ) {}

  onModuleInit(): void {
    this.feed.on((signal) => {
      for (const stream of [...this.open]) stream.hear(signal);
    });
    this.feed.onGap(() => {
      for (const stream of [...this.open]) stream.refresh();
    });
    this.timer = setInterval(() => {
      for (const stream of [...this.open]) stream.check();
    }, CHECK_MS);
    this.timer.unref();
  }

  /** A stream left open would keep the server from closing. */
  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const stream of [...this.open]) stream.end();
  }

  /** Whether this session has as many streams as it may have. */
  isFull(session: SessionId): boolean {
    return [...this.open].filter((stream) => stream.actor.sessionId === session).length >= STREAMS_PER_SESSION;
  }

  /** Opens a stream; it leaves the books when it ends, whoever ends it. */
  start(context: ActContext, actor: ActorRef): LiveStream {
    const stream = new LiveStream(context, actor, this.sight, (ended) => this.open.delete(ended));
    this.open.add(stream);
    return stream;
  }
}
