import type { ActorRef } from '../../../libs/kernel/index.js';
import type { ActContext, LiveSignal } from '../../platform/index.js';
import type { LiveSignalView } from '../api/alert.views.js';
import type { LiveSight, Sighting } from './live-sight.js';

/** Signals one stream may be behind by. A reader that far behind is better off beginning anew. */
const BACKLOG = 500;

/** One value of the subscription's source. */
export interface LiveValue {
  readonly live: LiveSignalView;
}

type Next = IteratorResult<LiveValue, undefined>;
type Look = () => Promise<Sighting>;

const DONE: Next = { done: true, value: undefined };

/**
 * The signals one reader is shown, in order, each authorised when its turn comes. Written out rather than as a generator,
 * because a generator that is waiting cannot be ended from outside, and this one must end at once.
 */
export class LiveStream implements AsyncGenerator<LiveValue, undefined, undefined> {
  private readonly waiting: Look[] = [];
  private wake: (() => void) | undefined;
  private ended = false;

  /** @param onEnd - called once, whoever ends the stream. */
  constructor(
    private readonly context: ActContext,
    readonly actor: ActorRef,
    private readonly sight: LiveSight,
    private readonly onEnd: (stream: LiveStream) => void,
  ) {
    this.refresh();
  }

  /** Takes a signal in. The end of this very session needs no further look. */
  hear(signal: LiveSignal): void {
    if (this.isEndedBy(signal)) this.end();
    else if (signal.kind !== 'session-ended' && signal.kind !== 'person-disabled') this.add(() => this.sight.sight(this.context, this.actor, signal));
  }

  /** Says anew how things stand: at the beginning, and when signals may have been missed. */
  refresh(): void {
    this.add(() => this.sight.opening(this.context, this.actor));
  }

  /** Looks whether the session still stands, for what no signal tells: that time has passed. */
  check(): void {
    this.add(() => this.sight.check(this.context));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.waiting.length = 0;
    this.wake?.();
    this.onEnd(this);
  }

  async next(): Promise<Next> {
    while (!this.ended) {
      const look = this.waiting.shift();
      if (!look) {
        await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      const sighting = await this.tryLook(look);
      // The session may have ended while we looked.
      if (this.isOver()) return DONE;
      if (sighting.do === 'show') return { done: false, value: { live: sighting.signal } };
      if (sighting.do === 'end') this.end();
    }
    return DONE;
  }

  return(): Promise<Next> {
    this.end();
    return Promise.resolve(DONE);
  }

  throw(): Promise<Next> {
    return this.return();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private isOver(): boolean {
    return this.ended;
  }

  /** What cannot be decided is not shown, and a reader who misses something must begin anew. */
  private async tryLook(look: Look): Promise<Sighting> {
    try {
      return await look();
    } catch {
      return { do: 'end' };
    }
  }

  private add(look: Look): void {
    if (this.ended) return;
    if (this.waiting.push(look) > BACKLOG) this.end();
    else this.wake?.();
  }

  private isEndedBy({ kind, ids }: LiveSignal): boolean {
    if (kind === 'session-ended') return ids['sessionId'] === this.actor.sessionId;
    return kind === 'person-disabled' && ids['personId'] === this.actor.personId;
  }
}
