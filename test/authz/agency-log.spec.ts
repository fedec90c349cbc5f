import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { Role, type AgencyId } from '../../libs/kernel/index.js';
import { categoryOf, decide, type Verb } from '../../libs/policy/index.js';
import { pgConnection } from '../../src/ledger/index.js';
import { presentOther, presentOwn } from '../../src/ledger/queries/present-agency-log.js';
import { readOthers, readOwnPeople, type AgencyLogFilter, type AgencyLogRow } from '../../src/ledger/store/agency-log-rows.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { asPerson, idsOf, inWorld } from './one-law.js';
import { oracleManagesAgency, oracleSeesItem, oracleSeesOthersAct, oracleSeesOwnAct, oracleSeesWorkspace, type OracleEntry, type OraclePerson, type OracleWorld } from './oracle.js';
import { randomWorld } from './random-world.js';

const RUNS = Number(process.env['CONCORDAT_WORLDS'] ?? 24);
const LIMIT_MS = 120_000 + RUNS * 1_000;
const CLAUSE = 'clause-between-others';
const ALL = { after: [null, null], limit: 1_000 } as const;

let database: TestDatabase;
let superuser: Client;

beforeAll(async () => {
  database = await createDatabase();
  superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
}, 120_000);

afterAll(async () => {
  await superuser.end();
  await database.drop();
});

/** What somebody of every agency, and the product itself, did to everything there is, whether she could or not. */
function actsIn(world: OracleWorld): OracleEntry[] {
  const actors = [...world.agencies, null];
  const act = (agency: string | null, verb: Verb, about: Partial<OracleEntry>): OracleEntry => ({ id: randomUUID(), verb, agency, workspace: null, subject: null, items: [], ...about });
  return actors.flatMap((agency) => [
    ...world.items.map(({ id, workspace }) => act(agency, 'item.read', { workspace, subject: id })),
    ...world.workspaces.map(({ id }) => act(agency, 'item.read', { workspace: id, subject: id, items: world.items.flatMap((item) => (item.workspace === id ? [item.id] : [])) })),
    ...world.workspaces.map(({ id }) => act(agency, 'access-log.read', { workspace: id })),
    ...world.workspaces.map(({ id }) => act(agency, 'unusual-use.read', { workspace: id, subject: randomUUID() })),
    ...world.items.map(({ id }) => act(agency, 'workspace.search', { items: [id] })),
    act(agency, 'workspace.search', { items: world.items.map(({ id }) => id) }),
    act(agency, 'alert.read', { subject: agency ?? randomUUID(), items: world.items.slice(0, 2).map(({ id }) => id) }),
    act(agency, 'note.add', { subject: world.items[0]?.id ?? null }),
    act(agency, 'session.sign-in', { subject: randomUUID() }),
    act(agency, 'ledger.search', { items: world.items.map(({ id }) => id) }),
  ]);
}

/** As they would be stored: with the title, the reference and the clause of the time, which not everybody may know now. */
async function record(world: OracleWorld, acts: readonly OracleEntry[]): Promise<void> {
  const bodies = acts.map(({ id, verb, agency, workspace, subject, items }) => ({
    id, verb, category: categoryOf(verb as Verb), outcome: 'done', at: world.at.toISOString(), agreement: CLAUSE, clause: CLAUSE, purpose: CLAUSE, reason: CLAUSE, recipients: [CLAUSE],
    actor: agency === null ? null : { person: personOf(agency), name: `Actor ${agency}`, agency: codeOf(world, agency), agencyId: agency, agencyName: `Agency ${agency}`, roles: [CLAUSE] },
    ...(workspace !== null && { workspace: { id: workspace, reference: workspace } }),
    ...(subject !== null && { subject: { kind: subject === workspace ? 'workspace' : 'note', id: subject, title: subject === workspace ? `Workspace ${subject}` : `Item ${subject}` } }),
    details: { items, text: items.map((item) => `Item ${item}`), cases: world.workspaces.map((one) => ({ reference: one.id })) },
  }));
  await superuser.query(
    `INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) SELECT (b ->> 'id')::uuid, (b ->> 'at')::timestamptz, decode(repeat('00', 16), 'hex'), b::text, decode(repeat('00', 32), 'hex') FROM jsonb_array_elements($1::jsonb) b`,
    [JSON.stringify(bodies)],
  );
}

const codeOf = (world: OracleWorld, agency: string): string => `agency-${world.agencies.indexOf(agency)}`;
const personOf = (agency: string): string => agency.replace('-4000-', '-4009-');
const idsIn = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id).sort();

interface Looking {
  own(filter: AgencyLogFilter): Promise<readonly AgencyLogRow[]>;
  others(filter: AgencyLogFilter): Promise<readonly AgencyLogRow[]>;
}

function lookingAs(world: OracleWorld, { agency }: OraclePerson): Looking {
  const connection = pgConnection(superuser);
  const agencyId = agency as unknown as AgencyId;
  return {
    own: (filter) => readOwnPeople(connection, { agencyId, agencyCode: codeOf(world, agency) }, filter, ALL),
    others: (filter) => readOthers(connection, agencyId, filter, ALL),
  };
}

/** Everything in a world, looked at by its people: everybody as she is, and for each agency one as if she managed it. */
async function inWorldOf(world: OracleWorld, look: (person: OraclePerson, acts: readonly OracleEntry[]) => Promise<void>): Promise<void> {
  await inWorld(superuser, world, async () => {
    const acts = actsIn(world);
    await record(world, acts);
    await superuser.query(`SELECT set_config('concordat.across', 'yes', true)`);
    const managers = world.people.filter(({ agency }, number) => world.people.findIndex((one) => one.agency === agency) === number);
    const people = [...world.people.filter((one) => !oracleManagesAgency(one)), ...managers.map((one) => ({ ...one, roles: [...new Set([...one.roles, Role.ServiceManager])] }))];
    for (const person of people) await asPerson(superuser, person, () => look(person, acts));
  });
}

describe('the log of an agency', () => {
  it.each(Object.values(Role))('is read by a %s as the law says', (role) => {
    const { effect } = decide({ roles: [role] } as unknown as Parameters<typeof decide>[0], 'agency-log.read', { at: new Date() });
    expect(effect === 'permit').toBe(oracleManagesAgency({ id: 'a', agency: 'a', roles: [role] }));
  });

  it('holds what its own people did and what others did with what is its own, of any world, and not an entry else', async () => {
    await fc.assert(fc.asyncProperty(randomWorld, (world) => inWorldOf(world, async (person, acts) => {
      const log = lookingAs(world, person);
      if (!oracleManagesAgency(person)) {
        // Row-level security gives nobody else what is not of one case.
        expect(await idsOf(superuser, 'SELECT id FROM ledger_entry WHERE workspace_id IS NULL')).toEqual([]);
        return;
      }
      expect(idsIn(await log.own({}))).toEqual(idsIn(acts.filter((act) => oracleSeesOwnAct(person, act))));
      expect(idsIn(await log.others({}))).toEqual(idsIn(acts.filter((act) => oracleSeesOthersAct(world, person, act))));
    })), { numRuns: RUNS });
  }, LIMIT_MS);

  it('is narrowed by what was done, whether that is done in one case or across them', async () => {
    await fc.assert(fc.asyncProperty(randomWorld, (world) => inWorldOf(world, async (person, acts) => {
      if (!oracleManagesAgency(person)) return;
      const log = lookingAs(world, person);
      for (const verb of [['item.read'], ['workspace.search'], ['alert.read', 'item.read'], ['workspace.search', 'alert.read'], []]) {
        const of = (law: (act: OracleEntry) => boolean): string[] => idsIn(acts.filter((act) => verb.includes(act.verb) && law(act)));
        expect(idsIn(await log.own({ verb }))).toEqual(of((act) => oracleSeesOwnAct(person, act)));
        expect(idsIn(await log.others({ verb }))).toEqual(of((act) => oracleSeesOthersAct(world, person, act)));
      }
    })), { numRuns: Math.ceil(RUNS / 6) });
  }, LIMIT_MS);

  it('names what its reader sees now, tells of nothing else that there is, and keeps the clauses of others to who leads', async () => {
    await fc.assert(fc.asyncProperty(randomWorld, (world) => inWorldOf(world, async (person, acts) => {
      if (!oracleManagesAgency(person)) return;
      const log = lookingAs(world, person);
      const items = world.items.filter((item) => oracleSeesItem(world, person, item));
      const cases = world.workspaces.filter((workspace) => oracleSeesWorkspace(world, person, workspace));
      const others = (await log.others({})).map(presentOther);
      for (const entry of [...(await log.own({})).map(presentOwn), ...others]) {
        const act = acts.find(({ id }) => id === entry.id);
        const seen = [...items.map(({ id }) => id), ...cases.map(({ id }) => id)];
        const subject = act?.subject ?? '';
        const isGuarded = entry.verb !== 'session.sign-in' && act?.subject !== null;
        expect({ verb: entry.verb, named: entry.subjectTitle !== null }).toEqual({ verb: entry.verb, named: seen.includes(subject) });
        if (isGuarded) expect(entry.isHidden).toBe(!seen.includes(subject));
        expect(entry.workspaceReference).toBe(cases.find(({ id }) => id === act?.workspace)?.id ?? null);
        const told = [...JSON.stringify(entry).matchAll(/(?:Item|Workspace) ([0-9a-f-]{36})/g)].map(([, id = '']) => id);
        expect(told.filter((id) => !seen.includes(id))).toEqual([]);
      }
      for (const entry of others) {
        const leads = cases.some(({ id, lead }) => id === entry.workspaceId && lead === person.agency);
        expect(JSON.stringify(entry).includes(CLAUSE)).toBe(leads);
        expect(entry.personId).toBeNull();
      }
    })), { numRuns: Math.ceil(RUNS / 3) });
  }, LIMIT_MS);

  it('is narrowed by a case that its reader sees, and by any other to nothing, as if there were none', async () => {
    await fc.assert(fc.asyncProperty(randomWorld, (world) => inWorldOf(world, async (person, acts) => {
      if (!oracleManagesAgency(person)) return;
      const log = lookingAs(world, person);
      for (const workspace of [...world.workspaces, { id: 'no-such-case', lead: '', tier: 1, sensitive: false }]) {
        const filter = { workspaceReference: workspace.id };
        const within = (act: OracleEntry): boolean => act.workspace === workspace.id && oracleSeesWorkspace(world, person, workspace);
        expect(idsIn(await log.own(filter))).toEqual(idsIn(acts.filter((act) => within(act) && oracleSeesOwnAct(person, act))));
        expect(idsIn(await log.others(filter))).toEqual(idsIn(acts.filter((act) => within(act) && oracleSeesOthersAct(world, person, act))));
      }
    })), { numRuns: Math.ceil(RUNS / 6) });
  }, LIMIT_MS);
});
