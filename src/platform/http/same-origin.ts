import type { FastifyRequest } from 'fastify';

/**
 * Everything that hands out files: most of it leaves a line in a chain of custody or an entry that says who took what. Following somebody
 * else's link must not do that in a person's name, nor begin a download. Pages stand elsewhere and may be linked to.
 */
const HANDS_OUT_FILES = /^\/evidence\//;

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change anything: a browser must say it comes from our own pages. Clients that are no browser
 * send neither header and carry no ambient cookies. SAML posts come from elsewhere by design and are checked by
 * signature and by a cookie of their own, so identity's routes are exempt by path.
 */
export function isOwnOrigin(request: FastifyRequest, baseUrl: string, exempt: RegExp): boolean {
  const site = request.headers['sec-fetch-site'];
  if (SAFE_METHODS.has(request.method)) return !HANDS_OUT_FILES.test(request.url) || site === undefined || site === 'same-origin' || site === 'none';
  if (exempt.test(request.url)) return true;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.origin;
  // Our pages send no referrer, and browsers then write "null" as a form's origin; only the browser can write the other header.
  if (origin === 'null') return site === 'same-origin';
  return origin === undefined || origin === new URL(baseUrl).origin;
}
