import type { Visitor } from '../builders/visitor.js';

/** What an act of disclosure answered. */
export interface Told {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

const TYPES = { reviewForDisclosure: 'ReviewForDisclosureInput', signDisclosureSchedule: 'SignDisclosureScheduleInput' } as const;

/** The text of an act of disclosure. */
export function disclosing(mutation: keyof typeof TYPES): string {
  return `mutation ($input: ${TYPES[mutation]}!) { ${mutation}(input: $input) { __typename ... on Kept { id } ... on Refused { code message faults { field message } } } }`;
}

/** Reviews an exhibit; `more` says what is not as in the plainest review, which is the first. */
export async function review(who: Visitor, exhibitId: string, more: object = {}): Promise<Told> {
  const input = { exhibitId, class: 'used', result: 'served', ground: null, reason: 'Part of the case', seen: 0, ...more };
  return (await who.ask<{ reviewForDisclosure: Told }>(disclosing('reviewForDisclosure'), { input })).reviewForDisclosure;
}

/** Signs off what `state` names, or what she would read now. */
export async function sign(who: Visitor, workspaceId: string, more: object = {}): Promise<Told> {
  const { state } = await scheduleOf(who, workspaceId);
  const input = { workspaceId, statement: 'All of it looked at again', state, ...more };
  return (await who.ask<{ signDisclosureSchedule: Told }>(disclosing('signDisclosureSchedule'), { input })).signDisclosureSchedule;
}

export interface ShownSchedule {
  readonly version: number | null;
  readonly current: boolean;
  readonly since: readonly { readonly exhibitId: string; readonly what: string }[];
  readonly lines: readonly { readonly exhibitId: string; readonly canReview: boolean; readonly review: { readonly class: string; readonly result: string; readonly ground: string | null; readonly reviewedBy: string } | null }[];
  readonly versions: readonly { readonly version: number; readonly signedBy: string }[];
  readonly state: string;
  readonly canSign: boolean;
}

export const SCHEDULE = `query ($id: ID!, $version: Int) { disclosureSchedule(id: $id, version: $version) { version current since { exhibitId what }
  lines { exhibitId canReview review { class result ground reviewedBy } } versions { version signedBy } state canSign } }`;

export async function scheduleOf(who: Visitor, id: string, version: number | null = null): Promise<ShownSchedule> {
  return (await who.ask<{ disclosureSchedule: ShownSchedule }>(SCHEDULE, { id, version })).disclosureSchedule;
}
