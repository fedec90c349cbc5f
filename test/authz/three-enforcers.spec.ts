import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { asPerson, expectOneLaw, idsOf, inWorld } from './one-law.js';
import { oracleAcknowledges, oracleAddsNote, oracleAgencySeesItem, oracleClassifies, oracleInvites, oracleSeesItem, type OracleItem, type OraclePerson } from './oracle.js';
import { alertFacts, factsOf, itemFacts, permits } from './policy-facts.js';
import { randomWorld } from './random-world.js';

const RUNS = Number(process.env['CONCORDAT_WORLDS'] ?? 40);
const LIMIT_MS = 120_000 + RUNS * 500;

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

describe('the policy, row-level security and the oracle', () => {
  it('agree on who sees which workspace, item, part of an item and alert', async () => {
    await fc.assert(fc.asyncProperty(randomWorld, (world) => inWorld(superuser, world, () => expectOneLaw(superuser, world))), { numRuns: RUNS });
  }, LIMIT_MS);

  it('agree on each row looked at alone, as by its id', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, (world) =>
        inWorld(superuser, world, async () => {
          for (const person of world.people) {
            await asPerson(superuser, person, async () => {
              for (const item of world.items) {
                const found = await idsOf(superuser, 'SELECT id FROM item WHERE id = $1', [item.id]);
                expect(found).toEqual(oracleSeesItem(world, person, item) ? [item.id] : []);
              }
            });
          }
        }),
      ),
      { numRuns: Math.ceil(RUNS / 8) },
    );
  }, LIMIT_MS);

  it('agree on which agencies an item may be sent to', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, (world) =>
        inWorld(superuser, world, async () => {
          for (const item of world.items) {
            const agencies = world.agencies.filter((agency) => oracleAgencySeesItem(world, agency, item)).sort();
            expect(await idsOf(superuser, 'SELECT law.agencies_that_may_see_item($1) AS id', [item.id])).toEqual(agencies);
          }
        }),
      ),
      { numRuns: RUNS },
    );
  }, LIMIT_MS);

  it('agree on who is told who else sees an item: people of the agency it is from, while they see it', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, (world) =>
        inWorld(superuser, world, async () => {
          for (const person of world.people) {
            const owned = world.items.filter((item) => oracleClassifies(world, person, item));
            for (const item of world.items) expect(permits(person, 'item.audience', itemFacts(world, item))).toBe(owned.includes(item));
            await asPerson(superuser, person, async () => {
              expect(await idsOf(superuser, 'SELECT item_id AS id FROM item_marking')).toEqual(owned.map(({ id }) => id).sort());
              const shared = owned.filter(({ workspace }) => world.memberships.some((one) => one.workspace === workspace));
              expect(await idsOf(superuser, 'SELECT t.id FROM unnest($1::uuid[]) AS t (id) WHERE EXISTS (SELECT FROM law.memberships_behind(t.id))', [world.items.map(({ id }) => id)]))
                .toEqual(shared.map(({ id }) => id).sort());
            });
          }
        }),
      ),
      { numRuns: Math.ceil(RUNS / 8) },
    );
  }, LIMIT_MS);

  it('agree on who may add what, invite, and acknowledge', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, (world) =>
        inWorld(superuser, world, async () => {
          for (const person of world.people) {
            for (const workspace of world.workspaces) {
              expect(permits(person, 'member.invite', factsOf(world, workspace))).toBe(oracleInvites(person, workspace));
            }
            for (const alert of world.alerts) {
              expect(permits(person, 'alert.acknowledge', alertFacts(world, alert))).toBe(oracleAcknowledges(world, person, alert));
            }
            for (const item of world.items) {
              const { item: proposed, ...facts } = itemFacts(world, item);
              const expected = oracleAddsNote(world, person, item);
              expect(permits(person, 'note.add', { ...facts, proposed })).toBe(expected);
              // The database lets an agency add what it will not see itself only when it is the originator, which sees it.
              expect(await canInsert(person, item)).toBe(expected);
            }
          }
        }),
      ),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  }, LIMIT_MS);
});

/** Whether the database lets this person add one more item marked like `item`. */
async function canInsert(person: OraclePerson, item: OracleItem): Promise<boolean> {
  await superuser.query('SAVEPOINT attempt');
  try {
    await asPerson(superuser, person, () =>
      superuser.query(
        `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, releasable_to, created_by, created_by_name, created_at, updated_at, words)
         VALUES (gen_random_uuid(), $1, 'note', 'One more', $2, $3, $4, $5, $6, 'Somebody', now(), now(), '')`,
        [item.workspace, item.originator, item.tier, item.sensitive, item.releasableTo, person.id],
      ),
    );
    return true;
  } catch (fault) {
    if (fault instanceof Error && /row-level security/.test(fault.message)) return false;
    throw fault;
  } finally {
    await superuser.query('ROLLBACK TO SAVEPOINT attempt');
  }
}
