import type { AgencyId } from '../../../libs/kernel/index.js';
import { type Placed, placeOf, type Work } from '../../platform/index.js';
import type { MarkingColumns } from '../domain/printed-marking.js';
import { searchWords } from '../domain/search-words.js';
import type { ItemKind } from './item.store.js';
import { receivable, SIGHT } from './scope.js';

/** One thing that was found. */
export interface HitRow extends MarkingColumns, Placed {
  readonly kind: ItemKind | 'workspace';
  readonly id: string;
  readonly workspace_id: string;
  readonly reference: string;
  readonly title: string;
  readonly snippet: string;
}

/** SQL: `sight` is what the search looks through. What is outside it is never matched, counted or ranked. */
const HITS = `
  SELECT 'workspace' AS kind, w.id, w.id AS workspace_id, w.reference, w.title, w.summary AS text, w.created_at AS at,
         w.tier, w.sensitive, w.descriptors, w.handling
    FROM sight JOIN workspace w ON w.id = sight.workspace_id
   WHERE w.words @@ websearch_to_tsquery('english', $3) OR w.reference = upper($3)
  UNION ALL
  SELECT i.kind, i.id, i.workspace_id, w.reference, i.title, coalesce(n.body, f.narrative, r.body, '') AS text, i.created_at,
         i.tier, i.sensitive, i.descriptors, i.handling
    FROM sight
    JOIN workspace w ON w.id = sight.workspace_id
    JOIN item i ON i.workspace_id = sight.workspace_id
    LEFT JOIN note n ON n.item_id = i.id
    LEFT JOIN finding f ON f.item_id = i.id
    LEFT JOIN record r ON r.item_id = i.id
   WHERE ${receivable('i', 'i.originator_agency_id', 'sight.ceiling')} AND i.words @@ websearch_to_tsquery('english', $3)`;

/** What to look for, and from where on. */
export interface SearchWanted {
  /** As a person types it: words, "a phrase", or, -not. */
  readonly text: string;
  readonly after: readonly [string | null, string | null];
  readonly limit: number;
}

/**
 * Finds investigations and items in the agency's sight, newest first. Never by rank: a rank depends on how often words
 * occur, and so on what the reader may not see. Snippets are cut from the rows shown only.
 */
export async function findHits(work: Work, agency: AgencyId, { text, after, limit }: SearchWanted): Promise<HitRow[]> {
  return work.sql<HitRow>(
    `WITH sight AS MATERIALIZED (${SIGHT}),
          hit AS (SELECT h.*, ${placeOf('h.at', 'h.id')} FROM (${HITS}) h
                   WHERE $4::timestamptz IS NULL OR (h.at, h.id) < ($4::timestamptz, $5::uuid)
                   ORDER BY h.at DESC, h.id DESC LIMIT $6)
     SELECT hit.*, ts_headline('english', hit.text, websearch_to_tsquery('english', $3), 'StartSel="", StopSel="", MaxWords=30, MinWords=12') AS snippet
       FROM hit ORDER BY hit.at DESC, hit.id DESC`,
    [agency, work.at, searchWords(text), ...after, limit],
  );
}
