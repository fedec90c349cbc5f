import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Child } from '../builders/child.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { signInAuditor } from '../builders/auditor.js';

jest.setTimeout(120_000);

const LOOK = '{ auditLog(filter: {}) { nodes { id } } }';
const CHECK = 'mutation { checkLedger { __typename ... on LedgerCheck { whole entries findings { message } } } }';

describe('the ledger when worker processes are killed', () => {
  let world: World;
  let auditor: Visitor;

  beforeAll(async () => {
    world = await startWorld();
    auditor = await signInAuditor(world);
  });
  afterAll(() => world.stop());

  const count = async (table: string): Promise<number> => {
    const { rows } = await world.superuser.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  };

  async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const limit = Date.now() + 30_000;
    while (!(await condition())) {
      if (Date.now() > limit) throw new Error(`It did not come to pass that ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('has neither gap nor fork nor loss after kill -9 in the middle of work, two running at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const workers: Child[] = [await world.startWorker(), await world.startWorker()];
      const acts = Promise.all(Array.from({ length: 20 }, () => auditor.ask(LOOK)));
      const before = await count('ledger_leaf');
      await until('a sequencer was at work', async () => (await count('ledger_leaf')) > before);
      await Promise.all(workers.map((worker) => worker.kill()));
      await acts;
    }
    await world.startWorker();
    await until('every entry had its place', async () => (await count('ledger_waiting')) === 0);
    const { rows } = await world.superuser.query<{ gaps: string }>('SELECT max(index) + 1 - count(*) AS gaps FROM ledger_leaf');
    expect(Number(rows[0]?.gaps)).toBe(0);
    expect(await count('ledger_leaf')).toBe(await count('ledger_entry'));
    expect(await auditor.ask(CHECK)).toMatchObject({ checkLedger: { whole: true, findings: [] } });
  });
});
