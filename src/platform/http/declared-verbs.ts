import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { isAnonymous, isVerb } from '../../../libs/policy/index.js';
import { VERB, type DeclaredVerb } from './verb.js';

const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';

/** One handler as found in the running application. */
export interface FoundHandler {
  readonly name: string;
  readonly declared: DeclaredVerb | undefined;
}

/** Refuses to boot while any route or resolver has not said what act it performs (law 1). */
@Injectable()
export class DeclaredVerbs implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const faults = this.handlers().flatMap(faultOf);
    if (faults.length > 0) throw new Error(`The application does not start: ${faults.join(' ')}`);
  }

  /** Every route and resolver method of the application. */
  handlers(): FoundHandler[] {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    return wrappers.flatMap(({ instance, metatype }) => {
      if (typeof instance !== 'object' || instance === null || !metatype) return [];
      return this.handlersOf(instance as Record<string, unknown>);
    });
  }

  private handlersOf(instance: Record<string, unknown>): FoundHandler[] {
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
    if (!prototype) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method];
      if (typeof handler !== 'function' || !isHandler(handler)) return [];
      const declared = Reflect.getMetadata(VERB, handler) as DeclaredVerb | undefined;
      return [{ name: `${instance.constructor.name}.${method}`, declared }];
    });
  }
}

function isHandler(method: object): boolean {
  return (
    Reflect.hasMetadata(PATH_METADATA, method) ||
    Reflect.hasMetadata(RESOLVER_TYPE, method) ||
    Reflect.hasMetadata(RESOLVER_NAME, method)
  );
}

function faultOf({ name, declared }: FoundHandler): string[] {
  if (!declared) return [`${name} declares no verb; add @Verb('thing.act').`];
  if (!isVerb(declared.verb)) return [`${name} declares the unknown verb ${String(declared.verb)}.`];
  if (declared.anonymous && !isAnonymous(declared.verb)) return [`${name} lets anybody try ${declared.verb}, which needs a session.`];
  return [];
}
