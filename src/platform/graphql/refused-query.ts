import { GraphQLError } from 'graphql';
import type { Refusal } from '../../../libs/kernel/index.js';

/** Thrown by a query (which has no result union) when its arguments are unusable: bad cursor, page size out of range. */
export class RefusedQuery extends GraphQLError {
  constructor(refusal: Refusal) {
    super(refusal.message, { extensions: { code: refusal.code, faults: refusal.faults } });
  }
}
