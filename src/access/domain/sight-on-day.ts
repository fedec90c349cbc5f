import { Role, type ActorRef, type AgencyId } from '../../../libs/kernel/index.js';
import { decide, printMarking, worksOnCases, type Facts, type Marking, type WorkspaceFacts } from '../../../libs/policy/index.js';

/** What is kept of an item, see `ItemHistory`. */
interface History {
  readonly markings: readonly { readonly since: Date; readonly marking: Marking }[];
  readonly workspace: WorkspaceFacts;
  readonly agencies: readonly { readonly id: AgencyId; readonly name: string }[];
}

/** Whether an agency's people could see an item in a span of time. `unknown` where what decides it is not kept. */
export interface AgencySight {
  readonly agency: string;
  readonly could: 'yes' | 'part' | 'no' | 'unknown';
  /** Why, in the policy's own codes: `lead-agency`, `member`, `not-a-member`, `above-ceiling`, `not-releasable`, `absent`. */
  readonly reason: string;
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
  /** The first moment of the span at which it could; null when it could not, or that is not known. */
  readonly from: Date | null;
  /** Of an agreement that is not live now: what it is. When it became so is not kept. */
  readonly agreementIsNow: string | null;
}

/** What a span of time shows. */
export interface SightOnDay {
  /** The markings that held in it, oldest first; none before the item was made. */
  readonly markings: readonly string[];
  readonly roles: readonly Role[];
  readonly agencies: readonly AgencySight[];
}

/** Roles whose people read items, by the policy's own word. */
const READING: readonly Role[] = Object.values(Role).filter((role) => worksOnCases([role]));

/**
 * Who could have seen an item in a span of time, by the very policy that decides now, asked at each moment of the span at
 * which something changed. Memberships and markings are kept in valid time and are asked as they were. Of an agreement only
 * its present status is kept: where the answer hangs on one that is not live now, the answer is that it is not known.
 *
 * @param from - the first moment, `to` the first that is no longer part of it
 */
export function sightOnDay(history: History, from: Date, to: Date): SightOnDay {
  const moments = momentsOf(history, from, to);
  const markings = moments.flatMap((at) => markingAt(history, at) ?? []).map((marking) => printMarking(marking));
  return { markings: [...new Set(markings)], roles: READING, agencies: history.agencies.map(({ id, name }) => sightOf(history, moments, id, name)) };
}

function sightOf(history: History, moments: readonly Date[], agency: AgencyId, name: string): AgencySight {
  const asked = moments.map((at) => ({ at, decision: decisionAt(history, at, agency, history.workspace) }));
  const permitted = asked.filter(({ decision }) => decision?.effect === 'permit');
  const [first] = permitted;
  const nothing = { agency: name, agreement: null, clause: null, purpose: null, from: null, agreementIsNow: null };
  if (first?.decision) {
    const cited = first.decision.obligations.find((one) => one.kind === 'cite');
    const grounds = cited?.kind === 'cite' ? { agreement: cited.agreement, clause: cited.clause, purpose: cited.purpose } : {};
    return { ...nothing, ...grounds, could: permitted.length === asked.length ? 'yes' : 'part', reason: first.decision.reasons[0] ?? '', from: first.at };
  }
  const hanging = hangsOn(history, moments, agency);
  if (hanging) {
    const { agreement, clause } = hanging;
    return { ...nothing, could: 'unknown', reason: 'agreement-status', agreement: agreement.reference, clause: clause.code, purpose: clause.purpose, agreementIsNow: agreement.status };
  }
  return { ...nothing, could: 'no', reason: asked.find(({ decision }) => decision)?.decision?.reasons[0] ?? 'absent' };
}

/** The membership by which the agency could have seen it, were its agreement still live. */
function hangsOn(history: History, moments: readonly Date[], agency: AgencyId): WorkspaceFacts['memberships'][number] | undefined {
  return history.workspace.memberships.find((one) => {
    if (one.agencyId !== agency || one.agreement.status === 'live') return false;
    const asIfLive = { ...history.workspace, memberships: [{ ...one, agreement: { ...one.agreement, status: 'live' as const } }] };
    return moments.some((at) => decisionAt(history, at, agency, asIfLive)?.effect === 'permit');
  });
}

/** What the policy says of anybody of this agency who works on cases; undefined before the item was made. */
function decisionAt(history: History, at: Date, agencyId: AgencyId, workspace: WorkspaceFacts): ReturnType<typeof decide> | undefined {
  const item = markingAt(history, at);
  if (item === undefined) return undefined;
  const somebody = { agencyId, roles: READING } as unknown as ActorRef;
  const facts: Facts = { at, workspace, item };
  return decide(somebody, 'item.read', facts);
}

function markingAt({ markings }: History, at: Date): Marking | undefined {
  return markings.filter(({ since }) => since <= at).at(-1)?.marking;
}

/** The beginning of the span, and every moment in it at which a membership, an agreement or the marking began or ended. */
function momentsOf({ markings, workspace }: History, from: Date, to: Date): readonly Date[] {
  const changes = [
    ...markings.map(({ since }) => since),
    ...workspace.memberships.flatMap(({ validFrom, validTo, agreement }) => [validFrom, validTo ?? from, agreement.validFrom, agreement.validTo]),
  ].filter((at) => from < at && at < to);
  return [from, ...changes].sort((one, other) => one.getTime() - other.getTime());
}
