import { GraphQLError } from 'graphql';
import { RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';

/** Thrown by a query (which has no result union) when its arguments are unusable: bad cursor, page size out of range. */
export class RefusedQuery extends GraphQLError {
  constructor(refusal: Refusal) {
    super(refusal.message, { extensions: { code: refusal.code, faults: refusal.faults } });
  }
}

/**
 * The answer of a query about one thing: null for what is absent or may not be known of.
 *
 * @throws RefusedQuery where whoever may know of it is told why it is not shown.
 */
export function shownOrNull<View>(found: Result<View, Refusal>): View | null {
  if (found.ok) return found.value;
  if (found.error.code === RefusalCode.NotFound) return null;
  throw new RefusedQuery(found.error);
}
