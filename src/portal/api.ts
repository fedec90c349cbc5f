import { Injectable } from '@nestjs/common';
import { GraphqlPort, TrustedDocuments } from '../platform/graphql/index.js';
import { SignInNeeded } from '../platform/http/index.js';
import type { ActContext } from '../platform/index.js';
import type { Document } from './documents/document.js';
import type { RefusedParts } from './documents/fragments.js';
import { documents } from './documents/manifest.js';
import { problemsOf, type Problem } from './page/problems.js';

/** Thrown where a page's address leads to nothing the person may see. Answered like any address that does not exist. */
export class NotHere extends Error {}

/**
 * Thrown where the API could not use an argument that came from the address. `problems` name the fields of a filter to
 * mend; there are none for what no person typed, such as another person's cursor.
 */
export class BadAddress extends Error {
  constructor(
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** Runs the portal's documents in process, as the person of the request. The portal has no other way to any data. */
@Injectable()
export class Api {
  constructor(
    private readonly graphql: GraphqlPort,
    trusted: TrustedDocuments,
  ) {
    for (const { text } of documents) trusted.trust(text);
  }

  /**
   * The data of one operation.
   *
   * @throws SignInNeeded, NotHere, BadAddress, or the API's own error, which is a bug.
   */
  async ask<Data, Variables extends object>(document: Document<Data, Variables>, variables: Variables, context: ActContext): Promise<Data> {
    const { data, errors = [] } = await this.graphql.execute<Data>(document.text, { ...variables } as Record<string, unknown>, context);
    const [fault] = errors;
    if (fault) throw meant(fault);
    if (!data) throw new Error('The API answered neither data nor an error.');
    return data;
  }
}

function meant(fault: Error & { readonly extensions?: Readonly<Record<string, unknown>>; readonly originalError?: unknown }): Error {
  const cause = fault.originalError instanceof Error ? fault.originalError : fault;
  if (cause instanceof SignInNeeded) return cause;
  const code = fault.extensions?.['code'];
  if (code === 'sign-in-again') return new SignInNeeded();
  if (code === 'not-found') return new NotHere();
  if (code === 'invalid') return new BadAddress(fault.message, problemsIn(fault.extensions?.['faults']));
  return cause;
}

/** The faults of a refused query, whose arguments are named as the fields of the page that asks. */
function problemsIn(faults: unknown): readonly Problem[] {
  return Array.isArray(faults) ? problemsOf({ message: '', faults: faults as RefusedParts['faults'] }).filter(({ field }) => field !== '') : [];
}
