import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HANDLING, type AnyHandler, type Handling } from './event-handler.js';

/** One effect: the event it answers and the provider that does it. */
export interface RegisteredHandler extends Handling {
  readonly handler: AnyHandler;
}

/** Every event handler of this process. */
@Injectable()
export class HandlerRegistry {
  private found: readonly RegisteredHandler[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /**
   * All of them, by name of effect.
   *
   * @throws Error when two handlers claim one effect, which would silently skip one of them.
   */
  all(): readonly RegisteredHandler[] {
    this.found ??= this.discover();
    return this.found;
  }

  /** The effects of one type of event. */
  effectsOf(type: string): readonly string[] {
    return this.all().flatMap((handler) => (handler.contract.type === type ? [handler.effect] : []));
  }

  private discover(): readonly RegisteredHandler[] {
    const found = this.discovery.getProviders().flatMap(({ instance, metatype }): RegisteredHandler[] => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
      const handling = Reflect.getMetadata(HANDLING, metatype) as Handling | undefined;
      return handling ? [{ ...handling, handler: instance as AnyHandler }] : [];
    });
    const effects = found.map((handler) => handler.effect);
    const twice = effects.find((effect, index) => effects.indexOf(effect) !== index);
    if (twice !== undefined) throw new Error(`Two event handlers claim the effect "${twice}". Give each a name of its own.`);
    return found;
  }
}
