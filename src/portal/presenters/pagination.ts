import type { PageParts } from '../documents/fragments.js';
import { withQuery, type Query } from '../paths.js';

/** Links of a list read by cursor: forward one page, or back to the first. */
export function pagination(address: string, query: Query, after: string, info: PageParts): object | undefined {
  if (after === '' && !info.hasNextPage) return undefined;
  return {
    landmarkLabel: 'Pages of this list',
    ...(after === '' ? {} : { previous: { text: 'First page', href: withQuery(address, query) } }),
    ...(info.hasNextPage && info.endCursor !== null ? { next: { text: 'Next page', href: withQuery(address, { ...query, after: info.endCursor }) } } : {}),
  };
}
