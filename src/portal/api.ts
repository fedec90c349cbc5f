import { Injectable } from '@nestjs/common';
import { GraphqlPort, TrustedDocuments } from '../platform/graphql/index.js';
import { SignInNeeded } from '../platform/http/index.js';
import type { ActContext } from '../platform/index.js';
import type { Document } from './documents/document.js';
import type { Problem } from './page/problems.js';
import { documents } from './documents/manifest.js';

/** Thrown where a page's address leads to nothing the person may see. Answered like any address that does not exist. */
export class NotHere extends Error {}

/** Thrown where the person may read what the page shows and has not said in this session what for. */
export class PurposeNeeded extends Error {}

/** Thrown where what stands in the address cannot be used: an impossible date, an unknown verb, another person's cursor. */
export class BadAddress extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' '));
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
   * @throws SignInNeeded, NotHere, PurposeNeeded, BadAddress, or the API's own error, which is a bug.
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
  if (code === 'purpose-required') return new PurposeNeeded();
  if (code === 'invalid') return new BadAddress(problemsIn(fault.message, fault.extensions?.['faults']));
  return cause;
}

/** The API names an argument or a field of one, `filter.person`; the page's form names it `person`. */
function problemsIn(message: string, faults: unknown): readonly Problem[] {
  const listed = Array.isArray(faults) ? (faults as readonly Problem[]) : [];
  if (listed.length === 0) return [{ field: '', message }];
  return listed.map((fault) => ({ field: fault.field.replace(/^filter\./, ''), message: fault.message }));
}
