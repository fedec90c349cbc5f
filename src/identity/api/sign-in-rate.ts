import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../../platform/index.js';

/** Of everything an address may ask in a minute, this part may be signing in: each try costs a verification and a ledger entry. */
const PART_OF_ALL = 10;
const LEAST = 10;

/** A bound on sign-in and sign-out messages per address. */
@Injectable()
export class SignInRate {
  private readonly limiter: RateLimiterMemory;

  constructor(@Inject(CONFIG) config: Config) {
    this.limiter = new RateLimiterMemory({ points: Math.max(LEAST, Math.floor(config.rateLimitPerMinute / PART_OF_ALL)), duration: 60 });
  }

  /** Counts one message from `address`. */
  async allows(address: string): Promise<boolean> {
    try {
      await this.limiter.consume(address);
      return true;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return false;
      throw refused;
    }
  }
}
