import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { decide, type Facts } from '../../libs/policy/index.js';
import type { AgencyId, ItemId } from '../../libs/kernel/index.js';
import type { Work } from '../../src/platform/index.js';
import { originOf } from '../../src/workspaces/store/origin.store.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { asPerson, inWorld } from './one-law.js';
import { oracleKeepsOrigin, oracleSeesItem, type OracleChain, type OracleMarked, type OraclePerson, type OracleWorld } from './oracle.js';
import { actorOf, itemFacts } from './policy-facts.js';

const RUNS = Number(process.env['CONCORDAT_WORLDS'] ?? 40) * 2;
const AGENCIES = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000100${number}`);
const [LEAD = ''] = AGENCIES;
const AT = new Date(Date.UTC(2026, 0, 5));
const idOf = (kind: number, number: number): string => `00000000-0000-4000-8000-00000000${kind}00${number}`;
const WORKSPACE = idOf(3, 1);

/** Terms that take their place in a list by the byte, as the product sorts them. */
const terms = (...all: string[]): fc.Arbitrary<string[]> => fc.subarray(all);
const marked: fc.Arbitrary<Omit<OracleMarked, 'id' | 'originator'>> = fc.record({
  tier: fc.constant(1),
  sensitive: fc.boolean(),
  descriptors: terms('COMMERCIAL', 'PERSONAL'),
  handling: terms('RECIPIENTS ONLY'),
  releasableTo: fc.option(fc.subarray(AGENCIES, { minLength: 2 }), { freq: 2 }),
});
const held = (number: number): fc.Arbitrary<OracleMarked> =>
  fc.tuple(marked, fc.constantFrom(...AGENCIES)).map(([restrictions, originator]) => ({ id: idOf(5, number), originator, ...restrictions }));

/** A thing, what was made of it, what was made of that, and how somebody wants the last marked. */
const arbitraryChain: fc.Arbitrary<{ chain: OracleChain; next: Omit<OracleMarked, 'id' | 'originator'> }> =
  fc.record({ chain: fc.tuple(held(1), held(2), held(3)), next: marked });

const people: readonly OraclePerson[] = AGENCIES.map((agency, number) => ({ id: idOf(4, number + 1), agency, roles: ['police-officer'] }));

function worldOf(chain: OracleChain): OracleWorld {
  const agreement = { id: idOf(2, 1), clause: idOf(6, 1), status: 'live' as const, from: new Date(0), to: new Date(Date.UTC(2030, 0, 1)), parties: AGENCIES, tier: 1, sensitive: true };
  return {
    at: AT,
    agencies: AGENCIES,
    people,
    agreements: [agreement],
    workspaces: [{ id: WORKSPACE, lead: LEAD, tier: 1, sensitive: false }],
    memberships: AGENCIES.slice(1).map((agency) => ({ workspace: WORKSPACE, agency, agreement: agreement.id, from: new Date(0), to: null })),
    // Every fourth item of a planted world is an exhibit.
    items: [...chain].flatMap((item, place) => [0, 1, 2, 3].map((kind) => ({ ...item, workspace: WORKSPACE, id: kind === 3 ? item.id : idOf(8, place * 3 + kind) }))),
    alerts: [],
  };
}

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

/** Plants the chain, and lets `look` look at it. */
function inChain(chain: OracleChain, look: (world: OracleWorld) => Promise<void>): Promise<void> {
  const world = worldOf(chain);
  return inWorld(superuser, world, async () => {
    for (const [place, { id, descriptors, handling }] of chain.entries()) {
      await superuser.query('UPDATE item SET descriptors = $2, handling = $3 WHERE id = $1', [id, descriptors, handling]);
      const above = chain[place - 1]?.id;
      if (above !== undefined) await superuser.query(`UPDATE exhibit SET derived_from = $2, relation = 'redacted' WHERE item_id = $1`, [id, above]);
    }
    await look(world);
  });
}

/** Whether the database lets her. What it refuses is undone with the rest. */
async function lets(person: OraclePerson, act: () => Promise<unknown>): Promise<boolean> {
  await superuser.query('SAVEPOINT attempt');
  try {
    await asPerson(superuser, person, act);
    return true;
  } catch (fault) {
    if (fault instanceof Error && /keeps its restrictions/.test(fault.message)) return false;
    throw fault;
  } finally {
    await superuser.query('ROLLBACK TO SAVEPOINT attempt');
  }
}

const facts = (world: OracleWorld, { id, originator, ...restrictions }: OracleMarked): Facts['item'] => {
  const { item } = itemFacts(world, { ...restrictions, id, originator, workspace: WORKSPACE });
  return item && { ...item, descriptors: restrictions.descriptors, handling: restrictions.handling };
};

/** What of another agency it was made of, as the product asks the database while it acts for her. */
const originAsSeenBy = (person: OraclePerson, id: string): Promise<Facts['origin']> =>
  asPerson(superuser, person, () => {
    const work = { sql: async (text: string, parameters: unknown[]) => (await superuser.query<object>(text, parameters)).rows } as unknown as Work;
    return originOf(work, id as ItemId, person.agency as AgencyId);
  });

describe('what was made of another agency’s exhibit', () => {
  it('is marked anew alike by the policy, the database and the oracle', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryChain, ({ chain, next }) =>
        inChain(chain, async (world) => {
          const [, , copy] = chain;
          const person = people.find(({ agency }) => agency === copy.originator);
          if (!person) throw new Error('Everybody has an agency');
          const wanted = { ...copy, ...next };
          const expected = oracleKeepsOrigin(world, person, chain, wanted);
          const decision = decide(actorOf(person), 'item.classify', {
            ...itemFacts(world, { ...copy, workspace: WORKSPACE }), item: facts(world, copy), proposed: facts(world, wanted), origin: await originAsSeenBy(person, copy.id),
          });
          expect(decision.effect === 'permit').toBe(expected);
          const { tier, sensitive, descriptors, handling, releasableTo } = wanted;
          expect(await lets(person, () => superuser.query(
            'UPDATE item SET tier = $2, sensitive = $3, descriptors = $4, handling = $5, releasable_to = $6 WHERE id = $1', [copy.id, tier, sensitive, descriptors, handling, releasableTo],
          ))).toBe(expected);
          if (!expected) refused += 1;
        }),
      ),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS / 20);
  }, 180_000);

  it('is made alike by whoever sees what it is made of', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryChain, fc.constantFrom(...people), ({ chain: [root, middle, last], next }, person) => {
        const chain: OracleChain = [root, middle, { ...last, ...next, originator: person.agency }];
        return inChain(chain, async (world) => {
          const [, from, made] = chain;
          if (!oracleSeesItem(world, person, { ...from, workspace: WORKSPACE }) || !oracleSeesItem(world, person, { ...made, workspace: WORKSPACE })) return;
          const expected = oracleKeepsOrigin(world, person, [root, from, from], made);
          const origin = from.originator === person.agency ? await originAsSeenBy(person, from.id) : facts(world, from);
          const decision = decide(actorOf(person), 'exhibit.deposit', { ...itemFacts(world, { ...from, workspace: WORKSPACE }), item: facts(world, from), proposed: facts(world, made), origin });
          expect(decision.effect === 'permit').toBe(expected);
          await superuser.query('DELETE FROM custody_event WHERE item_id = $1', [made.id]);
          const { rows: [row] } = await superuser.query<{ row: unknown }>('DELETE FROM exhibit x WHERE item_id = $1 RETURNING to_jsonb(x) AS row', [made.id]);
          const { rows: columns } = await superuser.query<{ name: string }>(
            `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'exhibit' AND is_generated = 'NEVER'`);
          const names = columns.map(({ name }) => name).join(', ');
          expect(await lets(person, () => superuser.query(`INSERT INTO exhibit (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::exhibit, $1)`, [row?.row]))).toBe(expected);
          if (!expected) refused += 1;
        });
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS / 20);
  }, 180_000);
});
