import { Injectable } from '@nestjs/common';
import type { AgencyId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Facts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { sightOnDay, type SightOnDay } from '../domain/sight-on-day.js';
import { findItemHistory } from '../store/item-history.store.js';
import { answeredCases, type Shown } from './answered-cases.js';
import { findAgencyKind, findCaseFacts, findItemFacts, type CaseFacts, type ItemInWorkspace } from '../store/facts.store.js';

/** What `decide()` needs to know, loaded in the act's own transaction. What the actor may not know of is not found. */
@Injectable()
export class AccessFacts {
  /** The workspace with the actor's agency's own memberships, and the kind of that agency: spread it into the facts. */
  case(work: Work, id: WorkspaceId): Promise<CaseFacts | undefined> {
    return findCaseFacts(work, id);
  }

  /** The marking of an item, with its workspace: spread it into the facts. */
  item(work: Work, id: ItemId): Promise<ItemInWorkspace | undefined> {
    return findItemFacts(work, id);
  }

  /** What each case out of which an answer shows something was disclosed under, for the answer's entry. */
  answered(work: Work, shown: readonly Shown[]): ReturnType<typeof answeredCases> {
    return answeredCases(work, shown);
  }

  /** The kind of the actor's agency, for what only a council does. */
  agencyKind(work: Work): Promise<Facts['agencyKind']> {
    return findAgencyKind(work);
  }

  /**
   * The agencies that may see an item at this moment, decided by the database for each: ask again whenever something is
   * about to be sent. Nobody, when the actor's agency is not among them itself.
   */
  async agenciesThatMaySee(work: Work, id: ItemId): Promise<AgencyId[]> {
    const rows = await work.sql<{ agency: AgencyId }>('SELECT law.agencies_that_may_see_item($1) AS agency', [id]);
    return rows.map(({ agency }) => agency);
  }

  /**
   * Who could see an item in a span of time, for people of the agency it is from, once it is decided that they may ask: the agencies
   * that could, and those of which it is not known. Of the others nothing is said. Undefined when the item is not seen.
   */
  async sightForOriginator(work: Work, id: ItemId, from: Date, to: Date): Promise<SightOnDay | undefined> {
    const history = await findItemHistory(work, id, 'originator');
    if (history === undefined) return undefined;
    const sight = sightOnDay(history, from, to);
    return { ...sight, agencies: sight.agencies.filter(({ could }) => could !== 'no') };
  }
}
