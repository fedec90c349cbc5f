import { custodyState, CustodyAct, MOST_PARTS, objectionTo, type CustodyState } from '../../../libs/custody/index.js';
import { err, invalid, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking, type Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { holdItem, markingOf, originOf, printed, type CaseGate, type Entered, type EnteredItem } from '../../workspaces/index.js';
import { RELATION_WORDS, type Relation } from '../domain/relation.js';
import type { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody, custodyOf } from '../store/custody.store.js';
import { findHeld, takePartReference, type HeldExhibit } from '../store/held-exhibit.store.js';

type Verb = 'exhibit.request-upload' | 'exhibit.deposit' | 'exhibit.record-physical';

/** The exhibit that another is made of, as whoever makes it sees it. */
export interface Origin {
  readonly entered: EnteredItem;
  readonly exhibit: HeldExhibit;
  readonly state: CustodyState;
}

/** Who was let in, and what at: the investigation or, within it, the exhibit that something is made of. */
export interface Arrival {
  readonly entered: Entered;
  readonly origin: Origin | undefined;
}

/** Lets the actor at an investigation to add an exhibit; where it is made of one that is there already, at that one too. */
export async function arrive(work: Work, gate: CaseGate, verb: Verb, to: { readonly workspaceId: string; readonly derivedFrom: string | null }): Promise<Result<Arrival, Refusal>> {
  const { workspaceId, derivedFrom } = to;
  if (derivedFrom === null) {
    const entered = await gate.enter(work, verb, workspaceId);
    return entered.ok ? ok({ entered: entered.value, origin: undefined }) : entered;
  }
  const entered = await gate.enterItem(work, verb, derivedFrom);
  if (!entered.ok) return entered;
  const exhibit = await findHeld(work, entered.value.item.id);
  if (!exhibit || entered.value.row.id !== workspaceId) {
    await gate.recordRefusal(work, entered.value, { subject: { kind: 'item', id: derivedFrom }, reason: 'no-exhibit-of-this-case' });
    return err(NOT_FOUND);
  }
  const chains = await custodyOf(work, [exhibit.itemId]);
  const state = custodyState(exhibit.form, chains.get(exhibit.itemId) ?? []);
  return ok({ entered: entered.value, origin: { entered: entered.value, exhibit, state } });
}

/** Whether something may be made of it under this marking: another agency's restrictions stay on. */
export async function mayDerive(work: Work, gate: CaseGate, { entered, state }: Origin, proposed: Marking): Promise<Result<undefined, Refusal>> {
  if (state.disposed) {
    await gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason: 'disposed' });
    return err(GONE);
  }
  if (!(await holdItem(work, entered.item))) {
    await gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason: 'changed-meanwhile' });
    return err(MEANWHILE);
  }
  const item = markingOf(entered.item);
  const own = entered.actor.agencyId;
  const origin = item.originator === own ? await originOf(work, entered.item.id, own) : item;
  const allowed = await gate.allow(work, entered, { proposed, item, origin }, LOWERED);
  return allowed.ok ? ok(undefined) : allowed;
}

/** The reference of what is made of it. */
export async function nextBelow(work: Work, { exhibit }: Origin): Promise<Result<string, Refusal>> {
  const reference = await takePartReference(work, exhibit);
  return reference === undefined ? err(TOO_DEEP) : ok(reference);
}

/** Writes into the chain of what it was made of that it was made, as an act of its own: whoever follows that one is told of every copy. */
export async function recordOnOrigin(work: Work, gate: CaseGate, keys: AgencyKeys, { entered, exhibit, reference, relation }: Origin & { readonly reference: string; readonly relation: Relation }): Promise<void> {
  const act = relation === 'taken-out' ? CustodyAct.Divided : CustodyAct.Copied;
  const said = { itemId: exhibit.itemId, act, by: entered.actor, sha256: exhibit.sha256 ?? undefined, about: reference, reason: RELATION_WORDS[relation] };
  const event = await appendCustody(work, keys, said);
  await gate.record(work, { ...entered, verb: 'custody.record' }, {
    subject: subjectOf(entered),
    details: { items: [exhibit.itemId], reference: exhibit.reference, act, about: reference, custody: event.hash, fields: ['act', 'about'] },
  });
}

/** Whether a thing may be taken out of another as that one is now. */
export function takingOut({ entered, state }: Origin, at: Date): Result<undefined, Refusal> {
  if (state.form === 'file') return err(invalid([{ field: 'input.derivedFrom', message: 'Nothing can be taken out of a file. Deposit a working copy instead.' }]));
  const { personId, displayName, agencyCode, agencyName } = entered.actor;
  const by = { id: personId, name: displayName, agency: agencyCode, agencyName };
  const objection = objectionTo(state, { act: CustodyAct.Divided, at, by });
  return objection ? err(invalid([{ field: 'input.derivedFrom', message: objection.message }])) : ok(undefined);
}

export function subjectOf({ item }: EnteredItem): { kind: string; id: string; title: string; marking: string; owner: string } {
  return { kind: 'exhibit', id: item.id, title: item.title, marking: printMarking(markingOf(item)), owner: item.owner };
}

/** What an entry names as its subject, of an act on one exhibit or on all of an investigation. */
export function subjectOfCase(entered: Entered | EnteredItem): ReturnType<typeof subjectOf> {
  if ('item' in entered) return subjectOf(entered);
  const { row } = entered;
  return { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name };
}

const MEANWHILE = invalid([{ field: 'input.derivedFrom', message: 'This exhibit was marked anew while you made something of it. Open its page again, and decide anew.' }]);
const GONE = invalid([{ field: 'input.derivedFrom', message: 'This exhibit was disposed of. Nothing more can be made of it.' }]);
const TOO_DEEP = invalid([{ field: 'input.derivedFrom', message: `This exhibit is itself ${MOST_PARTS} steps below its root. Make the copy of one that stands higher.` }]);
const LOWERED = invalid([
  { field: 'input.marking', message: 'It is made of another agency’s exhibit, and only that agency may lower its marking or let more agencies see it. Keep its marking, or ask that agency.' },
]);
