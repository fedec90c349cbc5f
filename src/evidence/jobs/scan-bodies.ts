import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, EnvelopeFaultCode, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Log, UnitOfWork, type Config } from '../../platform/index.js';
import type { Scan } from '../domain/scan.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobStore } from '../store/blob-store.js';
import { ScannerAway, scanStream, type ClamdSettings } from '../store/clamd.js';
import { isDisposed } from '../store/disposal.store.js';
import { Rounds } from './rounds.js';
import { kindOfFault, Setbacks } from './setbacks.js';

const ROUND_MS = 3_000;
/** The longest that one over which a look failed waits for the next. */
const LONGEST_WAIT_MS = 3_600_000;
const AT_ONCE = 50;
/** Times that a scanner may break off over one exhibit before it is taken to be the exhibit's doing. */
const ATTEMPTS = 3;
const BROKE_OFF = 'scanner-broke-off';
const SYSTEM = { actor: undefined, system: 'worker' } as const;

interface Body {
  readonly item_id: ItemId;
  readonly reference: string;
  readonly blob_key: string;
  /** Of a key of the portal's that opens it; null where only agencies do. */
  readonly fingerprint: string | null;
  readonly locked_key: Buffer | null;
  readonly packet: Buffer | null;
}

/**
 * Has every exhibit looked at for malware that nobody has looked at yet: new ones within seconds, older ones once a scanner is configured.
 * An exhibit waits as long as the scanner is away. One that fails by itself keeps no other waiting: it is given up where the scanner breaks
 * off over it time and again, and else tried again, ever more seldom, because its body may be put back or its key be opened some day.
 */
@Injectable()
export class ScanBodies implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;
  private readonly setbacks = new Setbacks(ROUND_MS, LONGEST_WAIT_MS);

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

  private async round(clamd: ClamdSettings, signal: AbortSignal): Promise<void> {
    for (let page = await this.page(null); page.length > 0; page = await this.page(page.at(-1)?.item_id ?? null)) {
      for (const body of page) {
        if (signal.aborted) return;
        if (!this.setbacks.isWaiting(body.item_id, Date.now())) await this.look(clamd, body);
      }
    }
  }

  private page(after: ItemId | null): Promise<Body[]> {
    return this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) => work.sql<Body>('SELECT * FROM bodies_to_scan($1, $2)', [AT_ONCE, after]));
  }

  /** @throws ScannerAway where the scanner is not reached, which is nothing of this one's: whatever else fails is. */
  private async look(clamd: ClamdSettings, body: Body): Promise<void> {
    const { item_id: item } = body;
    try {
      await this.record(body, await this.scan(clamd, body));
      this.setbacks.over(item);
    } catch (fault) {
      if (fault instanceof ScannerAway && fault.isUnreached) throw fault;
      const why = whyOf(fault);
      if (this.setbacks.add(item, why, Date.now())) this.log.warn({ item, why }, 'An exhibit could not be looked into for malware and will be tried again');
    }
  }

  private async scan(clamd: ClamdSettings, { item_id: item, blob_key: key, fingerprint, locked_key: lockedKey, packet }: Body): Promise<Scan> {
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

  private async record({ item_id: item, reference }: Body, { state, code }: Scan): Promise<void> {
    const isRecorded = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, async (work) => {
      // What was disposed of while it was read is gone on purpose.
      if (code === 'damaged' && (await isDisposed(work, item))) return false;
      const [row] = await work.sql<{ record_scan: boolean }>('SELECT record_scan($1, $2, $3, $4)', [item, work.at, state, code]);
      // Another process was faster.
      if (row?.record_scan !== true) return false;
      // That nothing was found is in the table; an entry for each would say of every exhibit what goes without saying.
      if (state === 'clean' || state === 'locked') return true;
      await this.ledger.append(work, { verb: 'exhibit.scan', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details: { items: [item], reference, found: state, code } });
      return true;
    });
    if (!isRecorded) return;
    if (state === 'infected') this.log.error({ item, code }, 'Malware was found in an exhibit');
    if (state === 'unscannable') this.log.warn({ item, code }, 'An exhibit could not be scanned for malware');
  }
}

function whyOf(fault: unknown): string {
  return fault instanceof ScannerAway ? BROKE_OFF : kindOfFault(fault);
}
