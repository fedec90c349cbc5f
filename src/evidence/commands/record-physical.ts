import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CustodyAct, custodyState, objectionTo, printReference } from '../../../libs/custody/index.js';
import { err, invalid, ok, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, insertItem, markItem, type Entered, type Marked, type MarkingDraft } from '../../workspaces/index.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody } from '../store/custody.store.js';
import { agenciesThatSee } from '../store/exhibit.store.js';
import { insertThing } from '../store/held-exhibit.store.js';
import { exhibitInitials, takeExhibitNumber } from '../store/ticket.store.js';
import type { Recorded } from './custody-book.js';
import { arrive, mayDerive, nextBelow, recordOnOrigin, takingOut, type Origin } from './origin.js';

/** A thing that was seized or received, checked at the edge. */
export interface RecordPhysicalInput {
  readonly workspaceId: string;
  readonly title: string;
  readonly description: string;
  readonly marking: MarkingDraft;
  /** The physical exhibit it was taken out of (attacker-controlled); null for an exhibit of its own. */
  readonly derivedFrom: string | null;
  readonly act: typeof CustodyAct.Seized | typeof CustodyAct.Received;
  readonly happenedAt: Date;
  readonly doneBy: string | undefined;
  readonly from: string | undefined;
  readonly location: string | undefined;
  readonly reason: string | undefined;
  /** Number of the seal it bears. */
  readonly seal: string | undefined;
}

interface Numbered extends RecordPhysicalInput {
  readonly reference: string;
  readonly origin: Origin | undefined;
}

/** Records an exhibit that is a thing: who took it, from whom, where and when, and under which seal. Its chain begins with that. */
@Injectable()
export class RecordPhysical {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
  ) {}

  execute(context: ActContext, input: RecordPhysicalInput): Promise<Result<Recorded, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const arrived = await arrive(work, this.gate, 'exhibit.record-physical', input);
      if (!arrived.ok) return arrived;
      const { entered, origin } = arrived.value;
      const marked = await markItem(work, this.gate, entered, input.marking);
      if (!marked.ok) return marked;
      const begun = beginning(work, entered, input);
      if (!begun.ok) return begun;
      const reference = await this.reference(work, entered, origin, marked.value);
      if (!reference.ok) return reference;
      return ok(await this.write(work, entered, { ...input, reference: reference.value, origin }, marked.value));
    });
  }

  private async reference(work: Work, { actor }: Entered, origin: Origin | undefined, { marking }: Marked): Promise<Result<string, Refusal>> {
    if (!origin) return ok(printReference({ initials: await exhibitInitials(work, actor.personId), number: await takeExhibitNumber(work, actor.personId) }));
    const taken = takingOut(origin, work.at);
    if (!taken.ok) return taken;
    const allowed = await mayDerive(work, this.gate, origin, marking);
    return allowed.ok ? nextBelow(work, origin) : allowed;
  }

  private async write(work: Work, entered: Entered, input: Numbered, { marking, citing }: Marked): Promise<Recorded> {
    const { actor, row } = entered;
    const { title, description, reference, origin } = input;
    const itemId = randomUUID() as unknown as ItemId;
    const searchText = `${reference} ${description}`;
    await insertItem(work, { id: itemId, workspaceId: row.id, kind: 'exhibit', title, marking, createdBy: actor.personId, createdByName: actor.displayName, searchText });
    const derived = { derivedFrom: origin?.exhibit.itemId ?? null, relation: origin ? ('taken-out' as const) : null };
    await insertThing(work, { itemId, reference, producerId: actor.personId, producerName: actor.displayName, description, ...derived });
    const { act, happenedAt, doneBy, from, location, reason, seal } = input;
    const event = await appendCustody(work, this.keys, { itemId, act, by: actor, happenedAt, doneBy, from, location, reason, sealAfter: seal });
    const recipients = (await agenciesThatSee(work, itemId)).flatMap(({ id, name }) => (id === actor.agencyId ? [] : [name]));
    await this.gate.record(work, entered, {
      ...citing,
      subject: { kind: 'exhibit', id: itemId, title, marking: printMarking(marking), owner: actor.agencyName },
      recipients,
      details: { items: [itemId], reference, act, custody: event.hash, fields: ['title', 'description', 'marking', 'act', 'happenedAt'] },
    });
    if (origin) await recordOnOrigin(work, this.gate, this.keys, { ...origin, reference, relation: 'taken-out' });
    await work.live({ kind: 'workspace', ids: { workspaceId: row.id, itemId } });
    return { itemId, reference };
  }
}

/** What the chain is to begin with, asked of its rules before a number is taken. */
function beginning(work: Work, { actor }: Entered, { act, happenedAt, from }: RecordPhysicalInput): Result<undefined, Refusal> {
  const by = { id: actor.personId, name: actor.displayName, agency: actor.agencyCode, agencyName: actor.agencyName };
  const objection = objectionTo(custodyState('physical', []), { act, happenedAt, from, at: work.at, by });
  return objection ? err(invalid([{ field: `input.${objection.field}`, message: objection.message }])) : ok(undefined);
}
