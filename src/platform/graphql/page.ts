import { err, invalid, ok, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { CursorPosition, Cursors } from './cursors.js';
import type { PageInfo } from './types.js';
import type { Placed } from '../db/place.js';

/** The largest page anybody gets, whatever they ask for. */
export const LARGEST_PAGE = 100;

/** What a reader asks of a list (attacker-controlled). */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null | undefined;
}

/** A checked page of one list for one reader. */
export interface OpenPage {
  readonly first: number;
  /** Sort values of the last row she has seen; two nulls where the list begins, so that SQL needs one text only. */
  readonly after: readonly [string | null, string | null];
  /** The page of rows, of which one more than `first` was read. */
  readonly close: <Row extends Placed, Node>(rows: readonly Row[], present: (row: Row) => Node) => { nodes: Node[]; pageInfo: PageInfo };
}

/**
 * Opens a page. Returns a refusal for a size out of range and for a cursor that is not this reader's for this list.
 *
 * @param listKey - names the list and its filter; a cursor fits no other.
 */
export function openPage(cursors: Cursors, actor: ActorRef, listKey: string, { first, after }: PageRequest): Result<OpenPage, Refusal> {
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) return err(PAGE_SIZE);
  const opened = cursors.open(actor, listKey, after);
  if (!opened.ok) return opened;
  const [at = null, id = null] = (opened.value ?? []) as readonly string[];
  return ok({
    first,
    after: [at, id],
    close: (rows, present) => {
      const shown = rows.slice(0, first);
      const last = shown.at(-1);
      const endCursor = last === undefined ? null : cursors.seal(actor, listKey, placed(last));
      return { nodes: shown.map(present), pageInfo: { endCursor, hasNextPage: rows.length > first } };
    },
  });
}

function placed({ place_at, place_id }: Placed): CursorPosition {
  return [place_at, place_id];
}

const PAGE_SIZE = invalid([{ field: 'first', message: `Ask for between 1 and ${LARGEST_PAGE} at a time.` }]);

/** A list in which there is nothing to see, whatever the reason. */
export const EMPTY_PAGE: { nodes: never[]; pageInfo: PageInfo } = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };
