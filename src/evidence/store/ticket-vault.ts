import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { TicketId } from '../../../libs/kernel/index.js';
import { CONFIG, type Config } from '../../platform/index.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** One guess at the passphrase costs 32 MiB and some tens of milliseconds; whoever holds a copy of the database pays it. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Keeps the session keys of unfinished uploads in the database, locked under the configured passphrase and bound to their ticket. */
@Injectable()
export class TicketVault {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = scryptSync(config.keys.passphrase, 'concordat upload ticket', 32, COST);
  }

  lock(ticket: TicketId, sessionKey: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(ticket));
    const locked = Buffer.concat([cipher.update(sessionKey), cipher.final()]);
    return Buffer.concat([nonce, locked, cipher.getAuthTag()]);
  }

  /** @throws Error when the passphrase has changed since, or the row was altered. */
  unlock(ticket: TicketId, locked: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.key, locked.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(ticket));
    decipher.setAuthTag(locked.subarray(locked.length - TAG_BYTES));
    return Buffer.concat([decipher.update(locked.subarray(NONCE_BYTES, locked.length - TAG_BYTES)), decipher.final()]);
  }
}
