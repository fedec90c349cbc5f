import { Inject, Injectable } from '@nestjs/common';
import { newKeyPair, OpenedKey, type LockedKeyPair } from '../../../libs/envelope/index.js';
import type { AgencyId, ItemId } from '../../../libs/kernel/index.js';
import { CONFIG, type Config, type Work } from '../../platform/index.js';
import { insertPortalKey, signingKeyOf } from './signing-key.js';

/** The key an agency receives evidence under. */
export interface AgencyKey {
  readonly fingerprint: string;
  readonly agencyId: AgencyId;
  readonly publicKey: Buffer;
  /** False: the agency holds its own private key. */
  readonly portalHeld: boolean;
}

/** A private key of the portal's, locked under the configured passphrase. */
export interface LockedKey {
  readonly fingerprint: string;
  readonly lockedKey: Buffer;
}

const COLUMNS = 'fingerprint, agency_id AS "agencyId", public_key AS "publicKey", portal_held AS "portalHeld"';
/** What the key is called that signs for agencies which hold their own. */
const PORTAL = 'Concordat portal';
/** Kept below a second of clock difference between machines, so that a new key is not from the future elsewhere. */
const CLOCK_MARGIN_MS = 60_000;

/** The registry of agencies' keys. Keys the portal holds are locked under the configured passphrase, and open only in memory. */
@Injectable()
export class AgencyKeys {
  private readonly opened = new Map<string, Promise<OpenedKey>>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The key in use of an agency; one held by the portal is made for an agency that has not registered its own. */
  async inUse(work: Work, agencyId: AgencyId): Promise<AgencyKey> {
    const known = await this.find(work, agencyId);
    if (known) return known;
    await this.make(work, agencyId);
    const made = await this.find(work, agencyId);
    if (!made) throw new Error('An agency key was made and is not there.');
    return made;
  }

  /**
   * The key that signs what somebody of the acting agency does to an exhibit: the agency's own where the portal holds it, and where
   * the agency holds it itself the portal's.
   */
  async signer(work: Work, exhibit: ItemId, agencyId: AgencyId): Promise<OpenedKey> {
    const known = await signingKeyOf(work, exhibit);
    if (known) return this.open(known);
    const { portalHeld } = await this.inUse(work, agencyId);
    if (!portalHeld) await insertPortalKey(work, await this.newPair(work, PORTAL));
    const made = await signingKeyOf(work, exhibit);
    if (!made) throw new Error('No key signs for an agency that sees the exhibit.');
    return this.open(made);
  }

  /** An open private key of the portal's. Opening one takes tens of milliseconds, so each is opened once. */
  open({ fingerprint, lockedKey }: LockedKey): Promise<OpenedKey> {
    const known = this.opened.get(fingerprint);
    if (known) return known;
    const opening = OpenedKey.unlock(lockedKey, this.config.keys.passphrase);
    this.opened.set(fingerprint, opening);
    opening.catch(() => this.opened.delete(fingerprint));
    return opening;
  }

  private async find(work: Work, agencyId: AgencyId): Promise<AgencyKey | undefined> {
    const [row] = await work.sql<AgencyKey>(`SELECT ${COLUMNS} FROM agency_key WHERE agency_id = $1 AND retired_at IS NULL`, [agencyId]);
    return row;
  }

  private async make(work: Work, agencyId: AgencyId): Promise<void> {
    const [agency] = await work.sql<{ name: string }>('SELECT name FROM agency WHERE id = $1', [agencyId]);
    if (!agency) throw new Error('There is no such agency to make a key for.');
    const pair = await this.newPair(work, agency.name);
    // Two deposits at once may both find none; the second takes the first one's.
    await work.sql(
      `INSERT INTO agency_key (fingerprint, agency_id, public_key, locked_key, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [pair.fingerprint, agencyId, Buffer.from(pair.publicKey), Buffer.from(pair.lockedKey), work.at],
    );
  }
  private newPair(work: Work, name: string): Promise<LockedKeyPair> {
    const at = new Date(work.at.getTime() - CLOCK_MARGIN_MS);
    return newKeyPair({ name, passphrase: this.config.keys.passphrase, at, lifeSeconds: 0, version: 4 });
  }
}
