import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, printMarking } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { CaseGate, markingOf } from '../../workspaces/index.js';
import type { AgencySharing, Recall, SeenBy } from '../domain/recall.js';
import { findHeld } from '../store/held-exhibit.store.js';
import { recallsFrom, recallsOf, seenBy, sharingOf } from '../store/recall-rows.js';

/** Who has an exhibit, who has seen it, and from whom it was taken back. */
export interface ExhibitShared {
  readonly id: string;
  readonly agencies: readonly (AgencySharing & { readonly seen: readonly SeenBy[] })[];
  readonly recalls: readonly Recall[];
}

/** Sharing as the originator sees it, and recalls as a recalled agency does. */
@Injectable()
export class ExhibitSharing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Not found for whoever is not of the agency the exhibit is from. `id` is attacker-controlled. */
  find(context: ActContext, id: string): Promise<Result<ExhibitShared, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'exhibit.sharing', id);
      if (!entered.ok) return entered;
      const { item } = entered.value;
      const exhibit = await findHeld(work, item.id);
      if (!exhibit) return err(NOT_FOUND);
      const agencies: (AgencySharing & { seen: SeenBy[] })[] = [];
      for (const one of await sharingOf(work, item.id)) agencies.push({ ...one, seen: await seenBy(work, item.id, one.agency.code) });
      await this.gate.record(work, entered.value, {
        subject: { kind: 'exhibit', id, title: item.title, marking: printMarking(markingOf(item)), owner: item.owner },
        details: { items: [id], reference: exhibit.reference },
      });
      return ok({ id: item.id, agencies, recalls: await recallsOf(work, item.id) });
    });
  }

  /** What was taken back from the reader's agency. */
  recalls(context: ActContext): Promise<readonly Recall[]> {
    return this.unitOfWork.run(context, async (work) => {
      const { actor } = context;
      const { effect, reasons } = decide(actor, 'recall.list', { at: work.at });
      const policy = reasons.join(' ');
      if (!actor || effect !== 'permit') {
        await this.ledger.append(work, { verb: 'recall.list', outcome: 'refused', policy });
        return [];
      }
      const found = await recallsFrom(work, actor.agencyId);
      // A list of none consults nothing, and stands on the first page of everybody.
      if (found.length > 0) await this.ledger.append(work, { verb: 'recall.list', outcome: 'done', policy, details: { count: found.length, recalls: found.map(({ id }) => id) } });
      return found;
    });
  }
}
