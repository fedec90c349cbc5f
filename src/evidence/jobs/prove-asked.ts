import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { Log, UnitOfWork, type Work } from '../../platform/index.js';
import { isDisposed } from '../store/disposal.store.js';
import { BodyReader, type Body, type Found } from './body-reader.js';
import { Rounds } from './rounds.js';

/** How often what another process has left is looked for. */
const LOOK_MS = 15_000;
/** A process that has said nothing for so long reads no more: another begins anew. */
const STALE_MS = 60_000;
/** How often it is written down how far a reading is. */
const TELL_MS = 500;
const SYSTEM = { actor: undefined, system: 'worker' } as const;

interface Asked extends Body {
  readonly request: string;
}

/**
 * Reads the exhibits that auditors ask for, one after the other, beside those whose turn it is. How far it is stands in the database, so
 * that any process can say so; what is asked for outlives the process that reads it. What was found is an entry, whatever it was.
 */
@Injectable()
export class ProveAsked implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Rounds(
    (signal) => this.round(signal),
    (fault) => this.log.warn({ fault }, 'The reading of an exhibit that an auditor asked for failed and will be tried again'),
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: BodyReader,
    private readonly ledger: LedgerIntake,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.every(LOOK_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** All that was asked for and nobody reads. One round at a time in this process. */
  run(): Promise<void> {
    return this.rounds.run();
  }

  private async round(signal: AbortSignal): Promise<void> {
    for (let asked = await this.take(); asked !== undefined && !signal.aborted; asked = await this.take()) await this.prove(asked, signal);
  }

  private async take(): Promise<Asked | undefined> {
    const [asked] = await this.act((work) => work.sql<Asked>('SELECT * FROM take_asked_proof($1, $2)', [work.at, new Date(work.at.getTime() - STALE_MS)]));
    return asked;
  }

  private async prove(asked: Asked, signal: AbortSignal): Promise<void> {
    let last = Date.now();
    const told = async (read: number): Promise<void> => {
      if (Date.now() - last < TELL_MS) return;
      last = Date.now();
      await this.act((work) => work.sql('SELECT note_asked_proof($1, $2, $3)', [asked.request, read, work.at]));
    };
    const found = await this.reader.read(asked, { signal, told });
    const isAlarm = await this.act((work) => this.record(work, asked, found));
    if (isAlarm) this.log.error({ item: asked.item_id, code: found.code }, 'A stored exhibit is not what was deposited');
  }

  private async record(work: Work, { request, item_id: item, reference, sha256 }: Asked, { outcome, code: read }: Found): Promise<boolean> {
    const isWhole = outcome === 'whole' || outcome === 'locked';
    // What was disposed of while it was read is gone on purpose.
    const code = !isWhole && (await isDisposed(work, item)) ? 'disposed' : read;
    const [row] = await work.sql<{ ended: boolean }>('SELECT end_asked_proof($1, $2, $3, $4) AS ended', [request, work.at, outcome, code]);
    // Another process took it over, because this one had said nothing for too long, and has said what it found.
    if (row?.ended !== true) return false;
    // Nothing was learnt of it where its key did not open.
    if (code !== 'disposed' && code !== 'no-key') await work.sql('SELECT record_body_proof($1, $2, $3, $4)', [item, work.at, outcome, code]);
    await this.ledger.append(work, { verb: 'exhibit.scrub', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details: { items: [item], reference, sha256, found: outcome, code, asked: request } });
    return !isWhole && code !== 'disposed';
  }

  private act<T>(act: (work: Work) => Promise<T>): Promise<T> {
    return this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, act);
  }
}
