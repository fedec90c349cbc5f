import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { err, idOf, invalid, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { ActContext } from '../../platform/index.js';
import { seeingAgency } from '../store/held-exhibit.store.js';
import { CustodyBook, type Recorded } from './custody-book.js';

/** To whom an exhibit is offered, checked at the edge. */
export interface OfferCustodyInput {
  readonly exhibitId: string;
  readonly agencyId: string;
  /** Who of that agency is to take it; any of its people may accept. */
  readonly person: string | undefined;
  readonly location: string | undefined;
  readonly reason: string | undefined;
}

/** Offers an exhibit to an agency that sees it, one's own included. Nothing passes before somebody there accepts. */
@Injectable()
export class OfferCustody {
  constructor(private readonly book: CustodyBook) {}

  execute(context: ActContext, { exhibitId, agencyId, person, location, reason }: OfferCustodyInput): Promise<Result<Recorded, Refusal>> {
    return this.book.add(context, 'custody.offer', exhibitId, async (work, { exhibit, state: { holder } }) => {
      const id = idOf<'agency'>(agencyId);
      const agency = id && (await seeingAgency(work, exhibit.itemId, id));
      if (!agency) return err(NOT_THERE);
      const to = person === undefined ? agency.name : `${person}, ${agency.name}`;
      return ok({ act: CustodyAct.Offered, from: holder && `${holder.name}, ${holder.agencyName}`, to, toAgency: agency.code, location, reason });
    });
  }
}

const NOT_THERE = invalid([{ field: 'input.agencyId', message: 'Choose an agency that may see this exhibit. Whoever cannot see it cannot take it.' }]);
