import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../../src/platform/config/index.js';
import { SystemClock } from '../../src/platform/clock.js';
import { dataSourceOptions } from '../../src/platform/db/data-source.js';
import { UnitOfWork, type Work } from '../../src/platform/index.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';

const NOBODY = { actor: undefined, correlationId: 'test' };
const WRITE = 'INSERT INTO told (what) VALUES ($1)';

let database: TestDatabase;
let superuser: pg.Client;
let source: DataSource;
let units: UnitOfWork;

beforeAll(async () => {
  database = await createDatabase();
  superuser = new pg.Client(database.superuserUrl);
  await superuser.connect();
  await superuser.query(`CREATE TABLE told (what text NOT NULL CHECK (what <> 'refused'))`);
  await superuser.query('GRANT SELECT, INSERT ON told TO concordat_app');
  const config = { database: { appUrl: database.appUrl } } as Config;
  source = await new DataSource({ ...dataSourceOptions(config, 'app'), poolSize: 1 } as DataSourceOptions).initialize();
  units = new UnitOfWork(source, new SystemClock());
}, 120_000);

afterAll(async () => {
  await source.destroy();
  await superuser.end();
  await database.drop();
});

beforeEach(() => superuser.query('TRUNCATE told'));

async function told(): Promise<unknown[]> {
  const { rows } = await superuser.query<{ what: string }>('SELECT what FROM told ORDER BY what');
  return rows.map(({ what }) => what);
}

function run<T>(act: (work: Work) => Promise<T>): Promise<T> {
  return units.run(NOBODY, act);
}

describe('an act whose statements are sent before the ones ahead of them are answered', () => {
  it('is kept whole, in the order it was sent in, by the time it counts as done', async () => {
    const seen = await run((work) => {
      work.leave(WRITE, ['first']);
      return Promise.all([work.sql('SELECT what FROM told WHERE what <> $1', ['']), work.sql(`${WRITE} RETURNING what`, ['second'])]);
    });
    expect(seen).toEqual([[{ what: 'first' }], [{ what: 'second' }]]);
    expect(await told()).toEqual(['first', 'second']);
  });

  it('keeps nothing when what it left last is refused behind its back', async () => {
    const done = run((work) => {
      work.leave(WRITE, ['first']);
      work.leave(WRITE, ['refused']);
      return Promise.resolve('done');
    });
    await expect(done).rejects.toThrow(/violates check constraint/);
    expect(await told()).toEqual([]);
  });

  it('says what failed first, not what failed because of it', async () => {
    const done = run(async (work) => {
      work.leave(WRITE, ['refused']);
      await work.sql('SELECT what FROM told WHERE what <> $1', ['']);
    });
    await expect(done).rejects.toThrow(/violates check constraint/);
  });

  it('does not count as done when it passed over a statement that failed', async () => {
    const done = run(async (work) => {
      await work.sql(WRITE, ['first']);
      await work.sql(WRITE, ['refused']).catch(() => undefined);
    });
    await expect(done).rejects.toThrow(/nothing of it was kept/);
    expect(await told()).toEqual([]);
  });

  it.each([
    ['was done', () => Promise.resolve('done')],
    ['failed', () => Promise.reject(new Error('the act failed'))],
  ])('does nothing more once it %s, whatever part of it goes on', async (_, end) => {
    let kept: Work | undefined;
    await run((work) => {
      kept = work;
      return end();
    }).catch(() => undefined);
    await expect(kept?.sql(WRITE, ['late'])).rejects.toThrow('The act has ended');
    expect(() => kept?.leave(WRITE, ['late'])).toThrow('The act has ended');
    expect(await told()).toEqual([]);
  });

  it('leaves neither transaction nor context to whoever has the connection next', async () => {
    await expect(run(() => Promise.reject(new Error('the act failed')))).rejects.toThrow('the act failed');
    const asked = `SELECT current_setting('concordat.system', true) AS system, pg_current_xact_id_if_assigned() AS transaction`;
    await units.run({ actor: undefined, system: 'cli', correlationId: 'test' }, (work) => work.sql(WRITE, ['first']));
    expect(await source.query(asked)).toEqual([{ system: '', transaction: null }]);
  });

  it('is opened afresh by a connection that was lost in the middle of another', async () => {
    const lost = run((work) => work.sql('SELECT pg_terminate_backend(pg_backend_pid()), $1::text', ['']));
    await expect(lost).rejects.toThrow(/terminat/);
    await run((work) => work.sql(WRITE, ['first']));
    expect(await told()).toEqual(['first']);
  });
});
