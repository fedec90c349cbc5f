import { openCheckpoint } from '../../../libs/tlog/index.js';
import { Doorbell, type Clock, type Log } from '../../platform/index.js';
import type { Seconds } from '../domain/debt-clock.js';
import type { LedgerAuthority } from '../domain/ledger-authority.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { insertDue, insertTimestamp, noteDated, noteUndated, readFirstUndated, readLastDue, type DueRow } from '../store/timestamp-rows.js';
import { readCheckpointAt, readHead } from '../store/tree-rows.js';
import { askAuthority, type AuthorityAnswer } from './ask-authority.js';
import { backoffMs } from './backoff.js';
import type { Led } from './leader.js';

/** Without being woken it looks this often. */
const LOOK_MS = 1_000;
const BACKOFF = { least: 1_000, most: 60_000 } as const;

/** What dating needs of its surroundings. */
export interface TimestamperParts {
  readonly trust: LedgerTrust;
  readonly authority: LedgerAuthority & { readonly url: string };
  readonly clock: Clock;
  readonly seconds: Seconds;
  readonly log: Log;
}

/**
 * Has checkpoints dated, for as long as this process leads. Once in each interval in which something was recorded, the
 * newest checkpoint is put into a queue, whether the authority answers or not; the queue is worked off in its order. So an
 * outage leaves a queue and no gap, and an entry is dated by the first checkpoint of the queue that has it.
 */
export class Timestamper implements Led {
  private readonly bell = new Doorbell();
  private readonly stopped = new AbortController();
  private failures = 0;
  /** Not asked before this, in seconds of the forward-only clock. */
  private notBefore = 0;

  constructor(
    private readonly connection: LedgerConnection,
    private readonly parts: TimestamperParts,
  ) {}

  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.queueNewest();
      const due = this.parts.seconds() < this.notBefore ? undefined : await readFirstUndated(this.connection);
      if (due === undefined) await this.bell.wait(LOOK_MS);
      else await this.haveDated(due);
    }
  }

  ring(): void {
    this.bell.ring();
  }

  stop(): void {
    this.stopped.abort();
    this.bell.ring();
  }

  private async queueNewest(): Promise<void> {
    const newest = await readHead(this.connection);
    const last = await readLastDue(this.connection);
    if (newest === undefined || newest.size <= (last?.size ?? 0)) return;
    const dueAt = this.parts.clock.now();
    // A clock that was set, in either direction, must not hold the next one off.
    const passed = last === undefined ? Infinity : Math.abs(dueAt.getTime() - last.dueAt.getTime());
    if (passed >= this.parts.authority.intervalSeconds * 1000) await insertDue(this.connection, { size: newest.size, dueAt });
  }

  private async haveDated(due: DueRow): Promise<void> {
    const { authority, clock } = this.parts;
    const answer = await askAuthority({ url: authority.url, trust: authority.trust, clock, stopped: this.stopped.signal }, () => this.published(due.size));
    // What was broken off because this process stops says nothing about the authority.
    if (!this.stopped.signal.aborted) await this.settle(due, answer);
  }

  private async settle({ size }: DueRow, answer: AuthorityAnswer): Promise<void> {
    const at = this.parts.clock.now();
    if (answer.is === 'dated') {
      await insertTimestamp(this.connection, { size, token: answer.token, dated: answer.timestamp.at }, at);
      await noteDated(this.connection, at);
      this.failures = 0;
      this.notBefore = 0;
      return;
    }
    this.failures += 1;
    this.notBefore = this.parts.seconds() + backoffMs(this.failures, BACKOFF) / 1000;
    await noteUndated(this.connection, answer, at);
    if (this.failures === 1) this.parts.log.warn({ code: answer.code }, `The timestamp authority does not date: ${answer.message}`);
  }

  /** The checkpoint of this size as it is published; undefined when it is not the ledger's own: nothing else is dated in its name. */
  private async published(size: number): Promise<Buffer | undefined> {
    const { origin, trusted } = this.parts.trust;
    const note = await readCheckpointAt(this.connection, size);
    const opened = note === undefined ? undefined : openCheckpoint(note, origin, trusted);
    return note !== undefined && opened?.ok === true && opened.value.size === size ? Buffer.from(note, 'utf8') : undefined;
  }
}
