import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * The id that joins the log lines, ledger entries and events of one request: the caller's, when it is short and plain
 * (`given` is attacker-controlled and ends up in logs), else a new one.
 */
export function correlationId(given?: string | string[]): string {
  return typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
}
