import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import { agencyIds, attempt, OFFICIAL_SENSITIVE, openCase, perform, type RecordItem } from '../builders/case.js';
import { startWorld, type World } from '../builders/world.js';

describe('a record that is kept from an officer while she saves it', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);

  afterAll(() => world.stop());

  it('is to her as one that there never was: no fault of the server tells that it is there and was kept', async () => {
    const [amira, frank] = [await world.signIn('amira.rahman'), await world.signIn('frank.moss')];
    const { id: workspaceId } = await openCase(amira, ['northmoor-fire']);
    const record = await perform<RecordItem>(amira, 'saveRecord', { workspaceId, title: 'Record', body: 'As it was', marking: OFFICIAL_SENSITIVE });
    const council = (await agencyIds(amira))['ashworth'];
    await world.superuser.query('BEGIN');
    await world.superuser.query('UPDATE item SET releasable_to = ARRAY[$2::uuid], version = version + 1 WHERE id = $1', [record.id, council]);
    const saving = attempt(frank, 'saveRecord', { workspaceId, id: record.id, version: 1, title: 'Record', body: 'Mine', marking: OFFICIAL_SENSITIVE });
    await eventually('the save waiting for its turn', async () => {
      const { rows } = await world.superuser.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')`);
      return rows.length > 0;
    });
    await world.superuser.query('COMMIT');
    const never = await attempt(frank, 'saveRecord', {
      workspaceId, id: '11111111-2222-4333-8444-555555555555', version: 1, title: 'Record', body: 'Mine', marking: OFFICIAL_SENSITIVE,
    });
    expect(never).toMatchObject({ __typename: 'Refused', code: 'not-found' });
    expect(await saving).toEqual(never);
  });
});
