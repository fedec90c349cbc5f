import type { Verb } from '../../../libs/policy/index.js';

/** Verbs by which somebody reads of a case. Lists and counts that every page asks for are not among them. */
export const READS: readonly Verb[] = ['workspace.read', 'workspace.search', 'item.read', 'record.read', 'exhibit.read', 'exhibit.open', 'exhibit.review', 'exhibit.take-sealed'];

/** An entry of the ledger by a signed-in person, as far as the rules look at it. */
export interface ExaminedEntry {
  readonly id: string;
  readonly at: Date;
  readonly verb: string;
  readonly outcome: string;
  readonly personId: string;
  readonly personName: string;
  readonly agencyId: string;
  readonly roles: readonly string[];
  readonly workspaceId: string | null;
  readonly workspaceReference: string | null;
  readonly subjectId: string | null;
  /** Ids of the items that were read along; null where none were. */
  readonly itemIds: readonly string[] | null;
  /** What was acted on was called, and what was searched for; null where nothing was. */
  readonly title: string | null;
  readonly searched: string | null;
}

/** Whether the entry says that something of a case was read. */
export function isRead({ verb, outcome }: ExaminedEntry): boolean {
  return outcome === 'done' && READS.some((read) => read === verb);
}
