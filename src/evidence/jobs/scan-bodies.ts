import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, EnvelopeFaultCode, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Log, UnitOfWork, type Config, type Work } from '../../platform/index.js';
import type { Scan } from '../domain/scan.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobStore } from '../store/blob-store.js';
import { ScannerAway, scanStream, signaturesOf, type ClamdSettings } from '../store/clamd.js';
import { isDisposed } from '../store/disposal.store.js';
import { bodiesToScan, bodiesToScanAgain, recordScan, type BodyToScan, type BodyToScanAgain } from '../store/scan-rows.js';
import { Rounds } from './rounds.js';
import { kindOfFault, Setbacks } from './setbacks.js';

const ROUND_MS = 3_000;
/** The longest that one over which a look failed waits for the next. */
const LONGEST_WAIT_MS = 3_600_000;
const AT_ONCE = 50;
/** Times that a scanner may break off over one exhibit before it is taken to be the exhibit's doing. */
const ATTEMPTS = 3;
const BROKE_OFF = 'scanner-broke-off';
/** How long after all that were due again were looked at it is asked for others. */
const AGAIN_MS = 60_000;
const DAY_MS = 86_400_000;
const SYSTEM = { actor: undefined, system: 'worker' } as const;

type Clamd = NonNullable<Config['clamd']>;

/** The scanner as it looks at one exhibit: with which signatures, where it says so, and what was found before when that may be written over. */
interface Scanner extends ClamdSettings {
  readonly signatures: number | undefined;
  readonly before?: Date;
}

/**
 * Has every exhibit looked at for malware that nobody has looked at yet: new ones within seconds, older ones once a scanner is configured.
 * An exhibit waits as long as the scanner is away. One that fails by itself keeps no other waiting: it is given up where the scanner breaks
 * off over it time and again, and else tried again, ever more seldom, because its body may be put back or its key be opened some day.
 * What was found clean or could not be scanned is looked at again after some days, once the scanner has newer signatures.
 */
@Injectable()
export class ScanBodies implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;
  private readonly setbacks = new Setbacks(ROUND_MS, LONGEST_WAIT_MS);
  /** How far it is with those that are due again, and when it is looked for them. */
  private again: { readonly after: ItemId | null; readonly from: number } = { after: null, from: 0 };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    private readonly ledger: LedgerIntake,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { clamd } = this.config;
    if (!clamd) return;
    this.rounds = new Rounds(
      (signal) => this.round(clamd, signal),
      (fault) => this.log.warn({ fault }, 'The scan of exhibits for malware failed and will be tried again'),
    );
    this.rounds.every(ROUND_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  private async round(clamd: Clamd, signal: AbortSignal): Promise<void> {
    const waiting = (after: ItemId | null): Promise<BodyToScan[]> => this.act((work) => bodiesToScan(work, { most: AT_ONCE, after }));
    for (let page = await waiting(null); page.length > 0; page = await waiting(page.at(-1)?.item_id ?? null)) {
      const signatures = await signaturesOf(clamd);
      for (const body of page) if (!signal.aborted) await this.look({ ...clamd, signatures }, body);
    }
    if (clamd.rescanDays > 0 && Date.now() >= this.again.from) await this.lookAgain(clamd, signal);
  }

  /** One page of them, so that what is new waits for no more. */
  private async lookAgain(clamd: Clamd, signal: AbortSignal): Promise<void> {
    const before = new Date(Date.now() - clamd.rescanDays * DAY_MS);
    const page = await this.act((work) => bodiesToScanAgain(work, before, { most: AT_ONCE, after: this.again.after }));
    const signatures = page.length > 0 ? await signaturesOf(clamd) : undefined;
    for (const body of page) {
      if (!signal.aborted && signatures !== undefined && signatures > (body.signatures ?? 0)) await this.look({ ...clamd, signatures, before }, body);
    }
    this.again = page.length === AT_ONCE ? { after: page.at(-1)?.item_id ?? null, from: 0 } : { after: null, from: Date.now() + AGAIN_MS };
  }

  /** @throws ScannerAway where the scanner is not reached, which is nothing of this one's: whatever else fails is. */
  private async look(scanner: Scanner, body: BodyToScan | BodyToScanAgain): Promise<void> {
    const { item_id: item } = body;
    if (this.setbacks.isWaiting(item, Date.now())) return;
    try {
      const found = await this.scan(scanner, body);
      // That it cannot be scanned now makes nothing of what it was found to be.
      if ('state' in body && body.state === 'clean' && found.state === 'unscannable') this.failed(item, found.code);
      else {
        await this.record(scanner, body, found);
        this.setbacks.over(item);
      }
    } catch (fault) {
      if (fault instanceof ScannerAway && fault.isUnreached) throw fault;
      this.failed(item, whyOf(fault));
    }
  }

  private failed(item: ItemId, why: string): void {
    if (this.setbacks.add(item, why, Date.now())) this.log.warn({ item, why }, 'An exhibit could not be looked into for malware and will be tried again');
  }

  private async scan(clamd: ClamdSettings, { item_id: item, blob_key: key, fingerprint, locked_key: lockedKey, packet }: BodyToScan): Promise<Scan> {
    if (fingerprint === null || lockedKey === null || packet === null) return { state: 'locked', code: 'agency-holds-its-key' };
    try {
      const blob = await this.blobs.open(key);
      try {
        const opener = await this.keys.open({ fingerprint, lockedKey });
        const stored = await StoredBody.open(blob, await opener.sessionKey(packet));
        return await scanStream(clamd, stored.dataBytes, () => stored.range(0, stored.dataBytes));
      } finally {
        await blob.close();
      }
    } catch (fault) {
      if (fault instanceof EnvelopeFault && fault.code !== EnvelopeFaultCode.NoKey) return { state: 'unscannable', code: 'damaged' };
      if (whyOf(fault) === BROKE_OFF && this.setbacks.times(item, BROKE_OFF) >= ATTEMPTS - 1) return { state: 'unscannable', code: BROKE_OFF };
      throw fault;
    }
  }

  private async record({ signatures, before }: Scanner, { item_id: item, reference }: BodyToScan, { state, code }: Scan): Promise<void> {
    const isNews = await this.act(async (work) => {
      // What was disposed of while it was read is gone on purpose.
      if (code === 'damaged' && (await isDisposed(work, item))) return false;
      const done = await recordScan(work, item, { state, code, signatures }, before);
      // That nothing was found is in the table; an entry for each would say of every exhibit what goes without saying. Unless something else was said before.
      if (done === 'kept' || done === 'same' || (done === 'new' && (state === 'clean' || state === 'locked'))) return false;
      const details = { items: [item], reference, found: state, code, ...(signatures !== undefined && { signatures }) };
      await this.ledger.append(work, { verb: 'exhibit.scan', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details });
      return true;
    });
    if (isNews && state === 'infected') this.log.error({ item, code }, 'Malware was found in an exhibit');
    if (isNews && state === 'unscannable') this.log.warn({ item, code }, 'An exhibit could not be scanned for malware');
  }

  private act<T>(act: (work: Work) => Promise<T>): Promise<T> {
    return this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, act);
  }
}

function whyOf(fault: unknown): string {
  return fault instanceof ScannerAway ? BROKE_OFF : kindOfFault(fault);
}
