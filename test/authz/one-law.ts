import { expect } from '@jest/globals';
import type { Client } from 'pg';
import { oracleSeesAlert, oracleSeesItem, oracleSeesWorkspace, type OraclePerson, type OracleWorld } from './oracle.js';
import { plantWorld } from './plant-world.js';
import { alertFacts, factsOf, itemFacts, permits } from './policy-facts.js';

/** Plants a world, lets `look` look at it as the application's own role, and takes it away again. */
export async function inWorld(superuser: Client, world: OracleWorld, look: () => Promise<void>): Promise<void> {
  await superuser.query('BEGIN');
  try {
    await plantWorld(superuser, world);
    await superuser.query(`SELECT set_config('concordat.at', $1, true)`, [world.at.toISOString()]);
    await look();
  } finally {
    await superuser.query('ROLLBACK');
  }
}

/** Acts as the application does for this person: its role, her context. */
export async function asPerson<T>(superuser: Client, person: OraclePerson, act: () => Promise<T>): Promise<T> {
  await superuser.query('SET LOCAL ROLE concordat_app');
  await superuser.query(
    `SELECT set_config('concordat.person', $1, true), set_config('concordat.agency', $2, true), set_config('concordat.roles', $3, true)`,
    [person.id, person.agency, person.roles.join(',')],
  );
  const done = await act();
  await superuser.query('RESET ROLE');
  return done;
}

/** The ids that a statement finds, sorted. */
export async function idsOf(superuser: Client, statement: string, parameters: readonly unknown[] = []): Promise<string[]> {
  return idsIn((await superuser.query<{ id: string }>(statement, [...parameters])).rows);
}

const idsIn = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id).sort();

const within = <T extends { readonly id: string }>(things: readonly T[], seen: (thing: T) => boolean): string[] =>
  things.flatMap((thing) => (seen(thing) ? [thing.id] : [])).sort();

/** Fails unless the policy, the database and the oracle say the same of everybody and everything in a planted world. */
export async function expectOneLaw(superuser: Client, world: OracleWorld): Promise<void> {
  for (const person of world.people) {
    const workspaces = within(world.workspaces, (one) => oracleSeesWorkspace(world, person, one));
    const items = within(world.items, (one) => oracleSeesItem(world, person, one));
    const alerts = within(world.alerts, (one) => oracleSeesAlert(world, person, one));
    expect(within(world.workspaces, (one) => permits(person, 'workspace.read', factsOf(world, one)))).toEqual(workspaces);
    expect(within(world.items, (one) => permits(person, 'item.read', itemFacts(world, one)))).toEqual(items);
    expect(within(world.alerts, (one) => permits(person, 'alert.read', alertFacts(world, one)))).toEqual(alerts);
    await asPerson(superuser, person, async () => {
      for (const across of ['yes', '']) {
        await superuser.query(`SELECT set_config('concordat.across', $1, true)`, [across]);
        await expectRows(superuser, world, { workspaces, items, alerts });
      }
    });
  }
}

interface Seen {
  readonly workspaces: readonly string[];
  readonly items: readonly string[];
  readonly alerts: readonly string[];
}

/** As the application's role, whichever way the database is asked to look: every table shows what the oracle says and nothing else. */
async function expectRows(superuser: Client, world: OracleWorld, { workspaces, items, alerts }: Seen): Promise<void> {
  // Under a name, so that the guards are planned once and not for each of the hundreds who look.
  const found = async (text: string): Promise<string[]> => idsIn((await superuser.query<{ id: string }>({ name: text, text })).rows);
  const ofKind = (kind: number): string[] => world.items.flatMap(({ id }, number) => (number % 4 === kind && items.includes(id) ? [id] : [])).sort();
  expect(await found('SELECT id FROM workspace')).toEqual(workspaces);
  expect(await found('SELECT id FROM item')).toEqual(items);
  expect(await found('SELECT id FROM alert')).toEqual(alerts);
  expect(await found('SELECT alert_id AS id FROM delivery')).toEqual(alerts);
  for (const [kind, tables] of [['note'], ['record', 'record_version'], ['finding'], ['exhibit', 'custody_event']].entries()) {
    for (const table of tables) expect(await found(`SELECT item_id AS id FROM ${table}`)).toEqual(ofKind(kind));
  }
  expect(await found('SELECT DISTINCT workspace_id AS id FROM workspace_member')).toEqual(
    workspaces.filter((id) => world.memberships.some(({ workspace }) => workspace === id)),
  );
}
