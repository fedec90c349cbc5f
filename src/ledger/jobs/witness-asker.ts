import type { ListedWitness } from '../../../libs/witness/index.js';
import { Doorbell, type Clock, type Log } from '../../platform/index.js';
import { DebtClock, type Seconds } from '../domain/debt-clock.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerWitnesses } from '../domain/ledger-witnesses.js';
import type { LedgerConnection } from '../store/connection.js';
import { nodeReader, readHead } from '../store/tree-rows.js';
import { giveBeat, insertConflict, insertCosignature, noteCosigned, noteFailing, readBeat, readWitnessStates } from '../store/witness-rows.js';
import { askWitness, type WitnessAnswer } from './ask-witness.js';
import { backoffMs } from './backoff.js';
import type { StoredLedger } from './convict.js';
import type { Led } from './leader.js';
import { WitnessRound } from './witness-round.js';

/** How often the debt is told and, without being woken, a new checkpoint looked for. */
const BEAT_MS = 1_000;
/** A witness that has nothing new to cosign is asked again this often: so a ledger set back while nobody acts is found out. */
const AGAIN_MS = 15_000;
const BACKOFF = { least: 1_000, most: 20_000 } as const;

/** What asking needs of its surroundings. */
export interface AskerParts {
  readonly trust: LedgerTrust;
  readonly witnesses: LedgerWitnesses;
  readonly clock: Clock;
  readonly seconds: Seconds;
  readonly log: Log;
}

/** One witness and where we are with it. */
interface Courtship {
  readonly witness: ListedWitness;
  readonly bell: Doorbell;
  /** Entries it is believed to have cosigned. */
  size: number;
  /** The checkpoint it cosigned last, and its line. */
  note: string;
  line: string;
  failures: number;
  /** Not asked before this, in seconds of the forward-only clock. */
  notBefore: number;
}

/** Asks every witness, each at its own pace, for as long as this process leads and its connection holds. */
export class WitnessAsker implements Led {
  private readonly round: WitnessRound;
  private readonly bell = new Doorbell();
  private readonly stopped = new AbortController();
  private readonly asked: readonly Courtship[];
  /** What was vouched for before this process asked; shown until it has an answer of its own. */
  private cosignedBefore = 0;

  constructor(
    private readonly connection: LedgerConnection,
    private readonly parts: AskerParts,
  ) {
    this.round = new WitnessRound(parts.witnesses.policy.quorum);
    this.asked = parts.witnesses.policy.listed.map((witness) => ({ witness, bell: new Doorbell(), size: 0, note: '', line: '', failures: 0, notBefore: 0 }));
  }

  /** Asks until it is stopped. @throws when the database cannot be worked with. */
  async run(): Promise<void> {
    const states = await readWitnessStates(this.connection);
    for (const each of this.asked) each.size = states.find(({ witness }) => witness === each.witness.keyText)?.size ?? 0;
    const noted = await readBeat(this.connection);
    this.cosignedBefore = noted?.cosignedSize ?? 0;
    const debt = new DebtClock(noted?.debtSeconds ?? 0, this.parts.seconds);
    const loops = [this.keepTime(debt), ...this.asked.map((each) => this.keepAsking(each))];
    try {
      await Promise.all(loops);
    } finally {
      this.stop();
      await Promise.allSettled(loops);
    }
  }

  /** There may be a new checkpoint. */
  ring(): void {
    this.bell.ring();
  }

  /** Ends asking; what is under way is broken off. */
  stop(): void {
    this.stopped.abort();
    this.bell.ring();
    for (const { bell } of this.asked) bell.ring();
  }

  private async keepTime(debt: DebtClock): Promise<void> {
    let told = -Infinity;
    while (!this.stopped.signal.aborted) {
      const newest = await this.stored();
      if (this.round.takeUp(newest)) for (const { bell } of this.asked) bell.ring();
      if (this.parts.seconds() - told >= BEAT_MS / 1000) {
        told = this.parts.seconds();
        const { cosignedSize } = this.round;
        await giveBeat(this.connection, debt.tell(newest?.head.size ?? 0, cosignedSize), cosignedSize === 0 ? this.cosignedBefore : cosignedSize);
      }
      await this.bell.wait(BEAT_MS);
    }
  }

  private async keepAsking(each: Courtship): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const { ledger } = this.round;
      const now = this.parts.seconds();
      // A witness that fails is not hurried by new checkpoints.
      const isNews = each.failures === 0 && ledger?.head.note !== each.note;
      if (ledger !== undefined && (isNews || now >= each.notBefore)) {
        await this.askAndSettle(each, ledger);
      } else {
        await each.bell.wait(ledger === undefined ? AGAIN_MS : Math.max(1, (each.notBefore - now) * 1000));
      }
    }
  }

  private async askAndSettle(each: Courtship, ledger: StoredLedger): Promise<void> {
    const answer = await this.round.during(() => this.ask(each, ledger));
    // What was broken off because this process stops says nothing about the witness.
    if (!this.stopped.signal.aborted) await this.settle(each, ledger, answer);
    this.bell.ring();
  }

  private async ask(each: Courtship, ledger: StoredLedger): Promise<WitnessAnswer> {
    const { trust } = this.parts;
    const asking = { trust, stored: async () => (await this.stored()) ?? ledger, stopped: this.stopped.signal };
    const answer = await askWitness(asking, ledger, each.witness, each.size);
    // A witness signs again with the time of its clock; the very line of a while ago was kept and sent again by somebody.
    if (answer.is !== 'cosigned' || answer.line !== each.line) return answer;
    return { is: 'failed', code: 'repeated', message: 'It sent again the signature it gave a while ago, so nobody may be signing there any more' };
  }

  private async settle(each: Courtship, { head }: StoredLedger, answer: WitnessAnswer): Promise<void> {
    const { keyText: witness, key } = each.witness;
    const at = this.parts.clock.now();
    if (answer.is === 'cosigned') {
      const row = { size: head.size, witness, line: answer.line, cosignedAt: answer.at };
      await insertCosignature(this.connection, row, at);
      await noteCosigned(this.connection, row, at);
      Object.assign(each, { size: head.size, note: head.note, line: answer.line, failures: 0, notBefore: this.parts.seconds() + AGAIN_MS / 1000 });
      this.round.cosigned(head.note, key);
      return;
    }
    each.failures += 1;
    each.notBefore = this.parts.seconds() + backoffMs(each.failures, BACKOFF) / 1000;
    await this.noteFault(each, answer, at);
  }

  private async noteFault(each: Courtship, answer: Exclude<WitnessAnswer, { is: 'cosigned' }>, at: Date): Promise<void> {
    const { keyText: witness, name } = each.witness;
    if (answer.is === 'conflict') {
      const { kind, theirs, theirsSize, stored } = answer;
      await insertConflict(this.connection, { witness, kind, theirs, theirsSize, ours: stored.head.note, oursSize: stored.head.size, foundAt: at });
      await noteFailing(this.connection, witness, { code: 'conflict', message: 'It holds a checkpoint that contradicts the ledger' }, at);
      this.parts.log.error({ witness: name, kind, theirsSize, oursSize: stored.head.size }, 'A witness holds a checkpoint that contradicts the ledger');
      return;
    }
    await noteFailing(this.connection, witness, answer, at);
    if (each.failures === 1) this.parts.log.warn({ witness: name, code: answer.code }, `A witness does not cosign: ${answer.message}`);
  }

  private async stored(): Promise<StoredLedger | undefined> {
    const head = await readHead(this.connection);
    return head && { head, nodes: nodeReader(this.connection) };
  }
}
