import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TrustedDocuments } from './trusted-documents.js';

const ADDRESS = '/graphql';
/** Far more than any page asks: what is longer would be parsed and validated before its cost is known. In characters. */
const LONGEST_QUERY = 20_000;

interface GraphqlBody {
  documentId?: unknown;
  query?: unknown;
  variables?: unknown;
}

/**
 * The rules of the GraphQL address that the library does not keep: POST only, JSON only, a document sent by id is
 * looked up among the trusted ones, and where the deployment says so nothing else runs.
 */
export function installGraphqlHooks(fastify: FastifyInstance, documents: TrustedDocuments, trustedOnly: boolean): void {
  fastify.addHook('onRequest', async (request, reply) => (isGraphql(request) ? refuseForm(request, reply) : undefined));
  fastify.addHook('preValidation', async (request, reply) =>
    isGraphql(request) ? chooseDocument(request, reply, documents, trustedOnly) : undefined,
  );
}

/** By the route that was found, never by the text of the address: the router also takes `/%67raphql` and `/graphql#`. */
function isGraphql(request: FastifyRequest): boolean {
  return request.routeOptions.url === ADDRESS;
}

function refuseForm(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.method !== 'POST') return refuse(reply.header('allow', 'POST'), 405, 'Send GraphQL by POST.');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(reply, 415, 'Send GraphQL as application/json.');
  }
  // The library would answer a body that is too large as if the query were wrong.
  if (Number(request.headers['content-length'] ?? 0) > request.routeOptions.bodyLimit) {
    return refuse(reply.header('connection', 'close'), 413, 'The request is too large. Send less at once; files have their own way.');
  }
  return undefined;
}

function chooseDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  documents: TrustedDocuments,
  trustedOnly: boolean,
): FastifyReply | undefined {
  const body = request.body as GraphqlBody | null | undefined;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse(reply, 400, 'Send one JSON object with a query.');
  if (!isVariables(body.variables)) return refuse(reply, 400, 'Send the variables as one JSON object, or leave them out.');
  if (typeof body.documentId === 'string') {
    const text = documents.find(body.documentId);
    if (text === undefined) return refuse(reply, 400, 'No trusted document has this id.');
    delete body.documentId;
    body.query = text;
    return undefined;
  }
  if (typeof body.query !== 'string' || body.query.trim() === '') {
    return refuse(reply, 400, 'Send the query as text, or a trusted document by its id.');
  }
  if (body.query.length > LONGEST_QUERY) return refuse(reply, 400, `The query is too long: at most ${LONGEST_QUERY} characters are allowed.`);
  // The library would take a JSON syntax tree in place of text; nobody needs that, and it skips the parser's limits.
  if (isJson(body.query)) return refuse(reply, 400, 'Send the query as GraphQL text.');
  if (trustedOnly && !documents.has(body.query)) return refuse(reply, 400, 'This portal runs only trusted documents. Register the query first.');
  return undefined;
}

function isVariables(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && !Array.isArray(value));
}

/** However it is spaced: what is JSON is no GraphQL, and what is GraphQL stops being JSON within its first letters. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ data: null, errors: [{ message, extensions: { code: 'bad-query' } }] });
}
