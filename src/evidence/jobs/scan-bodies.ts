import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Log, UnitOfWork, type Config } from '../../platform/index.js';
import type { Scan } from '../domain/scan.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobMissing, BlobStore } from '../store/blob-store.js';
import { ScannerAway, scanStream, type ClamdSettings } from '../store/clamd.js';
import { Rounds } from './rounds.js';

const ROUND_MS = 3_000;
const AT_ONCE = 50;
/** Times that a scanner may break off over one exhibit before it is taken to be the exhibit's doing. */
const ATTEMPTS = 3;
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
 * An exhibit waits as long as the scanner is away; one over which the scanner breaks off time and again does not keep the others waiting.
 */
@Injectable()
export class ScanBodies implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;
  private readonly failed = new Map<ItemId, number>();

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
    const bodies = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) => work.sql<Body>('SELECT * FROM bodies_to_scan($1)', [AT_ONCE]));
    for (const body of bodies) if (!signal.aborted) await this.look(clamd, body);
  }

  private async look(clamd: ClamdSettings, body: Body): Promise<void> {
    try {
      await this.record(body, await this.scan(clamd, body));
    } catch (fault) {
      if (!(fault instanceof ScannerAway)) throw fault;
      const times = (this.failed.get(body.item_id) ?? 0) + 1;
      if (fault.isUnreached || times < ATTEMPTS) {
        if (!fault.isUnreached) this.failed.set(body.item_id, times);
        throw fault;
      }
      this.failed.delete(body.item_id);
      await this.record(body, { state: 'unscannable', code: 'scanner-broke-off' });
    }
  }

  private async scan(clamd: ClamdSettings, { blob_key: key, fingerprint, locked_key: lockedKey, packet }: Body): Promise<Scan> {
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
      if (fault instanceof BlobMissing || fault instanceof EnvelopeFault) return { state: 'unscannable', code: 'damaged' };
      throw fault;
    }
  }

  private async record({ item_id: item, reference }: Body, { state, code }: Scan): Promise<void> {
    await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, async (work) => {
      const [row] = await work.sql<{ record_scan: boolean }>('SELECT record_scan($1, $2, $3, $4)', [item, work.at, state, code]);
      // That nothing was found is in the table; an entry for each would say of every exhibit what goes without saying.
      if (row?.record_scan !== true || state === 'clean' || state === 'locked') return;
      await this.ledger.append(work, { verb: 'exhibit.scan', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details: { items: [item], reference, found: state, code } });
    });
    if (state === 'infected') this.log.error({ item, code }, 'Malware was found in an exhibit');
    if (state === 'unscannable') this.log.warn({ item, code }, 'An exhibit could not be scanned for malware');
  }
}
