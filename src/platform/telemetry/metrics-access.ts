import { bears } from '../http/bearer.js';

interface Asking {
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Counts of requests and refusals are an output like any other: they are for the operator only. With a token, whoever
 * bears it; without one, only this machine itself, and not what a proxy on this machine forwards.
 */
export function mayReadMetrics(request: Asking, token: string | undefined): boolean {
  if (token !== undefined) return bears(request.headers['authorization'], token);
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'] ?? request.headers['x-real-ip'];
  return forwarded === undefined && LOOPBACK.has(request.ip);
}
