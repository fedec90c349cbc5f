import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFaultCode } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Log, UnitOfWork, type Config, type Work } from '../../platform/index.js';
import { isDisposed } from '../store/disposal.store.js';
import { BodyReader, type Body, type Found } from './body-reader.js';
import { Rounds } from './rounds.js';
import { kindOfFault, Setbacks } from './setbacks.js';

const ROUND_MS = 300_000;
const SYSTEM = { actor: undefined, system: 'worker' } as const;

/**
 * Reads every sealed body again, in turn and no faster than it may, authenticates each chunk, and holds the hash of what was sealed
 * against the one it was deposited with. What is not whole raises an alarm: a line for the operator, a figure, an entry for auditors.
 */
@Injectable()
export class ScrubBodies implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Rounds(
    (signal) => this.round(signal),
    (fault) => this.log.warn({ fault }, 'The re-reading of sealed exhibits failed and will be tried again'),
  );

  /** Kept to tell of each once: what waits for the next round waits long enough. */
  private readonly setbacks = new Setbacks(0, 0);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: BodyReader,
    private readonly ledger: LedgerIntake,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { bytesPerSecond, intervalSeconds } = this.config.scrub;
    if (bytesPerSecond === 0) return;
    this.rounds.every(Math.min(ROUND_MS, intervalSeconds * 1000));
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** All that is due. One round at a time in this process; another one at the same time does the same work harmlessly. */
  run(): Promise<void> {
    return this.rounds.run();
  }

  /** One after the other, and past those that cannot be read: they stay due, and are tried again in the next round. */
  private async round(signal: AbortSignal): Promise<void> {
    let past: ItemId | null = null;
    for (let body = await this.next(past); body !== undefined && !signal.aborted; body = await this.next(past)) {
      const why = await this.prove(body, signal);
      if (why === undefined) this.setbacks.over(body.item_id);
      else {
        past = body.item_id;
        if (this.setbacks.add(past, why, Date.now())) this.log.warn({ item: past, why }, 'A sealed exhibit could not be read again and will be tried again');
      }
    }
  }

  private async next(past: ItemId | null): Promise<Body | undefined> {
    const [body] = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) =>
      work.sql<Body>('SELECT * FROM bodies_to_scrub($1, 1, $2)', [new Date(work.at.getTime() - this.config.scrub.intervalSeconds * 1000), past]));
    return body;
  }

  /** Answers why nothing was learnt of it, where that is so. */
  private async prove(body: Body, signal: AbortSignal): Promise<string | undefined> {
    try {
      const found = await this.reader.read(body, { signal });
      if (found.code === EnvelopeFaultCode.NoKey) return found.code;
      const isAlarm = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) => this.record(work, body, found));
      if (isAlarm) this.log.error({ item: body.item_id, code: found.code }, 'A stored exhibit is not what was deposited');
      return undefined;
    } catch (fault) {
      if (signal.aborted) throw fault;
      return kindOfFault(fault);
    }
  }

  private async record(work: Work, { item_id: item, reference, sha256 }: Body, { outcome, code }: Found): Promise<boolean> {
    const isWhole = outcome === 'whole' || outcome === 'locked';
    // What was disposed of while it was read is gone on purpose.
    if (!isWhole && (await isDisposed(work, item))) return false;
    await work.sql('SELECT record_body_proof($1, $2, $3, $4)', [item, work.at, outcome, code]);
    // That it is whole is in the table; an entry for each would make the ledger grow by being idle.
    if (isWhole) return false;
    await this.ledger.append(work, { verb: 'exhibit.scrub', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details: { items: [item], reference, sha256, found: outcome, code } });
    return true;
  }
}
