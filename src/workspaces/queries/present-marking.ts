import type { MarkingView } from '../../platform/graphql/index.js';
import { printed } from '../domain/printed-marking.js';
import type { MarkedRow } from '../store/rows.js';

/** A stored marking as the API shows it. */
export function presentMarking(row: MarkedRow): MarkingView {
  const { tier, sensitive, descriptors, handling, originator, releasable } = row;
  return { text: printed(row), tier, sensitive, descriptors, handling, originator, releasableTo: releasable };
}
