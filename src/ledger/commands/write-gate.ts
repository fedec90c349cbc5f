import { Injectable } from '@nestjs/common';
import { RefusalCode, err, ok, refusal, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { isWriting, type Verb } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { WitnessWatch } from '../queries/witness-watch.js';

/** What the ledger gives as the reason of such a refusal. */
const UNWITNESSED = 'too-few-witnesses';

/** Nothing of it says whether there is such a thing: it is the same for everybody who may do the act. */
export const WRITING_STOPPED: Refusal = refusal(
  RefusalCode.Unavailable,
  'Nothing can be recorded or changed at the moment, because too few of the independent witnesses of the ledger have answered for too long. Reading goes on. Keep what you entered and try again later, or tell your service manager.',
);

/**
 * Stops acts that write while what was written lately has no witness: an operator who can keep the witnesses away could
 * otherwise go on for as long as he likes with a ledger that nobody vouches for, and rewrite it.
 */
@Injectable()
export class WriteGate {
  constructor(private readonly watch: WitnessWatch) {}

  /** Why `verb` cannot be done now by somebody who may; undefined when it can. Acts that write nothing always can. */
  async refusal(work: Work, verb: Verb): Promise<Refusal | undefined> {
    if (!isWriting(verb)) return undefined;
    const watched = await this.watch.look((text, parameters) => work.sql(text, parameters));
    if (watched === undefined) return undefined;
    return watched.debtSeconds > (this.watch.witnesses?.budgetSeconds ?? Infinity) ? WRITING_STOPPED : undefined;
  }

  /**
   * Lets somebody who may do `verb` at it unless writing is stopped. Whoever may not is refused before: nobody else learns that it is.
   *
   * @param record - records that nothing came of it, for the reason it is given
   */
  async letIn<Into>(work: Work, verb: Verb, entered: Into, record: (reason: string) => Promise<void>): Promise<Result<Into, Refusal>> {
    const stopped = await this.refusal(work, verb);
    if (stopped === undefined) return ok(entered);
    await record(UNWITNESSED);
    return err(stopped);
  }
}
