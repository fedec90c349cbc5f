import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { returnPath } from './return-path.js';

const HERE = 'https://concordat.example';

describe('where somebody is sent after signing in', () => {
  it.each(['/investigations', '/alerts/1?state=open', '/search?text=a%20b#top', '/saml-guide'])('is %s when that is within the portal', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it.each([
    undefined, null, 7, [], ['/alerts'], {}, '', '/', 'alerts', 'https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\tevil', '/a\\b',
    '/a b', '/a\r\nset-cookie: a=b', '/é', 'javascript:alert(1)', ' /alerts', '/saml/ashworth/login', `/${'a'.repeat(2_000)}`,
  ])('is the first page when %j is asked for', (wanted) => {
    expect(returnPath(wanted)).toBe('/my-work');
  });

  it('is on this site to every browser, whatever is asked for', () => {
    const tricky = fc.string({ unit: fc.constantFrom('/', '\\', '\t', '\n', '.', ':', '@', 'e', '%', '2', 'f', '?', '#', ' '), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), tricky, tricky.map((rest) => `/${rest}`)), (wanted) => {
        const path = returnPath(wanted);
        expect(new URL(path, HERE).origin).toBe(HERE);
        expect(path).toMatch(/^\/(?!saml\/)./);
      }),
    );
  });
});
