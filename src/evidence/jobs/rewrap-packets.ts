import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault } from '../../../libs/envelope/index.js';
import type { AgencyId, ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Log, UnitOfWork, type Work } from '../../platform/index.js';
import { packetFor } from '../commands/reader-keys.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { lockCustody } from '../store/custody.store.js';
import { Rounds } from './rounds.js';

const ROUND_MS = 15_000;
/** Packets of one transaction: wrapping one takes about a millisecond. */
const AT_ONCE = 50;
const SYSTEM = { actor: undefined, system: 'worker' } as const;

interface Rewrapped {
  readonly item_id: ItemId;
  readonly agency_id: AgencyId;
  readonly former: string;
  readonly fingerprint: string;
  readonly public_key: Buffer;
  readonly by_fingerprint: string;
  readonly by_locked_key: Buffer;
  readonly by_packet: Buffer;
}

/**
 * Gives an agency's exhibits to its new key after a change, and takes them from the former one. Bodies are not touched. What
 * neither the agency's former key nor the originator's can open here stays with the former: only its holder can open it.
 */
@Injectable()
export class RewrapPackets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Rounds(
    () => this.rewrapAll(),
    (fault) => this.log.warn({ fault }, 'Exhibits were not given to a new key and will be tried again'),
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AgencyKeys,
    private readonly ledger: LedgerIntake,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.every(ROUND_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** All that waits, in transactions of {@link AT_ONCE}. One round at a time in this process; others do the same work harmlessly. */
  run(): Promise<void> {
    return this.rounds.run();
  }

  private async rewrapAll(): Promise<void> {
    let last: Rewrapped | undefined;
    do last = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) => this.round(work, last));
    while (last);
  }

  /** The next packets after `from`. Returns the last of them where there may be more. */
  private async round(work: Work, from: Rewrapped | undefined): Promise<Rewrapped | undefined> {
    const rows = await work.sql<Rewrapped>('SELECT * FROM packets_to_rewrap($1, $2, $3, $4)', [work.at, AT_ONCE, from?.agency_id ?? null, from?.item_id ?? null]);
    const given = new Map<string, Rewrapped[]>();
    // In one order wherever this runs: two processes at the same packets wait for each other, and never each for the other's.
    for (const row of [...rows].sort((a, b) => (a.item_id < b.item_id ? -1 : 1))) {
      if (await this.rewrap(work, row)) given.set(row.fingerprint, [...(given.get(row.fingerprint) ?? []), row]);
    }
    for (const [fingerprint, done] of given) {
      const details = { count: done.length, items: done.map(({ item_id }) => item_id), former: [...new Set(done.map(({ former }) => former))] };
      await this.ledger.append(work, { verb: 'key.rewrap', outcome: 'done', subject: { kind: 'key', id: fingerprint }, details });
    }
    return rows.length === AT_ONCE ? rows.at(-1) : undefined;
  }

  /** One that cannot be done (a key under a former passphrase, a damaged packet) stops no other. */
  private async rewrap(work: Work, row: Rewrapped): Promise<boolean> {
    const packet = await this.wrap(row, work.at).catch((fault: unknown) => {
      if (!(fault instanceof EnvelopeFault)) throw fault;
      this.log.warn({ item: row.item_id, key: row.former, code: fault.code }, 'An exhibit could not be given to a new key');
      return undefined;
    });
    if (!packet) return false;
    // A recall holds the chain as well: what it has taken is not put back.
    await lockCustody(work, row.item_id);
    await work.sql('SELECT replace_packet($1, $2, $3, $4, $5, $6)', [row.item_id, row.agency_id, row.former, row.fingerprint, packet, work.at]);
    return true;
  }

  private async wrap(row: Rewrapped, at: Date): Promise<Buffer | undefined> {
    const key = await this.keys.open({ fingerprint: row.by_fingerprint, lockedKey: row.by_locked_key });
    return packetFor(await key.sessionKey(row.by_packet), { publicKey: row.public_key }, at);
  }
}
