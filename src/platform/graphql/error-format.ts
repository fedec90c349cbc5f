import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Log } from '../telemetry/index.js';
import { SignInNeeded } from '../http/sign-in-needed.js';
import { RefusedQuery } from './refused-query.js';
import type { GraphqlContext } from '../http/verb.js';

const SUGGESTION = /\s*Did you mean .*$/s;

/** What leaves the server in place of an error: its own words only where they are known to carry nobody's data. */
export interface PublicError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * Formats errors from an allow-list: refusals, sign-in and the query's own faults pass, suggestions are cut off, and
 * anything else becomes one bland sentence with the correlation id, while the cause goes to the log.
 */
export function formatErrors(log: Log): (execution: ExecutionResult, context: unknown) => { statusCode: number; response: ExecutionResult } {
  return (execution, context) => {
    const correlationId = (context as Partial<GraphqlContext>).correlationId ?? 'unknown';
    const errors = (execution.errors ?? []).flatMap(unpack).map((fault) => publicError(fault, correlationId, log));
    const response = { data: execution.data ?? null, errors: errors as unknown as GraphQLError[] };
    return { statusCode: statusOf(errors, execution.data), response };
  };
}

/** The library wraps what is wrong with a query (attacker-controlled) into one error with the faults inside. */
function unpack(fault: Error & { errors?: readonly Error[]; originalError?: unknown }): readonly Error[] {
  const { originalError } = fault;
  const inner = (originalError instanceof Error ? (originalError as { errors?: readonly Error[] }) : fault).errors;
  return inner && inner.length > 0 ? inner : [fault];
}

/** What Fastify itself refuses before any handler: a body that is no JSON, too large, or of a wrong type. */
function isTransportFault(fault: Error & { code?: unknown; statusCode?: unknown }): boolean {
  return typeof fault.code === 'string' && fault.code.startsWith('FST_ERR_CTP_');
}

function statusOf(errors: readonly PublicError[], data: unknown): number {
  if (data) return 200;
  const codes = new Set(errors.map((fault) => fault.extensions['code']));
  if (codes.has('sign-in-again')) return 401;
  return codes.has('internal') ? 500 : 400;
}

function publicError(fault: Error, correlationId: string, log: Log): PublicError {
  const cause = fault instanceof GraphQLError ? (fault.originalError ?? fault) : fault;
  const path = fault instanceof GraphQLError && fault.path ? { path: fault.path } : {};
  if (cause instanceof RefusedQuery) return { message: cause.message, ...path, extensions: cause.extensions };
  if (cause instanceof SignInNeeded) {
    return { message: 'Sign in with your agency to go on.', ...path, extensions: { code: 'sign-in-again' } };
  }
  if (cause instanceof GraphQLError && !cause.path) {
    return { message: cause.message.replace(SUGGESTION, ''), extensions: { code: 'bad-query' } };
  }
  if (isTransportFault(cause)) return { message: cause.message, extensions: { code: 'bad-query' } };
  log.error({ correlationId, err: cause }, 'A resolver failed');
  return {
    message: `Something went wrong on our side. Try again; if it happens again, quote the reference ${correlationId}.`,
    ...path,
    extensions: { code: 'internal', reference: correlationId },
  };
}
