import type { NoteVerifier } from '../../../libs/note/index.js';
import { isQuorum, type Quorum } from '../../../libs/witness/index.js';
import type { StoredLedger } from './convict.js';

/**
 * Which checkpoint witnesses are asked about: all of them about the same one, the newest there was when the one before was
 * done with. Were each asked about whatever is newest in its turn, two slow ones might cosign a great deal and never the
 * same, and no checkpoint would have enough of them. The next is taken as soon as enough have cosigned, so nobody waits for
 * a slow witness; where enough cannot be had, as soon as nobody is being asked.
 */
export class WitnessRound {
  private current: StoredLedger | undefined;
  private readonly cosigners = new Set<NoteVerifier>();
  private asked = 0;
  private enoughFor = 0;

  constructor(private readonly quorum: Quorum) {}

  /** What is asked about; undefined before the first checkpoint. */
  get ledger(): StoredLedger | undefined {
    return this.current;
  }

  /** Entries of the largest checkpoint that enough witnesses have cosigned since this round began; 0 before. */
  get cosignedSize(): number {
    return this.enoughFor;
  }

  /** Takes the newest checkpoint up, if it may. Answers whether there is something new to ask about. */
  takeUp(newest: StoredLedger | undefined): boolean {
    if (newest === undefined || newest.head.note === this.current?.head.note) return false;
    const isDone = this.current === undefined || this.asked === 0 || isQuorum(this.quorum, this.cosigners);
    if (!isDone) return false;
    this.current = newest;
    this.cosigners.clear();
    // A policy that asks for nobody is content at once.
    if (isQuorum(this.quorum, this.cosigners)) this.enoughFor = newest.head.size;
    return true;
  }

  /** Counts who is being asked while `ask` runs. */
  async during<T>(ask: () => Promise<T>): Promise<T> {
    this.asked += 1;
    try {
      return await ask();
    } finally {
      this.asked -= 1;
    }
  }

  /** A witness has cosigned `note`. */
  cosigned(note: string, key: NoteVerifier): void {
    if (this.current?.head.note !== note) return;
    this.cosigners.add(key);
    if (isQuorum(this.quorum, this.cosigners)) this.enoughFor = this.current.head.size;
  }
}
