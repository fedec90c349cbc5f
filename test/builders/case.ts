import type { Answer, Visitor } from './visitor.js';

/** A refusal as the API gives it. */
export interface Refusal {
  readonly __typename: 'Refused';
  readonly code: string;
  readonly message: string;
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

/** A marking as it is entered. */
export interface MarkingDraft {
  readonly sensitive: boolean;
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
  readonly releasableTo: readonly string[] | null;
}

/** For every member of the investigation. */
export const OFFICIAL_SENSITIVE: MarkingDraft = { sensitive: true, descriptors: [], handling: [], releasableTo: null };

/** For these agencies (ids) and one's own only. */
export function onlyFor(...agencies: readonly string[]): MarkingDraft {
  return { ...OFFICIAL_SENSITIVE, releasableTo: agencies };
}

const REFUSED = '... on Refused { code message faults { field message } }';
const WORKSPACE = `id reference title summary status purpose highestMarking openedAt openedBy
  business { name address postcode fhrsId } marking { text originator { code } releasableTo { code } } leadAgency { code name }
  counts { notes records findings exhibits } members { agency { code } lead since until agreement clause purpose }
  can { invite addNote saveRecord recordFinding addExhibit }`;
const ITEM = `id workspaceId kind title text version createdAt createdBy agency { code }
  marking { text originator { code } releasableTo { code } }
  finding { inspectedOn hygiene structure confidence imminentRisk rating ratingWords breach urgency rule }`;
const RECORD = `id workspaceId title body version savedAt savedBy marking { text releasableTo { code } }
  versions { version title body savedAt savedBy }`;

/** Every document the specs of investigations send. */
export const DOCUMENTS = {
  workspaces: `query ($tab: String = "agency", $status: String, $first: Int = 25, $after: String) {
    workspaces(tab: $tab, status: $status, first: $first, after: $after) {
      nodes { id reference title status marking leadAgency businessName openedAt } pageInfo { endCursor hasNextPage } } }`,
  workspace: `query ($id: ID!) { workspace(id: $id) { ${WORKSPACE} } }`,
  items: `query ($workspaceId: ID!, $kind: String, $first: Int = 25, $after: String) {
    items(workspaceId: $workspaceId, kind: $kind, first: $first, after: $after) { nodes { ${ITEM} } pageInfo { endCursor hasNextPage } } }`,
  record: `query ($id: ID!) { record(id: $id) { ${RECORD} } }`,
  timeline: `query ($workspaceId: ID!, $first: Int = 25, $after: String) {
    timeline(workspaceId: $workspaceId, first: $first, after: $after) {
      nodes { id at what title who agency marking itemId } pageInfo { endCursor hasNextPage } } }`,
  search: `query ($text: String!, $first: Int = 25, $after: String) {
    search(text: $text, first: $first, after: $after) {
      nodes { kind id workspaceId workspaceReference title snippet marking } pageInfo { endCursor hasNextPage } } }`,
  openWorkspace: `mutation ($input: OpenWorkspaceInput!) { openWorkspace(input: $input) { __typename ... on Workspace { ${WORKSPACE} } ${REFUSED} } }`,
  inviteAgency: `mutation ($input: InviteAgencyInput!) { inviteAgency(input: $input) { __typename
    ... on Member { agency { code } lead since until agreement clause purpose } ${REFUSED} } }`,
  endMembership: `mutation ($input: EndMembershipInput!) { endMembership(input: $input) { __typename ... on MembershipEnded { id } ${REFUSED} } }`,
  formerMembers: `query ($workspaceId: ID!) { formerMembers(workspaceId: $workspaceId) { agency since until endedBy endedByAgency reason } }`,
  membershipEnding: `query ($workspaceId: ID!, $agencyId: ID!) { membershipEnding(workspaceId: $workspaceId, agencyId: $agencyId) {
    agency { code } isOwn brought unsettled { reference title why } reached { reference title marking seen { person act } } } }`,
  invitationPreview: `query ($workspaceId: ID!, $agencyId: ID!, $clauseId: ID!) { invitationPreview(workspaceId: $workspaceId, agencyId: $agencyId, clauseId: $clauseId) {
    items { kind title marking } gains aboveCeiling keptToOthers } }`,
  addNote: `mutation ($input: AddNoteInput!) { addNote(input: $input) { __typename ... on Item { ${ITEM} } ${REFUSED} } }`,
  saveRecord: `mutation ($input: SaveRecordInput!) { saveRecord(input: $input) { __typename ... on RecordItem { ${RECORD} }
    ... on StaleRecord { message theirs { ${RECORD} } yours { title body } } ${REFUSED} } }`,
  item: `query ($id: ID!) { item(id: $id) { ${ITEM} } }`,
  classifyItem: `mutation ($input: ClassifyItemInput!) { classifyItem(input: $input) { __typename ... on Item { ${ITEM} } ${REFUSED} } }`,
  statePurpose: `mutation ($input: StatePurposeInput!) { statePurpose(input: $input) { __typename ... on PurposeStated { purpose } ${REFUSED} } }`,
  recordFinding: `mutation ($input: RecordFindingInput!) { recordFinding(input: $input) { __typename
    ... on FindingRecorded { breach told { code } item { ${ITEM} } } ${REFUSED} } }`,
} as const;
export type Act = keyof typeof DOCUMENTS;

/** What a mutation answered: the fields of the success, or a refusal. */
export type Outcome<Done> = Refusal | (Done & { readonly __typename: string });

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}
export interface Workspace {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly highestMarking: string;
  readonly counts: { readonly notes: number; readonly records: number; readonly findings: number; readonly exhibits: number };
  readonly members: readonly { readonly agency: { readonly code: string }; readonly lead: boolean; readonly clause: string | null; readonly purpose: string | null }[];
  readonly can: Readonly<Record<'invite' | 'addNote' | 'saveRecord' | 'recordFinding' | 'addExhibit', boolean>>;
}
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string | null;
  readonly createdBy: string;
  readonly finding: { readonly rating: number; readonly ratingWords: string; readonly urgency: string | null; readonly rule: string | null } | null;
}
export interface RecordItem {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly version: number;
  readonly savedBy: string;
  readonly versions: readonly { readonly version: number; readonly title: string; readonly body: string; readonly savedBy: string }[];
}
export interface Stale {
  readonly __typename: 'StaleRecord';
  readonly message: string;
  readonly theirs: RecordItem;
  readonly yours: { readonly title: string; readonly body: string };
}

/** One act or question of `visitor`, whatever the answer. */
export function tell<Data>(visitor: Visitor, act: Act, variables: Readonly<Record<string, unknown>>): Promise<Answer<Data>> {
  return visitor.graphql<Data>(DOCUMENTS[act], variables);
}

/** The answer to one question that must have one. */
export async function ask<View>(visitor: Visitor, act: Act, variables: Readonly<Record<string, unknown>>): Promise<View> {
  const data = await visitor.ask<Record<string, View>>(DOCUMENTS[act], variables);
  return data[act] as View;
}

/** The outcome of a mutation. */
export function attempt<Done>(visitor: Visitor, act: Act, input: Readonly<Record<string, unknown>>): Promise<Outcome<Done>> {
  return ask<Outcome<Done>>(visitor, act, { input });
}

/** What was done by a mutation that must not be refused. */
export async function perform<Done>(visitor: Visitor, act: Act, input: Readonly<Record<string, unknown>>): Promise<Done> {
  const outcome = await attempt<Done>(visitor, act, input);
  if (outcome.__typename === 'Refused') throw new Error(`${act} was refused: ${(outcome as Refusal).message}`);
  return outcome as Done;
}

/** A food business that somebody should look at. `traits` say what matters to the test. */
export function openingInput(traits: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    title: 'The Golden Spoon',
    summary: 'Complaints of rats in the kitchen and of blocked fire exits.',
    business: { name: 'The Golden Spoon', address: '12 Mill Lane\nAshworth', postcode: 'AS1 4QZ', fhrsId: '1234567' },
    purpose: 'Protecting the public from unsafe food premises',
    marking: OFFICIAL_SENSITIVE,
    ...traits,
  };
}

/** The inspection of the main story: hygiene 25, structure 20, confidence 20, imminent risk. */
export function findingInput(workspaceId: string, traits: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    workspaceId,
    title: 'Inspection of the kitchen',
    inspectedOn: '2026-06-16',
    hygiene: 25,
    structure: 20,
    confidence: 20,
    imminentRisk: true,
    narrative: 'Live rodents beside open food. The rear exit is chained.',
    marking: OFFICIAL_SENSITIVE,
    ...traits,
  };
}

/** Ids of agencies by code, as anybody may know them. */
export async function agencyIds(visitor: Visitor): Promise<Readonly<Record<string, string>>> {
  const { agencies } = await visitor.ask<{ agencies: { id: string; code: string }[] }>('{ agencies { id code } }');
  return Object.fromEntries(agencies.map(({ id, code }) => [code, id]));
}

/** Ids of the clauses that bind the visitor's agency, by code. */
export async function clauseIds(visitor: Visitor): Promise<Readonly<Record<string, string>>> {
  const { agreements } = await visitor.ask<{ agreements: { clauses: { id: string; code: string }[] }[] }>('{ agreements { clauses { id code } } }');
  return Object.fromEntries(agreements.flatMap(({ clauses }) => clauses.map(({ id, code }) => [code, id])));
}

/** Opens an investigation and invites agencies (codes) under clause 4.1. */
export async function openCase(lead: Visitor, invited: readonly string[] = [], traits: Readonly<Record<string, unknown>> = {}): Promise<Workspace> {
  const opened = await perform<Workspace>(lead, 'openWorkspace', openingInput(traits));
  const [agencies, clauses] = [await agencyIds(lead), await clauseIds(lead)];
  for (const code of invited) {
    await perform(lead, 'inviteAgency', { workspaceId: opened.id, agencyId: agencies[code], clauseId: clauses['4.1'] });
  }
  return opened;
}
