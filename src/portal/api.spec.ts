import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import type { GraphqlPort } from '../platform/graphql/index.js';
import { TrustedDocuments } from '../platform/graphql/index.js';
import { SignInNeeded } from '../platform/http/index.js';
import type { ActContext } from '../platform/index.js';
import { Api, BadAddress, NotHere } from './api.js';
import { documents } from './documents/manifest.js';
import type { Document } from './documents/document.js';

const DOCUMENT = { text: 'query Shell { me { id } }' } as Document<{ me: { id: string } | null }, object>;
const context = { actor: undefined, correlationId: 'c-1' } as unknown as ActContext;

/** The API over a schema that answers what the test says. */
function apiAnswering(answer: object, trusted = new TrustedDocuments()): Api {
  return new Api({ execute: () => Promise.resolve(answer) } as unknown as GraphqlPort, trusted);
}

const refusedWith = (extensions: object, cause?: Error): Promise<unknown> =>
  apiAnswering({ data: null, errors: [new GraphQLError('No.', { extensions: { ...extensions }, ...(cause ? { originalError: cause } : {}) })] }).ask(DOCUMENT, {}, context).catch((fault: unknown) => fault);

describe('the portal’s way to data', () => {
  it('vouches for every document of its own, and for nothing else', () => {
    const trusted = new TrustedDocuments();
    apiAnswering({}, trusted);
    expect(documents.length).toBeGreaterThan(20);
    for (const { text } of documents) expect(trusted.has(text)).toBe(true);
    expect(trusted.has('{ agencies { id } }')).toBe(false);
  });

  it('hands on what the schema answered', async () => {
    await expect(apiAnswering({ data: { me: { id: '1' } } }).ask(DOCUMENT, {}, context)).resolves.toEqual({ me: { id: '1' } });
  });

  it.each([
    ['somebody who is not signed in', { code: 'sign-in-again' }, SignInNeeded],
    ['what is not there or not hers', { code: 'not-found' }, NotHere],
    ['what the address could not mean', { code: 'invalid' }, BadAddress],
  ])('says so of %s', async (_, extensions, kind) => {
    expect(await refusedWith(extensions)).toBeInstanceOf(kind);
  });

  it('keeps the needed sign-in whatever the schema calls it', async () => {
    expect(await refusedWith({ code: 'x' }, new SignInNeeded())).toBeInstanceOf(SignInNeeded);
  });

  it('names the field of a filter as the page does', async () => {
    const fault = await refusedWith({ code: 'invalid', faults: [{ field: 'filter.person', message: 'Too long.' }, { field: '', message: 'Else.' }] });
    expect(fault).toBeInstanceOf(BadAddress);
    expect((fault as BadAddress).problems).toEqual([{ field: 'person', message: 'Too long.' }, { field: '', message: 'Else.' }]);
  });

  it.each([[undefined], ['text'], [{ length: 3 }]])('says what was answered where faults have the shape %j', async (faults) => {
    expect(((await refusedWith({ code: 'invalid', faults })) as BadAddress).problems).toEqual([{ field: '', message: expect.any(String) }]);
  });

  it('lets a bug be a bug, with its cause', async () => {
    const cause = new Error('relation does not exist');
    expect(await refusedWith({ code: 'internal' }, cause)).toBe(cause);
    await expect(apiAnswering({}).ask(DOCUMENT, {}, context)).rejects.toThrow('neither data nor an error');
  });
});
