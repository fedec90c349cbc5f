import { createHash, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { openWitnessed, policyOf } from '../../libs/witness/index.js';
import { TestWitness, type RunningWitness } from '../builders/witness.js';
import { oracleRoot } from '../vectors/tlog/oracle.js';
import { TestLog, grown } from '../vectors/tlog/two-histories.js';

jest.setTimeout(240_000);

type Leaves = readonly Uint8Array[];

const ROUNDS = 100;
const log = new TestLog('concordat.example/ledger');
const hash = createHash('sha256').update(log.origin).digest('hex');
const rootOf = (leaves: Leaves): string => Buffer.from(oracleRoot(leaves)).toString('base64');

describe('a witness that is killed', () => {
  let witness: TestWitness;
  let last: RunningWitness | undefined;
  beforeAll(async () => {
    witness = await TestWitness.make();
  });
  afterAll(async () => {
    await last?.child.kill();
    witness.remove();
  });

  /** Every root this witness is known to have cosigned, by size; the adversary holds the log's real key and tries for a second one. */
  const cosigned = new Map<number, string>();
  let largest = 0;

  /** Asks for a cosignature; whatever comes back is held against all that came before. Answers the status, 0 when the process died first. */
  async function ask({ add }: RunningWitness, oldSize: number, leaves: Leaves): Promise<number> {
    const body = await log.request(oldSize, leaves);
    let lines: string;
    let status: number;
    try {
      const answer = await add(body);
      status = answer.status;
      lines = await answer.text();
    } catch {
      return 0;
    }
    if (status !== 200) return status;
    expect(witness.cosigned(log.checkpoint(leaves), lines)).toBe(true);
    expect(cosigned.get(leaves.length) ?? rootOf(leaves)).toBe(rootOf(leaves));
    cosigned.set(leaves.length, rootOf(leaves));
    expect(leaves.length).toBeGreaterThanOrEqual(largest);
    largest = leaves.length;
    return status;
  }

  /** Which of the histories the witness now stands by: the one monitors are shown. */
  async function standsBy({ url }: RunningWitness, candidates: readonly Leaves[]): Promise<Leaves> {
    const answer = await fetch(`${url}/${hash}/checkpoint`);
    if (answer.status === 404) return [];
    const { size, root } = must(openWitnessed(await answer.text(), must(policyOf([log.verifier], [witness.verifier], 1))));
    const found = candidates.find((leaves) => leaves.length === size && rootOf(leaves) === Buffer.from(root).toString('base64'));
    if (found === undefined) throw new Error(`The witness stands by a tree of ${size} leaves that nobody asked it to cosign last`);
    return found;
  }

  /** Everything that is not the history it stands by is refused, whoever signed it. */
  async function refusesAllElse(running: RunningWitness, history: Leaves): Promise<void> {
    const size = history.length;
    const forged = grown([], `forged ${size}`, size);
    expect(await ask(running, size, forged)).toBe(409);
    expect(await ask(running, size, grown(forged, 'rewritten', 3))).toBe(422);
    expect(await ask(running, size - 1, history.slice(0, -1))).toBe(409);
    expect(await ask(running, 0, forged)).toBe(409);
  }

  it('never cosigns two roots of one size nor goes back, over a hundred kills at any moment', async () => {
    let history: Leaves = [];
    let tries: readonly Leaves[] = [[]];
    const died = { before: 0, after: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const running = await witness.start(log);
      last = running;
      const survived = await standsBy(running, [history, ...tries]);
      // What was handed out as cosigned is remembered, though the process died with no warning.
      expect(survived.length).toBeGreaterThanOrEqual(largest);
      if (largest > 0 && survived.length === largest) expect(rootOf(survived)).toBe(cosigned.get(largest));
      history = survived;
      if (history.length > 0) await refusesAllElse(running, history);
      // Two next steps at once, of one size and signed alike: at most one may ever be cosigned.
      tries = [grown(history, `left ${round}`, 1 + (round % 5)), grown(history, `right ${round}`, 1 + (round % 5))];
      const answers = tries.map((leaves) => ask(running, history.length, leaves));
      const moment = randomInt(3) === 0 ? Promise.any(answers) : new Promise((resolve) => setTimeout(resolve, randomInt(12)));
      await moment;
      await running.child.kill();
      const statuses = await Promise.all(answers);
      expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
      died[statuses.includes(200) ? 'after' : 'before'] += 1;
    }
    // Kills that all came too early or too late would have shown nothing.
    expect(Math.min(died.before, died.after)).toBeGreaterThan(0);
    expect(largest).toBeGreaterThan(0);
  });
});
