import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** A bound on requests per session, or per address where nobody is signed in. */
export class RequestRate {
  private readonly limiter: RateLimiterMemory;

  /** @param perMinute - requests that one key may make in any minute. */
  constructor(perMinute: number) {
    this.limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  /** Counts one request. Returns 0 when it may pass, else the seconds to wait. */
  async take(key: string): Promise<number> {
    try {
      await this.limiter.consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }
}
