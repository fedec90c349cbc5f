import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { NOT_FOUND } from '../../../libs/kernel/index.js';
import { SignInNeeded } from '../http/sign-in-needed.js';
import type { Log } from '../telemetry/index.js';
import { formatErrors } from './error-format.js';
import { RefusedQuery } from './refused-query.js';

const logged: unknown[] = [];
const log = { error: (facts: unknown) => logged.push(facts) } as unknown as Log;
const format = (...errors: GraphQLError[]): { statusCode: number; text: string } => {
  const { statusCode, response } = formatErrors(log)({ data: null, errors }, { correlationId: 'c-1' });
  return { statusCode, text: JSON.stringify(response) };
};
const within = (cause: Error): GraphQLError => new GraphQLError(cause.message, { originalError: cause, path: ['field'] });

describe('errors that leave the server', () => {
  it('say nothing of a failure inside but a reference, and log the cause', () => {
    const { statusCode, text } = format(within(new Error('duplicate key value violates unique constraint "person_pkey" Amira')));
    expect(statusCode).toBe(500);
    expect(text).not.toMatch(/duplicate|person_pkey|Amira/);
    expect(text).toContain('c-1');
    expect(logged).toHaveLength(1);
  });

  it('pass a refusal of a query with its code', () => {
    const { statusCode, text } = format(within(new RefusedQuery(NOT_FOUND)));
    expect(statusCode).toBe(400);
    expect(text).toContain('"code":"not-found"');
  });

  it('answer a missing session with 401', () => {
    expect(format(within(new SignInNeeded())).statusCode).toBe(401);
  });

  it('pass what is wrong with the query itself, without suggesting names that exist', () => {
    const { statusCode, text } = format(new GraphQLError('Cannot query field "agenciez" on type "Query". Did you mean "agencies"?'));
    expect(statusCode).toBe(400);
    expect(text).toContain('agenciez');
    expect(text).not.toContain('agencies');
  });

  it('do not mistake an error with a path for a fault of the query', () => {
    expect(format(new GraphQLError('secret of a resolver', { path: ['field'] })).text).not.toContain('secret');
  });
});
