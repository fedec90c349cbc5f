import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pgConnection, sequenceBatch, type Batch, type LedgerConnection } from '../../src/ledger/index.js';
import { KEY, LedgerScene } from '../api/ledger-scene.js';

const POINTS = 100;
/** More statements than a batch has: some points come after its end, where nothing is cut off. */
const LONGEST_BATCH = 14;

/** Where one run is cut off: before a statement is sent, or when it was carried out and its answer is lost. */
const point = fc.record({
  statement: fc.integer({ min: 1, max: LONGEST_BATCH }),
  isAnswerLost: fc.boolean(),
  acts: fc.integer({ min: 0, max: 4 }),
  /** Taken up by a process that remembers the tree, or by one that reads it anew. */
  remembers: fc.boolean(),
});

describe('a sequencer cut off', () => {
  let scene: LedgerScene;
  beforeAll(async () => {
    scene = await LedgerScene.open();
    await scene.fill(5);
  }, 60_000);
  afterAll(() => scene.close());

  /** A worker's connection whose server end is killed at this point. */
  async function cutOff({ statement, isAnswerLost }: { readonly statement: number; readonly isAnswerLost: boolean }): Promise<LedgerConnection> {
    const client = await scene.connect(scene.database.workerUrl);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const connection = pgConnection(client);
    const kill = () => scene.superuser.query('SELECT pg_terminate_backend($1, 10000)', [rows[0]?.pid]);
    let sent = 0;
    return {
      query: async <Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]> => {
        sent += 1;
        if (sent !== statement) return connection.query<Row>(text, parameters);
        if (!isAnswerLost) await kill();
        const answer = await connection.query<Row>(text, parameters);
        await kill();
        throw Object.assign(new Error('Its answer was lost'), { answer });
      },
    };
  }

  it(`at ${POINTS} random points leaves no gap, no fork and no loss`, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let edge: Batch['edge'];
    let cut = 0;
    for (const [at, each] of fc.sample(point, { numRuns: POINTS, seed }).entries()) {
      for (let act = 0; act < each.acts; act += 1) await scene.record();
      const outcome = await sequenceBatch(await cutOff(each), KEY, () => new Date(), edge).catch(() => undefined);
      if (outcome === undefined) cut += 1;
      edge = (await sequenceBatch(await scene.worker(), KEY, () => new Date(), each.remembers ? edge : undefined)).edge;
      const { rows } = await scene.superuser.query<{ leaves: string; next: string; entries: string; waiting: string }>(
        `SELECT count(*) AS leaves, coalesce(max(index) + 1, 0) AS next, (SELECT count(*) FROM ledger_entry) AS entries, (SELECT count(*) FROM ledger_waiting) AS waiting FROM ledger_leaf`,
      );
      const [found] = rows;
      expect({ seed, at, each, ...found }).toEqual({ seed, at, each, leaves: found?.entries, next: found?.entries, entries: found?.entries, waiting: '0' });
    }
    // Points beyond the end of a batch cut nothing off; most must have.
    expect(cut).toBeGreaterThan(POINTS / 3);
    expect(await scene.check()).toMatchObject({ whole: true, waiting: 0, findings: [] });
  }, 120_000);
});
