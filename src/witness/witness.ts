import { must } from '../../libs/kernel/index.js';
import { signNote, type Cosigner } from '../../libs/note/index.js';
import { decideAddCheckpoint, originHash, type RememberedTree, type WatchedLog, type WitnessDecision } from '../../libs/witness/index.js';
import type { MemoryFolder } from './memory-folder.js';

/** An answer to `add-checkpoint`: the cosignature lines, or why there are none. */
export type Answer = { readonly decision: WitnessDecision; readonly lines?: string } | { readonly busy: true };

/** Requests that may wait for their turn; more are sent away, so that a crowd costs no memory. */
const MAX_WAITING = 64;

/** What is known of one log while the witness runs. */
interface Known extends RememberedTree {
  /** The checkpoint as monitors are given it: the log's signature and this witness's. */
  readonly cosigned: string;
}

/**
 * One witness. It says of each log only that the largest tree it has seen has this root, so everything here serves one
 * promise: no two roots for one size, and never a smaller tree after a larger one, whatever comes in and whenever the
 * process dies. Therefore one request is decided at a time, what was decided is made durable first, and only then is
 * anything signed.
 */
export class Witness {
  private readonly known = new Map<string, Known>();
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  private constructor(
    private readonly cosigner: Cosigner,
    private readonly logs: readonly WatchedLog[],
    private readonly memory: MemoryFolder,
    private readonly now: () => Date,
  ) {}

  /** Begins from what the folder remembers, which must be this process's alone. @throws WitnessFault when it cannot be believed. */
  static async open(cosigner: Cosigner, logs: readonly WatchedLog[], memory: MemoryFolder, now: () => Date): Promise<Witness> {
    const witness = new Witness(cosigner, logs, memory, now);
    for (const log of logs) {
      const recalled = await memory.recall(log);
      if (recalled === undefined) continue;
      const { note, checkpoint } = recalled;
      witness.know(log.origin, checkpoint, `${note}${witness.cosign(checkpoint.note.text)}`);
    }
    return witness;
  }

  /** Answers the body of an `add-checkpoint` request. @throws when the disk refuses; then nothing was signed. */
  async addCheckpoint(body: Uint8Array): Promise<Answer> {
    if (this.waiting >= MAX_WAITING) return { busy: true };
    this.waiting += 1;
    const answer = this.turn.then(() => this.answer(body)).finally(() => (this.waiting -= 1));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** The checkpoint cosigned last for the log whose origin has this hash, or undefined. */
  latest(hash: string): string | undefined {
    return this.known.get(hash)?.cosigned;
  }

  private async answer(body: Uint8Array): Promise<Answer> {
    const decision = decideAddCheckpoint(body, { logs: this.logs, remembered: (origin) => this.known.get(originHash(origin)) });
    if (decision.status !== 200) return { decision };
    const { checkpoint, note } = decision;
    // Before the signature, never after: a process killed in between has promised nothing to anybody.
    if (decision.isNews) await this.memory.keep(checkpoint.origin, note);
    const lines = this.cosign(checkpoint.note.text);
    this.know(checkpoint.origin, checkpoint, `${note}${lines}`);
    return { decision, lines };
  }

  private know(origin: string, { size, root }: RememberedTree, cosigned: string): void {
    this.known.set(originHash(origin), { size, root, cosigned });
  }

  /** The cosignature line of a text whose tree is durably remembered. */
  private cosign(text: string): string {
    const seconds = Math.floor(this.now().getTime() / 1000);
    return must(signNote(text, [this.cosigner.at(seconds)])).slice(text.length + 1);
  }
}
