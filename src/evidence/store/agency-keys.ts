import { Inject, Injectable } from '@nestjs/common';
import { newKeyPair, OpenedKey, type LockedKeyPair, type RecipientKey } from '../../../libs/envelope/index.js';
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

  /**
   * The key in use of an agency; one held by the portal is made for an agency that never had any. Undefined where its people
   * have revoked the last one and registered no other: nothing is sealed for it until they do.
   */
  async inUse(work: Work, agencyId: AgencyId): Promise<AgencyKey | undefined> {
    const known = await this.find(work, agencyId);
    if (known) return known;
    const [newest] = await work.sql<{ revoked: boolean }>(
      'SELECT revoked_at IS NOT NULL AS revoked FROM agency_key WHERE agency_id = $1 ORDER BY retired_at DESC LIMIT 1', [agencyId]);
    if (newest?.revoked === true) return undefined;
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
    const own = await this.inUse(work, agencyId);
    if (own?.portalHeld !== true) await insertPortalKey(work, await this.newPair(work, PORTAL));
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

  /** Takes a public key, whose private part the agency holds itself, into use. The caller has taken the former out of use. */
  async register(work: Work, agencyId: AgencyId, key: RecipientKey): Promise<void> {
    await work.sql(
      `INSERT INTO agency_key (fingerprint, agency_id, public_key, label, expires_at, reads_seipd2, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [key.fingerprint, agencyId, Buffer.from(key.publicKey), key.userId, key.expiresAt ?? null, key.readsSeipd2, work.at],
    );
  }

  /** Makes a key for an agency that has none in use; the portal holds it, locked under the configured passphrase. */
  async make(work: Work, agencyId: AgencyId): Promise<void> {
    const [agency] = await work.sql<{ name: string }>('SELECT name FROM agency WHERE id = $1', [agencyId]);
    if (!agency) throw new Error('There is no such agency to make a key for.');
    const pair = await this.newPair(work, agency.name);
    // Two deposits at once may both find none; the second takes the first one's.
    await work.sql(
      `INSERT INTO agency_key (fingerprint, agency_id, public_key, locked_key, label, reads_seipd2, created_at) VALUES ($1, $2, $3, $4, $5, true, $6)
       ON CONFLICT DO NOTHING`,
      [pair.fingerprint, agencyId, Buffer.from(pair.publicKey), Buffer.from(pair.lockedKey), agency.name, work.at],
    );
  }

  private newPair(work: Work, name: string): Promise<LockedKeyPair> {
    const at = new Date(work.at.getTime() - CLOCK_MARGIN_MS);
    return newKeyPair({ name, passphrase: this.config.keys.passphrase, at, lifeSeconds: 0, version: 4 });
  }
}
