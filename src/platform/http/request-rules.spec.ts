import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { SessionId } from '../../../libs/kernel/index.js';
import { csrfToken, isCsrfToken } from './csrf.js';
import { RequestRate } from './request-rate.js';
import { isOwnOrigin } from './same-origin.js';

const BASE = 'https://portal.example';
const EXEMPT = /^\/saml\/[^/?]+\/acs(\?|$)/;

function request(method: string, url: string, headers: Record<string, string> = {}): FastifyRequest {
  return { method, url, headers } as unknown as FastifyRequest;
}

describe('the own-origin rule', () => {
  it('lets reads pass from anywhere: they change nothing', () => {
    expect(isOwnOrigin(request('GET', '/alerts', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), BASE, EXEMPT)).toBe(true);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host on another scheme', { origin: 'http://portal.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a sibling of the same site', { 'sec-fetch-site': 'same-site' }],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a change from %s', (_name, headers) => {
    expect(isOwnOrigin(request('POST', '/graphql', headers), BASE, EXEMPT)).toBe(false);
  });

  it('takes a change from our own page and from a client that is no browser', () => {
    expect(isOwnOrigin(request('POST', '/graphql', { origin: BASE, 'sec-fetch-site': 'same-origin' }), BASE, EXEMPT)).toBe(true);
    expect(isOwnOrigin(request('POST', '/graphql'), BASE, EXEMPT)).toBe(true);
  });

  it('exempts only the address identity providers post to, not one that looks like it', () => {
    const foreign = { origin: 'https://idp.example', 'sec-fetch-site': 'cross-site' };
    expect(isOwnOrigin(request('POST', '/saml/ashworth/acs', foreign), BASE, EXEMPT)).toBe(true);
    expect(isOwnOrigin(request('POST', '/graphql?/saml/ashworth/acs', foreign), BASE, EXEMPT)).toBe(false);
    expect(isOwnOrigin(request('POST', '/saml/ashworth/acs/more', foreign), BASE, EXEMPT)).toBe(false);
  });
});

describe('form tokens', () => {
  const session = 'a2f0c1de-0000-4000-8000-000000000001' as SessionId;
  const other = 'a2f0c1de-0000-4000-8000-000000000002' as SessionId;

  it('belong to one session and one secret', () => {
    const token = csrfToken('secret', session);
    expect(isCsrfToken('secret', session, token)).toBe(true);
    expect(isCsrfToken('secret', other, token)).toBe(false);
    expect(isCsrfToken('another', session, token)).toBe(false);
  });

  it.each([undefined, null, '', 'x', 7, ['x'], {}])('refuse %p', (offered) => {
    expect(isCsrfToken('secret', session, offered)).toBe(false);
  });
});

describe('the request rate', () => {
  it('lets the stated number pass, then says how long to wait, for that key only', async () => {
    const rate = new RequestRate(2);
    expect([await rate.take('a'), await rate.take('a')]).toEqual([0, 0]);
    const wait = await rate.take('a');
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await rate.take('b')).toBe(0);
  });
});
