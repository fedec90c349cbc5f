import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { NOT_FOUND, RefusalCode, err, ok, refusal, type Json, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import type { EntryDraft } from '../domain/entry-draft.js';
import { exportHead, exportLine, type ExportFormat } from '../domain/export-lines.js';
import { REASON_NEEDED, isPermitted, readingAll, reasonsOf } from '../queries/auditor-reading.js';
import { presentEntry } from '../queries/present-entry.js';
import type { AuditRow } from '../store/audit-rows.js';
import { workConnection } from '../store/connection.js';
import { countMatching, readMatching } from '../store/export-rows.js';
import { seek, type AuditFilter } from '../store/narrowing.js';
import { findReason } from '../store/reason-rows.js';
import { LedgerIntake } from './ledger-intake.js';
import { ReaderWatch } from './reader-watch.js';

/** Entries one file may hold. */
const MOST_EXPORTED = 1_000_000;
/** Exports that run at once in this process: each holds a transaction open for as long as its reader takes. */
const MOST_AT_ONCE = 2;
/** A reader who takes longer is let go of: what she holds open keeps the database from tidying up. */
const LONGEST_MS = 30 * 60 * 1000;

/** The highest this deployment holds: the entries are not read through before the first is sent, so the file is marked for any. */
export const FILE_MARKING = printMarking({ tier: 1, sensitive: true, descriptors: [], handling: [] });

const BUSY = refusal(RefusalCode.Unavailable, 'Two exports are being written already. Wait until one is done and try again.');
const YOURS = refusal(RefusalCode.Unavailable, 'An export of yours is being written already. Wait until it is done, or stop it, and try again.');
const TOO_MANY = refusal(
  RefusalCode.TooLarge,
  `More than ${MOST_EXPORTED.toLocaleString('en-GB')} entries match, which is more than one file may hold. Narrow the search, for example by time, and export it in parts.`,
);

/** What is exported. */
export interface ExportRequest {
  readonly filter: AuditFilter;
  readonly format: ExportFormat;
}

/** An export whose record is durable and whose bytes may leave. */
export interface Export {
  /** The id of the entry that records it. */
  readonly reference: string;
  readonly at: Date;
  readonly entries: number;
  readonly octets: Readable;
  /** Aborted, with the reason, when the reader is let go of: nothing more is to be handed to her. */
  readonly letGo: AbortSignal;
}

/** Hands the bytes on; answers whether all of them went out to the network. */
type Deliver = (opened: Export) => Promise<boolean>;

/** How far an export has come. Of what is broken off the last entries handed to the connection may not have arrived. */
interface Progress {
  began?: { readonly reference: string; readonly entries: number; readonly delivered: Promise<boolean> };
  sent: number;
}

/**
 * Everything a filter matches, as a file. What is counted is what is written: both are of one moment. The record of the
 * export is committed, in a transaction of its own, before the first byte is given out; another one says how it ended.
 */
@Injectable()
export class ExportLedger {
  /** Who is being written to: each holds one place, so that nobody alone keeps everybody else from exporting. */
  private readonly readers = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param deliver - is given the bytes to hand on; the transaction lasts until they are read to the end or let go */
  async execute(context: ActContext, request: ExportRequest, deliver: Deliver): Promise<Result<undefined, Refusal>> {
    if (!isPermitted(context, 'ledger.export', new Date(0))) return this.refuse(context, request, NOT_FOUND, reasonsOf(context, 'ledger.export', new Date(0)));
    const reader = String(context.actor?.personId);
    if (this.readers.has(reader)) return this.refuse(context, request, YOURS, 'one-at-once');
    if (this.readers.size >= MOST_AT_ONCE) return this.refuse(context, request, BUSY, 'too-many-at-once');
    this.readers.add(reader);
    const progress: Progress = { sent: 0 };
    try {
      return await this.unitOfWork.run(context, (reading) => this.write(context, request, reading, { deliver, progress }), 'steadily');
    } finally {
      this.readers.delete(reader);
      await this.recordEnd(context, progress);
    }
  }

  private async write(
    context: ActContext,
    request: ExportRequest,
    reading: Work,
    { deliver, progress }: { readonly deliver: Deliver; readonly progress: Progress },
  ): Promise<Result<undefined, Refusal>> {
    const stated = await findReason(reading);
    if (stated === undefined) return this.refuse(context, request, REASON_NEEDED, 'no-reason-stated');
    const connection = workConnection(reading, 'once');
    return readingAll(reading, async () => {
      const sought = await seek(connection, request.filter);
      const entries = await countMatching(connection, sought, MOST_EXPORTED + 1);
      if (entries > MOST_EXPORTED) return this.refuse(context, request, TOO_MANY, 'too-many-entries');
      const reference = await this.record(context, request, { outcome: 'done', reason: stated.reason, policy: reasonsOf(context, 'ledger.export', reading.at) }, entries);
      // One batch ahead of the reader and no more: what is counted as sent is what she was given.
      const watch = new ReaderWatch(this.config.export.idleSeconds * 1000, LONGEST_MS);
      const octets = Readable.from(linesOf(readMatching(connection, sought), request.format, { progress, watch }), { highWaterMark: 1 });
      watch.signal.addEventListener('abort', () => octets.destroy(watch.signal.reason as Error));
      const delivered = deliver({ reference, at: reading.at, entries, octets, letGo: watch.signal });
      progress.began = { reference, entries, delivered: delivered.finally(() => watch.end()) };
      // Whoever lets go of it early is no fault; what she has been given is recorded.
      await finished(octets).catch(() => undefined);
      return ok(undefined);
    });
  }

  private async refuse(context: ActContext, request: ExportRequest, refused: Refusal, policy: string): Promise<Result<undefined, Refusal>> {
    await this.record(context, request, { outcome: 'refused', policy });
    return err(refused);
  }

  private record(context: ActContext, { filter, format }: ExportRequest, draft: Pick<EntryDraft, 'outcome' | 'reason' | 'policy'>, entries?: number): Promise<string> {
    const details = { filter: JSON.parse(JSON.stringify(filter)) as Json, format, ...(entries === undefined ? {} : { count: entries }) };
    return this.unitOfWork.run(context, async (work) => String(await this.intake.append(work, { verb: 'ledger.export', ...draft, details })));
  }

  /** How it ended: with everything, or after so many entries. */
  private async recordEnd(context: ActContext, { began, sent }: Progress): Promise<void> {
    if (began === undefined) return;
    const details = { count: began.entries, sent, whole: await began.delivered };
    await this.unitOfWork.run(context, (work) =>
      this.intake.append(work, { verb: 'ledger.end-export', outcome: 'done', subject: { kind: 'entry', id: began.reference }, details }));
  }
}

async function* linesOf(
  matching: AsyncIterable<readonly AuditRow[]>,
  format: ExportFormat,
  { progress, watch }: { readonly progress: Progress; readonly watch: ReaderWatch },
): AsyncGenerator<string> {
  const head = exportHead(format, FILE_MARKING);
  if (head !== '') yield head;
  for await (const rows of matching) {
    const lines = rows.map((row) => exportLine(format, presentEntry(row), FILE_MARKING)).join('');
    watch.handed();
    yield lines;
    watch.took();
    progress.sent += rows.length;
  }
  // What is left lies in the buffers of the connection, and the place is given up: she may not leave that for good either.
  watch.handed();
}
