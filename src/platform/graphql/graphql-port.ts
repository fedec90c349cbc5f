import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { ActContext } from '../act.js';
import type { GraphqlContext } from '../http/verb.js';

/** Runs a document in process against the same schema, guards and rules as over HTTP. */
@Injectable()
export class GraphqlPort {
  constructor(private readonly host: HttpAdapterHost) {}

  /**
   * Answers data and errors as over HTTP.
   *
   * @param document - the query text; the portal passes only its own, registered documents.
   * @throws Error when the document does not validate: a trusted document that does not is a bug.
   */
  async execute<Data>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    { actor, correlationId }: ActContext,
  ): Promise<ExecutionResult<Data>> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const context: GraphqlContext = { actor, correlationId };
    const answer = await fastify.graphql(document, { ...context }, { ...variables });
    return answer as ExecutionResult<Data>;
  }
}
