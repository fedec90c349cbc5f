import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { fitsVerifier } from '../../../libs/bundle/index.js';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, printed, printedTogether, type Entered } from '../../workspaces/index.js';
import { exhibitsForBundle, publicKeys, thingsForBundle, type BundleRow, type BundleThingRow } from '../store/bundle-rows.js';
import { custodyOf } from '../store/custody.store.js';
import { BundleContent, type BundleRequest, type BundleSubject } from './bundle-content.js';
import { OpenExhibit, type Admitted } from './open-exhibit.js';
import { subjectOf } from './origin.js';

/** Exhibits one bundle may hold. */
export const MOST_EXHIBITS = 200;
/** Bundles that are written at once in this process: each reads and hashes as fast as it can. */
const MOST_AT_ONCE = 2;

const YOURS = refusal(RefusalCode.Unavailable, 'A bundle of yours is being written already. Wait until it is done, or stop it, and try again.');
const BUSY = refusal(RefusalCode.Unavailable, 'As many bundles as this portal writes at once are being written already. Wait until one is done and try again.');
const NOTHING = refusal(RefusalCode.Conflict, 'There is no exhibit in this investigation that you can see, so there is nothing to put into a bundle.');
const TOO_MANY = refusal(RefusalCode.TooLarge, `A bundle holds up to ${MOST_EXHIBITS} exhibits. Choose fewer, and make more than one bundle.`);

const TOO_LONG = refusal(RefusalCode.TooLarge, 'The custody of these exhibits makes a longer record than whoever checks a bundle can read (64 MiB). Choose fewer exhibits, and make more than one bundle.');

/** What was chosen and is in sight: exhibits that are files, and things, of which there is only the custody. */
interface Rows {
  readonly files: readonly BundleRow[];
  readonly things: readonly BundleThingRow[];
}

/** A bundle whose record is durable and whose bytes may leave. */
export interface Bundle {
  readonly id: string;
  readonly fileName: string;
  readonly marking: string;
  readonly octets: Readable;
}

/** Hands the bytes on; answers whether all of them went out to the network. */
type Deliver = (bundle: Bundle) => Promise<boolean>;

/**
 * Makes a court bundle. That it is made, of what, for whom and why, is committed before its first byte leaves, and so is the copying
 * in each exhibit's own chain; another entry says how it ended. Only who may open every one of the exhibits gets any.
 */
@Injectable()
export class MakeBundle {
  /** Who is being written to: each holds one place. */
  private readonly makers = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly opening: OpenExhibit,
    private readonly content: BundleContent,
    private readonly ledger: LedgerIntake,
  ) {}

  /** @param deliver - is given the bytes to hand on */
  async execute(context: ActContext, request: BundleRequest, deliver: Deliver): Promise<Result<undefined, Refusal>> {
    const maker = String(context.actor?.personId);
    const busy = this.makers.has(maker) ? YOURS : this.makers.size >= MOST_AT_ONCE ? BUSY : undefined;
    if (busy === undefined) this.makers.add(maker);
    try {
      const admitted = await this.unitOfWork.run(context, (work) => this.admit(work, request, busy));
      if (!admitted.ok) return admitted;
      await this.deliver(context, admitted.value, deliver);
      return ok(undefined);
    } finally {
      if (busy === undefined) this.makers.delete(maker);
    }
  }

  private async admit(work: Work, request: BundleRequest, busy: Refusal | undefined): Promise<Result<BundleSubject, Refusal>> {
    const entered = await this.gate.enterToRead(work, 'bundle.make', request.workspaceId);
    if (!entered.ok) return entered;
    if (busy !== undefined) return this.refuse(work, entered.value, busy, 'too-many-at-once');
    const [files, things] = [await exhibitsForBundle(work, entered.value.row.id, request.exhibits, MOST_EXHIBITS + 1), await thingsForBundle(work, entered.value.row.id, request.exhibits, MOST_EXHIBITS + 1)];
    const chosen = files.length + things.length;
    if (chosen > MOST_EXHIBITS) return this.refuse(work, entered.value, TOO_MANY, 'too-many-exhibits');
    // One that is not there and one that she may not see are the same; so is a list that names one twice.
    if (request.exhibits !== undefined && request.exhibits.length !== chosen) return this.refuse(work, entered.value, NOT_FOUND, 'no-such-exhibit');
    if (chosen === 0) return this.refuse(work, entered.value, NOTHING, 'nothing-to-bundle');
    return this.take(work, request, entered.value, { files, things });
  }

  /** All of them or none: what was written of the first is taken back where a later one is refused. */
  private async take(work: Work, request: BundleRequest, entered: Entered, rows: Rows): Promise<Result<BundleSubject, Refusal>> {
    await work.sql('SAVEPOINT exhibits');
    const admitted = await this.admitAll(work, request, rows);
    if (!admitted.ok) {
      await work.sql('ROLLBACK TO SAVEPOINT exhibits');
      return this.refuse(work, entered, admitted.error, 'exhibit-not-opened');
    }
    const subject = await this.subjectOf(work, request, entered, { ...rows, admitted: admitted.value });
    if (!fitsVerifier([...subject.exhibits, ...subject.things].map(({ chain }) => chain))) {
      await work.sql('ROLLBACK TO SAVEPOINT exhibits');
      return this.refuse(work, entered, TOO_LONG, 'record-too-long');
    }
    await this.record(work, request, entered, subject);
    return ok(subject);
  }

  /** Whoever may open every file and see every thing is let at all of them; of a thing what is told is read, and so recorded. */
  private async admitAll(work: Work, { recipients, reason }: BundleRequest, { files, things }: Rows): Promise<Result<readonly Admitted[], Refusal>> {
    const admitted: Admitted[] = [];
    for (const { id } of files) {
      const one = await this.opening.admit(work, id, { as: 'file', range: undefined, copied: { to: recipients, reason } });
      if (!one.ok) return one;
      admitted.push(one.value);
    }
    for (const { id } of things) {
      const seen = await this.gate.enterItemToRead(work, 'exhibit.read', id);
      if (!seen.ok) return seen;
      await this.gate.record(work, seen.value, { subject: subjectOf(seen.value), details: { items: [id], count: 1 } });
    }
    return ok(admitted);
  }

  private async subjectOf(work: Work, request: BundleRequest, { actor, row, citing }: Entered, { files, things, admitted }: Rows & { readonly admitted: readonly Admitted[] }): Promise<BundleSubject> {
    const all: readonly BundleThingRow[] = [...files, ...things];
    const chains = await custodyOf(work, all.map(({ id }) => id));
    const exhibits = files.map((exhibit, at) => ({ row: exhibit, admitted: admitted[at], marking: printed(exhibit), chain: chains.get(exhibit.id) ?? [] }));
    const signers = [...new Set([...chains.values()].flat().flatMap(({ signer }) => signer ?? []))];
    return {
      id: randomUUID(),
      at: work.at,
      madeBy: { name: actor.displayName, agency: actor.agencyName },
      request,
      purpose: citing.purpose ?? row.purpose,
      clause: citing.clause === undefined ? null : `${citing.agreement ?? ''} ${citing.clause}`.trim(),
      investigation: { reference: row.reference, title: row.title },
      marking: printedTogether(row, all),
      exhibits: exhibits.toSorted(byReference),
      things: things.map((thing) => ({ row: thing, marking: printed(thing), chain: chains.get(thing.id) ?? [] })).toSorted(byReference),
      keys: await publicKeys(work, signers),
    };
  }

  private async record(work: Work, request: BundleRequest, entered: Entered, { id, marking, exhibits, things }: BundleSubject): Promise<void> {
    const { row } = entered;
    const all = [...exhibits, ...things];
    await this.gate.record(work, entered, {
      subject: { kind: 'workspace', id: row.id, title: row.title, marking, owner: row.lead.name },
      recipients: [request.recipients],
      reason: request.reason,
      details: { bundle: id, items: all.map((one) => one.row.id), references: all.map((one) => one.row.reference), count: all.length },
    });
  }

  private async deliver(context: ActContext, subject: BundleSubject, deliver: Deliver): Promise<void> {
    const { id, marking, investigation } = subject;
    const progress = { sent: 0 };
    const octets = Readable.from(counted(this.content.octets(context, subject), progress), { objectMode: false, highWaterMark: 1_048_576 });
    const delivered = deliver({ id, marking, octets, fileName: `court-bundle-${investigation.reference}-${id}.zip` });
    // Whoever lets go of it early is no fault; what she has been given is recorded.
    await finished(octets).catch(() => undefined);
    const details = { bundle: id, count: subject.exhibits.length + subject.things.length, sent: progress.sent, whole: await delivered };
    await this.unitOfWork.run(context, (work) => this.ledger.append(work, { verb: 'bundle.end', outcome: 'done', subject: { kind: 'bundle', id }, details }));
  }

  private async refuse(work: Work, entered: Entered, refused: Refusal, reason: string): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'workspace', id: entered.row.id }, reason });
    return err(refused);
  }
}

function byReference(one: { readonly row: BundleThingRow }, other: { readonly row: BundleThingRow }): number {
  return one.row.reference.localeCompare(other.row.reference, 'en', { numeric: true });
}

async function* counted(octets: AsyncIterable<Uint8Array>, progress: { sent: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of octets) {
    yield piece;
    progress.sent += piece.length;
  }
}
