import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { ActorRef } from '../../../libs/kernel/index.js';
import type { Verb as VerbName } from '../../../libs/policy/index.js';
import type { ActContext } from '../act.js';

/** Metadata key under which a handler declares what it does. */
export const VERB = 'concordat:verb';

/** What a handler declared. */
export interface DeclaredVerb {
  readonly verb: VerbName;
  readonly anonymous: boolean;
}

/**
 * Declares the act a resolver method or a route performs. A handler without it stops the application from starting;
 * unless `anonymous` is said, nobody reaches the handler without a session.
 */
export function Verb(verb: VerbName, options: { readonly anonymous?: boolean } = {}): CustomDecorator {
  return SetMetadata(VERB, { verb, anonymous: options.anonymous === true } satisfies DeclaredVerb);
}

/** What platform's hooks leave on every request. */
export interface RequestFacts {
  actor?: ActorRef | undefined;
}

/** The context object of every GraphQL execution, over HTTP or in process. */
export interface GraphqlContext {
  readonly actor: ActorRef | undefined;
  readonly correlationId: string;
}

/** Who asks and in which request, from a route or a resolver. */
export function actContextOf(execution: ExecutionContext): ActContext {
  if (execution.getType<'http' | 'graphql'>() === 'graphql') {
    const { actor, correlationId } = GqlExecutionContext.create(execution).getContext<GraphqlContext>();
    return { actor, correlationId };
  }
  return requestContext(execution.switchToHttp().getRequest<FastifyRequest>());
}

/** The act context of a plain Fastify request whose session has been resolved. */
export function requestContext(request: FastifyRequest & RequestFacts): ActContext {
  return { actor: request.actor, correlationId: request.id };
}

/** Parameter decorator: the {@link ActContext} of this request. */
export const Act = createParamDecorator((_: unknown, execution: ExecutionContext) => actContextOf(execution));
