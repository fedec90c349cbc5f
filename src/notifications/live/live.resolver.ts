import { Context, Resolver, Subscription } from '@nestjs/graphql';
import { SignInNeeded } from '../../platform/http/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { LiveSignalView } from '../api/alert.views.js';
import { LiveStreams } from './live-streams.js';
import type { LiveStream } from './live-stream.js';

/** The GraphQL context of a stream, beside what every execution has. */
export interface StreamContext {
  /** Told of the stream that the subscription opened, so that a lost connection ends it. */
  readonly opened?: (stream: LiveStream) => void;
}

@Resolver(() => LiveSignalView)
export class LiveResolver {
  constructor(private readonly streams: LiveStreams) {}

  @Verb('live.listen')
  @Subscription(() => LiveSignalView, { name: 'live' })
  live(@Act() context: ActContext, @Context() { opened }: StreamContext): LiveStream {
    if (!context.actor) throw new SignInNeeded();
    const stream = this.streams.start(context, context.actor);
    opened?.(stream);
    return stream;
  }
}
