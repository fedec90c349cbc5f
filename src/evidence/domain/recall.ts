import type { AgencyId, Id, ItemId } from '../../../libs/kernel/index.js';

export type RecallId = Id<'recall'>;

/** What a recalled agency says became of its copies. `kept`: it keeps one, and says by what right. */
export const COPIES = ['none', 'destroyed', 'kept'] as const;
export type Copies = (typeof COPIES)[number];

/** What somebody of an agency did with an exhibit while it was shared: nothing of it can be undone. */
export interface SeenBy {
  readonly person: string;
  /** `viewed`, `opened` or `copied`. */
  readonly act: string;
  readonly at: string;
}

/** Why an agency is asked: the exhibit was taken back from it, or its part in the investigation ended. */
export type RecallReason = 'recalled' | 'left';

/** An exhibit taken back from an agency, or left behind by one, as it was then, and what the agency answered. */
export interface Recall {
  readonly id: RecallId;
  readonly itemId: ItemId;
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  readonly byAgencyName: string;
  readonly workspaceReference: string;
  readonly reference: string;
  readonly title: string;
  readonly marking: string;
  readonly reason: string;
  readonly why: RecallReason;
  readonly recalledByName: string;
  readonly recalledAt: Date;
  readonly seen: readonly SeenBy[];
  readonly copies: Copies | null;
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
}

/** How one agency of an investigation stands to an exhibit. */
export interface AgencySharing {
  readonly agency: { readonly id: AgencyId; readonly code: string; readonly name: string };
  readonly isOriginator: boolean;
  /** Whether the law lets it see the exhibit now. */
  readonly sees: boolean;
  /** Whether the marking names it; null where the marking names nobody. */
  readonly isNamed: boolean | null;
  /** Since when a packet lets it open the exhibit; null where it has none (yet). */
  readonly opensSince: Date | null;
  /** What the membership rests on; null where the originator's agency is no party to it. */
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
}

/** The acts by which content reached a person. */
export const SEEING_ACTS: readonly string[] = ['viewed', 'opened', 'copied'];
