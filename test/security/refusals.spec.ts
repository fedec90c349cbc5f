import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { findingInput, OFFICIAL_SENSITIVE, openingInput } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { everyOperation, schemaOf, type Operation } from './whole-schema.js';
import { signInAuditor } from '../builders/auditor.js';

jest.setTimeout(120_000);

/** People by role; nobody among them has a case. */
const PEOPLE = ['amira.rahman', 'priya.shah', 'dan.cole', 'alex.ward', 'sam.stone'] as const;

/**
 * What answers nothing and leaves no `refused` entry, with the reason. What everybody signed in may ask is not refused;
 * a search that may be made and finds nothing is an act that was done, and leaves an entry that says so.
 */
const NOTHING_TO_REFUSE: Readonly<Record<string, string>> = {
  me: 'reads one\'s own session',
  agencies: 'is open to everybody, signed in or not',
  agreements: 'lists what one\'s own agency signed, which carries no marking',
  alerts: 'is recorded with the findings it names: a page of none consults nothing',
  custodyOffers: 'is recorded with how many it shows: a list of none consults nothing',
  recalls: 'is recorded with how many it shows: a list of none consults nothing',
  unusualUses: 'is recorded with how many it shows: a page of none consults nothing',
  auditDesk: 'shows an auditor what she herself put there; whoever may not have one is recorded as refused',
};

/** Input that is understood, about things that do not exist. */
const INPUTS: Readonly<Record<string, (id: string) => unknown>> = {
  addNote: (workspaceId) => ({ workspaceId, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE }),
  classifyItem: (id) => ({ id, version: 1, marking: OFFICIAL_SENSITIVE, reason: 'A' }),
  saveRecord: (workspaceId) => ({ id: workspaceId, workspaceId, version: 1, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE }),
  recordFinding: (workspaceId) => findingInput(workspaceId),
  openWorkspace: () => openingInput(),
  statePurpose: (workspaceId) => ({ workspaceId, purpose: 'A' }),
  inviteAgency: (id) => ({ workspaceId: id, agencyId: id, clauseId: id, until: null }),
  endMembership: (id) => ({ workspaceId: id, agencyId: id, reason: 'A' }),
  requestUpload: (workspaceId) => ({ workspaceId, title: 'A', description: '', fileName: 'a.pdf', sizeBytes: 10, sha256: null, marking: OFFICIAL_SENSITIVE }),
  recordPhysicalExhibit: (workspaceId) => ({ workspaceId, title: 'A', description: '', marking: OFFICIAL_SENSITIVE, act: 'seized', happenedAt: '2026-11-28T14:05:00Z' }),
  placeHold: (exhibitId) => ({ workspaceId: exhibitId, exhibitId, reason: 'A' }),
  liftHold: (id) => ({ id, reason: 'A' }),
  proposeDisposal: (exhibitId) => ({ exhibitId, rule: 'council-6', reason: 'A' }),
  decideDisposal: (exhibitId) => ({ exhibitId, approve: true, reason: 'A' }),
  setRetention: (exhibitId) => ({ exhibitId, group: 'council-6', reason: 'A' }),
  reviewForDisclosure: (exhibitId) => ({ exhibitId, class: 'used', result: 'served', ground: null, reason: 'A', seen: 0 }),
  signDisclosureSchedule: (workspaceId) => ({ workspaceId, statement: 'A', state: 'A' }),
  recordCustody: (exhibitId) => ({ exhibitId, act: 'examined', reason: 'A' }),
  offerCustody: (id) => ({ exhibitId: id, agencyId: id }),
  answerCustodyOffer: (exhibitId) => ({ exhibitId, answer: 'withdraw' }),
  answerUnusualUse: (id) => ({ id, answer: 'A' }),
  assignUnusualUse: (id) => ({ id, personId: id }),
  closeUnusualUse: (id) => ({ id, conclusion: 'explained', words: 'A' }),
  shareExhibit: (id) => ({ exhibitId: id, agencyId: id }),
  recallExhibit: (id) => ({ exhibitId: id, agencyId: id, reason: 'A' }),
  answerRecall: (id) => ({ id, copies: 'none', answer: 'A' }),
  proposeKeyChange: () => ({ change: 'renew', publicKey: null, fingerprint: null, reason: 'A' }),
  auditLog: () => ({}),
  agencyLog: () => ({}),
  saveAuditSearch: () => ({}),
};
const TEXTS: Readonly<Record<string, unknown>> = { text: 'marigold', tab: 'all', state: 'all', status: null, after: null, first: 5, kind: null, version: null, from: '0', reason: 'A check' };

const MOMENTS: Readonly<Record<string, string>> = { at: '2099-01-01T00:00:00Z', from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };

describe('what was understood and refused', () => {
  let world: World;
  let schema: GraphQLSchema;
  const visitors = new Map<string, Visitor>();

  beforeAll(async () => {
    world = await startWorld();
    for (const name of PEOPLE) visitors.set(name, await world.signIn(name));
    await signInAuditor(world);
    schema = await schemaOf(world.stranger());
  }, 180_000);
  afterAll(() => world.stop());

  async function lastEntries(since: Date): Promise<readonly { verb: string; outcome: string }[]> {
    const { rows } = await world.superuser.query<{ verb: string; outcome: string }>('SELECT verb, outcome FROM ledger_entry WHERE at > $1 ORDER BY at', [since]);
    return rows;
  }

  async function now(): Promise<Date> {
    const { rows } = await world.superuser.query<{ now: Date }>(`SELECT coalesce(max(at), 'epoch') AS now FROM ledger_entry`);
    return rows[0]?.now ?? new Date(0);
  }

  const operations = (id: string): Operation[] =>
    everyOperation(schema, (name, typeName) => {
      if (typeName === 'Boolean') return false;
      return typeName === 'DateTime' ? MOMENTS[name] : name in TEXTS ? TEXTS[name] : id;
    }).map((operation) => {
      const input = INPUTS[operation.field]?.(id);
      const name = 'filter' in operation.variables ? 'filter' : 'input';
      return input === undefined ? operation : { ...operation, variables: { ...operation.variables, [name]: input } };
    });

  it.each(PEOPLE)('of %s leaves its entry, whatever it was', async (name) => {
    const visitor = visitors.get(name);
    const silent: string[] = [];
    const walked: string[] = [];
    for (const operation of operations(randomUUID())) {
      const since = await now();
      const { data, errors, text } = await visitor?.graphql(operation.text, operation.variables) ?? { data: null, errors: [], text: '' };
      // Every input is one that can be understood; what is not would be no act, and the walk would pass it by.
      expect({ field: operation.field, codes: errors.map(({ extensions }) => extensions['code']), malformed: text.includes('"invalid"') })
        .toEqual({ field: operation.field, codes: [], malformed: false });
      const entries = await lastEntries(since);
      const answer = data?.[operation.field];
      const isRefused = answer === null || (answer as { __typename?: string } | undefined)?.__typename === 'Refused';
      const wanted = isRefused ? entries.filter(({ outcome }) => outcome === 'refused') : entries;
      if (wanted.length === 0 && !(operation.field in NOTHING_TO_REFUSE)) silent.push(`${operation.field}: ${text.slice(0, 120)}`);
      walked.push(operation.field);
    }
    expect(silent).toEqual([]);
    expect(walked).toEqual(expect.arrayContaining(['workspace', 'record', 'alert', 'acknowledgeAlert', 'addNote', 'proveLedger', 'auditEntry']));
  });

  it.each(['agreements', 'alerts'])('of somebody who may not list %s is recorded, though it looks like an empty list', async (field) => {
    const [operation] = operations(randomUUID()).filter((one) => one.field === field);
    const since = await now();
    await visitors.get('alex.ward')?.ask(operation?.text ?? '', operation?.variables);
    expect((await lastEntries(since)).map(({ outcome }) => outcome)).toEqual(['refused']);
  });
});
