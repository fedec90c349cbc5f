import { expect } from '@jest/globals';
import { AGENCIES, AGREEMENT, PEOPLE } from '../../src/demonstration/borough.js';
import { AUDIENCES, CLAUSE, MEMBERS, NOBODY, type Audience, type SharedCase } from '../builders/joint-case.js';
import type { Visitor } from '../builders/visitor.js';
import type { OracleItem, OraclePerson, OracleWorld } from './oracle.js';

/** The shared case in the oracle's words, with agencies by their code: nothing in it is asked of the product. */
export interface Law {
  readonly world: OracleWorld;
  readonly workspace: OracleWorld['workspaces'][number];
  /** What an item of the council's for this audience is. */
  item(audience: Audience): OracleItem;
  /** What this person proposes when she marks something for this audience. */
  proposal(person: OraclePerson, audience: Audience): OracleItem;
}

const MARKED = { tier: 1, sensitive: true } as const;
const RELEASABLE: Readonly<Record<Audience, readonly string[] | null>> = { all: null, police: ['ashworth', 'northmoor-police'] };

/** The law of the shared case today. */
export function lawOf({ workspaceId }: Pick<SharedCase, 'workspaceId'>): Law {
  const workspace = { id: workspaceId, lead: 'ashworth', ...MARKED };
  const item = (audience: Audience): OracleItem => ({ id: audience, workspace: workspaceId, originator: 'ashworth', releasableTo: RELEASABLE[audience], ...MARKED });
  const begun = new Date(AGREEMENT.validFrom);
  const agreement = {
    id: AGREEMENT.reference, clause: CLAUSE.code, status: 'live', from: begun, to: new Date(AGREEMENT.validTo), parties: AGREEMENT.parties, ...MARKED,
  } as const;
  const memberships = MEMBERS.map((agency) => ({ workspace: workspaceId, agency, agreement: agreement.id, from: begun, to: null }));
  const world: OracleWorld = {
    at: new Date(), agencies: AGENCIES.map(({ code }) => code), people: [], agreements: [agreement], workspaces: [workspace], memberships,
    items: AUDIENCES.map(item), alerts: [],
  };
  return { world, workspace, item, proposal: (person, audience) => ({ ...item(audience), originator: person.agency }) };
}

/** A person of the borough as the oracle knows her; undefined for nobody, whom the law lets do nothing here. */
export function personOf(name: string): OraclePerson | undefined {
  const known = PEOPLE.find(({ userName }) => userName === name);
  return known && { id: known.userName, agency: known.agency, roles: known.roles };
}

/** The kind of her agency. */
export function kindOf(person: OraclePerson): string {
  return AGENCIES.find(({ code }) => code === person.agency)?.kind ?? '';
}

/** Whether the oracle lets this person; never without a session. */
export function mayBe(name: string, says: (person: OraclePerson) => boolean): boolean {
  const person = personOf(name);
  return person !== undefined && says(person);
}

/** An answer as whoever asked received it. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What one person tries. */
export interface Trial {
  readonly verb: string;
  readonly permitted: boolean;
  readonly attempt: () => Promise<Reply>;
  /** The very same on what is not there; for acts about no one thing, the data that says there is nothing. */
  readonly absent: (() => Promise<Reply>) | { readonly data: unknown };
  /** Whether a partner's entry names the clause: an entry about several cases at once does not. */
  readonly cites?: boolean;
}

interface Entry {
  readonly id: string;
  readonly outcome: string;
  readonly agency: string;
  readonly clause: string | null;
  readonly purpose: string | null;
}

/**
 * Fails unless the act ends as the law says, and left its record: done with agency, and for a partner with clause and
 * purpose; or refused, with the very bytes that somebody gets who asks for what does not exist.
 */
export async function expectLaw(shared: SharedCase, name: string, trial: Trial): Promise<void> {
  const before = await entriesOf(shared, name, trial.verb);
  const reply = await trial.attempt();
  const made = (await entriesOf(shared, name, trial.verb)).filter(({ id }) => !before.some((known) => known.id === id));
  const absent = await absentOf(name, trial);
  const seen = { name, verb: trial.verb, told: reply.text };
  if (trial.permitted) {
    expect({ ...seen, differs: reply.text !== absent.text, refused: REFUSAL.test(reply.text) }).toEqual({ ...seen, differs: true, refused: false });
    expect({ ...seen, made }).toEqual({ ...seen, made: expect.arrayContaining([doneBy(name, trial.cites ?? true)]) });
    return;
  }
  expect({ ...seen, status: reply.status }).toEqual({ ...seen, status: absent.status, told: absent.text });
  // Nobody has no name and no agency to record: she is turned away before there is an act.
  if (name === NOBODY) expect(seen).toEqual({ ...seen, told: expect.stringMatching(TURNED_AWAY) });
  else expect({ ...seen, outcomes: made.map(({ outcome }) => outcome) }).toEqual({ ...seen, outcomes: ['refused'] });
}

const REFUSAL = /"not-found"|"sign-in-again"/;
const TURNED_AWAY = /sign-in-again|[Ss]ign in/;

async function absentOf(name: string, { attempt, absent }: Trial): Promise<Reply> {
  if (typeof absent === 'function') return absent();
  return name === NOBODY ? attempt() : { status: 200, text: JSON.stringify({ data: absent.data }) };
}

function doneBy(name: string, cites: boolean): object {
  const agency = personOf(name)?.agency;
  const isPartner = (MEMBERS as readonly (string | undefined)[]).includes(agency);
  const cited = isPartner && cites ? { clause: CLAUSE.code, purpose: CLAUSE.purpose } : {};
  return expect.objectContaining({ outcome: 'done', agency, ...cited });
}

/** What the ledger holds of one person doing one thing. */
async function entriesOf({ world }: SharedCase, name: string, verb: string): Promise<Entry[]> {
  const displayName = PEOPLE.find(({ userName }) => userName === name)?.displayName ?? null;
  const { rows } = await world.superuser.query<Entry>(
    'SELECT id, outcome, agency_code AS agency, clause, purpose FROM ledger_entry WHERE person_name IS NOT DISTINCT FROM $1 AND verb = $2',
    [displayName, verb],
  );
  return rows;
}

/** Asks the API and keeps the answer as bytes. */
export async function reply(visitor: Visitor, query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply> {
  const { status, text } = await visitor.graphql(query, variables);
  return { status, text };
}
