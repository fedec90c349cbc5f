import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { CONFIG, type Config } from '../config/index.js';
import type { GraphqlContext, RequestFacts } from '../http/verb.js';
import { Log } from '../telemetry/index.js';
import { Cursors } from './cursors.js';
import { formatErrors } from './error-format.js';
import { GraphqlPort } from './graphql-port.js';
import { costRule } from './limits.js';
import { DateTime } from './scalars.js';
import { TrustedDocuments } from './trusted-documents.js';

/** Times a document must have run before it is compiled, so that one-off query texts cost no compilation. */
const COMPILE_AFTER = 2;

/**
 * Largest query the parser reads. It goes down one call for each bracket, and an unbounded query (attacker-controlled)
 * would end on the bottom of the stack; the portal's own largest has a fifth of this.
 */
const MOST_TOKENS = 1_000;

function options(config: Config, log: Log): MercuriusDriverConfig {
  const production = config.mode === 'production';
  const validationRules: ValidationRule[] = production ? [costRule, NoSchemaIntrospectionCustomRule] : [costRule];
  return {
    driver: MercuriusDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    buildSchemaOptions: { scalarsMap: [{ type: Date, scalar: DateTime }] },
    graphiql: false,
    subscription: false,
    allowBatchedQueries: false,
    jit: COMPILE_AFTER,
    graphql: { parseOptions: { maxLexicalTokens: MOST_TOKENS } },
    validationRules,
    errorFormatter: formatErrors(log),
    context: (request: FastifyRequest & RequestFacts): GraphqlContext => ({ actor: request.actor, correlationId: request.id }),
  };
}

/** The one GraphQL schema, over HTTP at /graphql and in process for the portal. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({ driver: MercuriusDriver, inject: [CONFIG, Log], useFactory: options }),
  ],
  providers: [Cursors, GraphqlPort, TrustedDocuments],
  exports: [Cursors, GraphqlPort, TrustedDocuments],
})
export class PlatformGraphqlModule {}
