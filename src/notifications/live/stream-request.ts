import {
  getOperationAST,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { FastifyRequest } from 'fastify';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { costRule } from '../../platform/graphql/limits.js';
import type { TrustedDocuments } from '../../platform/graphql/index.js';
import type { Config } from '../../platform/index.js';

/** Far more than the one subscription there is can need. */
const MOST_TOKENS = 200;

/**
 * Whether a stream may be opened from where this request says it comes from. Opening one changes nothing, yet it is held
 * to the rule for changes: another site must not even be able to count what its visitor is sent.
 */
export function isFromOwnPage({ headers }: Pick<FastifyRequest, 'headers'>, baseUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined || headers.origin === new URL(baseUrl).origin;
}

/**
 * The document of a stream request (attacker-controlled), or why it is refused: it must be one subscription, trusted
 * where only trusted documents run, and valid under the rules of the main address. Queries and mutations are refused,
 * because this address answers GET.
 */
export function streamDocument(
  schema: GraphQLSchema,
  config: Pick<Config, 'mode' | 'trustedDocumentsOnly'>,
  documents: Pick<TrustedDocuments, 'has'>,
  query: unknown,
): Result<DocumentNode, Refusal> {
  if (typeof query !== 'string' || query === '') return err(bad('Send one subscription as query.'));
  if (config.trustedDocumentsOnly && !documents.has(query)) return err(bad('This portal runs only trusted documents. Register the query first.'));
  const document = parsed(query);
  if (!document) return err(bad('The query is not GraphQL, or too long.'));
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (definitions.length !== 1 || getOperationAST(document)?.operation !== OperationTypeNode.SUBSCRIPTION) return err(bad('A stream carries one subscription and nothing else.'));
  const rules = config.mode === 'production' ? [...specifiedRules, costRule, NoSchemaIntrospectionCustomRule] : [...specifiedRules, costRule];
  return validate(schema, document, rules).length === 0 ? ok(document) : err(bad('The subscription does not fit the schema.'));
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch (fault) {
    if (fault instanceof GraphQLError) return undefined;
    throw fault;
  }
}

function bad(message: string): Refusal {
  return refusal(RefusalCode.Invalid, message);
}
