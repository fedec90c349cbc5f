import { Injectable } from '@nestjs/common';
import { custodyState, objectionTo, type CustodyState, type Objection, type SaidAct } from '../../../libs/custody/index.js';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type EnteredItem } from '../../workspaces/index.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody, custodyOf, lockCustody } from '../store/custody.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { subjectOf } from './origin.js';

/** The exhibit whose chain has one line more. */
export type Recorded = Pick<HeldExhibit, 'itemId' | 'reference'>;
export type CustodyVerb = 'custody.record' | 'custody.offer' | 'custody.answer';

/** An exhibit somebody was let at, with its chain held still. */
export interface Standing {
  readonly entered: EnteredItem;
  readonly exhibit: HeldExhibit;
  readonly state: CustodyState;
}

/** What is said of an act; who records it, when, and of which file, is not for her to say. */
export type Said = Omit<SaidAct, 'at' | 'by' | 'sha256' | 'toAgency'> & { readonly toAgency?: string | undefined };

/** The one way by which people add to a chain of custody: let in, chain held, rules asked, event signed, entry written. */
@Injectable()
export class CustodyBook {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
  ) {}

  /**
   * @param id - of the exhibit (attacker-controlled).
   * @param say - what is said, now that it is known how the exhibit stands.
   */
  add(context: ActContext, verb: CustodyVerb, id: string, say: (work: Work, standing: Standing) => Promise<Result<Said, Refusal>>): Promise<Result<Recorded, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const standing = await this.standing(work, verb, id);
      if (!standing.ok) return standing;
      const said = await say(work, standing.value);
      if (!said.ok) return this.refuse(work, standing.value.entered, said.error, 'not-understood');
      const objection = objectionTo(standing.value.state, { ...said.value, ...this.known(work, standing.value) });
      if (objection) return this.refuse(work, standing.value.entered, inWords(objection), `custody-does-not-allow ${said.value.act}`);
      await this.write(work, standing.value, said.value);
      return ok(standing.value.exhibit);
    });
  }

  private async standing(work: Work, verb: CustodyVerb, id: string): Promise<Result<Standing, Refusal>> {
    const entered = await this.gate.enterItem(work, verb, id);
    if (!entered.ok) return entered;
    const { item } = entered.value;
    await lockCustody(work, item.id);
    const exhibit = await findHeld(work, item.id);
    if (!exhibit) return this.refuse(work, entered.value, NOT_FOUND, 'no-exhibit');
    const state = custodyState(exhibit.form, (await custodyOf(work, [item.id])).get(item.id) ?? []);
    return ok({ entered: entered.value, exhibit, state });
  }

  private known(work: Work, { entered: { actor } }: Standing): Pick<SaidAct, 'at' | 'by'> {
    return { at: work.at, by: { id: actor.personId, name: actor.displayName, agency: actor.agencyCode, agencyName: actor.agencyName } };
  }

  private async write(work: Work, { entered, exhibit }: Standing, said: Said): Promise<void> {
    const { itemId, reference, sha256 } = exhibit;
    const event = await appendCustody(work, this.keys, { ...said, itemId, by: entered.actor, sha256: sha256 ?? undefined });
    const fields = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    await this.gate.record(work, entered, {
      subject: subjectOf(entered),
      details: { items: [itemId], reference, act: said.act, custody: event.hash, fields },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, itemId } });
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal, reason: string): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason });
    return err(refused);
  }
}

function inWords({ field, message }: Objection): Refusal {
  return field === '' ? refusal(RefusalCode.Conflict, message) : invalid([{ field: `input.${field}`, message }]);
}
