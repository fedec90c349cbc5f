import { Role, type ActorRef, type AgencyId } from '../../../libs/kernel/index.js';
import { decide, printMarking, worksOnCases, type AgreementFacts, type Facts, type Marking, type WorkspaceFacts } from '../../../libs/policy/index.js';

type Status = AgreementFacts['status'];

/** A membership with every status its agreement is known to have had, oldest first. */
export type KeptMembership = WorkspaceFacts['memberships'][number] & { readonly statuses: readonly { readonly since: Date; readonly status: Status }[] };

/** An investigation with every membership it ever had. */
export type KeptWorkspace = Omit<WorkspaceFacts, 'memberships'> & { readonly memberships: readonly KeptMembership[] };

/** What is kept of an item, see `ItemHistory`. */
interface History {
  readonly markings: readonly { readonly since: Date; readonly marking: Marking }[];
  readonly workspace: KeptWorkspace;
  /** With the roles its identity provider may give, as that is now. */
  readonly agencies: readonly { readonly id: AgencyId; readonly name: string; readonly roles: readonly string[] }[];
}

/** Whether an agency's people could see an item in a span of time. `unknown` where what decides it is not kept. */
export interface AgencySight {
  readonly agency: string;
  readonly could: 'yes' | 'part' | 'no' | 'unknown';
  /** Why, in the policy's own codes: `lead-agency`, `member`, `not-a-member`, `above-ceiling`, `not-releasable`, `absent`. */
  readonly reason: string;
  /** Null also where it is not the asking agency's to know. */
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
  /** The first moment of the span at which it could; null when it could not, or that is not known. */
  readonly from: Date | null;
  /** Of an agreement whose status on the day is not kept: what it is now. */
  readonly agreementIsNow: string | null;
  /** The roles in it whose people read items, as its identity provider may give them now. */
  readonly roles: readonly string[];
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
 * which something changed. Memberships, markings and the status of agreements are kept in valid time and are asked as they
 * were. Where the answer hangs on an agreement whose status of that time is not kept, the answer is that it is not known.
 *
 * @param from - the first moment, `to` the first that is no longer part of it
 */
export function sightOnDay(history: History, from: Date, to: Date): SightOnDay {
  const moments = momentsOf(history, from, to);
  const markings = moments.flatMap((at) => markingAt(history, at) ?? []).map((marking) => printMarking(marking));
  return { markings: [...new Set(markings)], roles: READING, agencies: history.agencies.map((agency) => sightOf(history, moments, agency)) };
}

function sightOf(history: History, moments: readonly Date[], { id: agency, name, roles: given }: History['agencies'][number]): AgencySight {
  const asked = moments.map((at) => ({ at, decision: decisionAt(history, at, agency) }));
  const permitted = asked.filter(({ decision }) => decision?.effect === 'permit');
  const [first] = permitted;
  const roles = READING.filter((role) => given.includes(role));
  const nothing = { agency: name, agreement: null, clause: null, purpose: null, from: null, agreementIsNow: null, roles };
  if (first?.decision) {
    const cited = first.decision.obligations.find((one) => one.kind === 'cite');
    return { ...nothing, ...(cited && groundsOf(cited)), could: permitted.length === asked.length ? 'yes' : 'part', reason: first.decision.reasons[0] ?? '', from: first.at };
  }
  const hanging = hangsOn(history, moments, agency);
  if (hanging) {
    const { agreement, clause } = hanging;
    return { ...nothing, ...groundsOf({ agreement: agreement.reference, clause: clause.code, purpose: clause.purpose }), could: 'unknown', reason: 'agreement-status', agreementIsNow: agreement.reference === '' ? null : agreement.status };
  }
  return { ...nothing, could: 'no', reason: asked.find(({ decision }) => decision)?.decision?.reasons[0] ?? 'absent' };
}

/** What is withheld from the asking agency comes as empty text. */
function groundsOf({ agreement, clause, purpose }: { agreement: string; clause: string; purpose: string }): Pick<AgencySight, 'agreement' | 'clause' | 'purpose'> {
  return { agreement: agreement || null, clause: clause || null, purpose: purpose || null };
}

/** The membership by which the agency could have seen it, had its agreement been live when its status is not kept. */
function hangsOn(history: History, moments: readonly Date[], agency: AgencyId): KeptMembership | undefined {
  return history.workspace.memberships.find((one) => {
    if (one.agencyId !== agency) return false;
    const alone = { ...history, workspace: { ...history.workspace, memberships: [one] } };
    return moments.some((at) => decisionAt(alone, at, agency, 'live')?.effect === 'permit');
  });
}

/** What the policy says of anybody of this agency who works on cases; undefined before the item was made. */
function decisionAt(history: History, at: Date, agencyId: AgencyId, whereNotKept: Status = 'ended'): ReturnType<typeof decide> | undefined {
  const item = markingAt(history, at);
  if (item === undefined) return undefined;
  const somebody = { agencyId, roles: READING } as unknown as ActorRef;
  const memberships = history.workspace.memberships.map((one) => ({ ...one, agreement: { ...one.agreement, status: statusAt(one, at) ?? whereNotKept } }));
  const facts: Facts = { at, workspace: { ...history.workspace, memberships }, item };
  return decide(somebody, 'item.read', facts);
}

function markingAt({ markings }: History, at: Date): Marking | undefined {
  return markings.filter(({ since }) => since <= at).at(-1)?.marking;
}

function statusAt({ statuses }: KeptMembership, at: Date): Status | undefined {
  return statuses.filter(({ since }) => since <= at).at(-1)?.status;
}

/** The beginning of the span, and every moment in it at which a membership, an agreement or the marking began, changed or ended. */
function momentsOf({ markings, workspace }: History, from: Date, to: Date): readonly Date[] {
  const changes = [
    ...markings.map(({ since }) => since),
    ...workspace.memberships.flatMap(({ validFrom, validTo, agreement, statuses }) => [
      validFrom, validTo ?? from, agreement.validFrom, agreement.validTo, ...statuses.map(({ since }) => since),
    ]),
  ].filter((at) => from < at && at < to);
  return [from, ...changes].sort((one, other) => one.getTime() - other.getTime());
}
