import { PermanentFailure, TransientFailure, type JobFailure } from '../../platform/queue/index.js';

/** What an error of the mail library may carry. The server's words are attacker-controlled and are not kept. */
interface MailFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
}

/** Our own credentials or TLS settings are wrong: nothing a recipient did, and an operator can mend it meanwhile. */
const OURS = new Set([421, 454, 530, 534, 535, 538]);

/**
 * What a failed hand-over means. A 5xx answer about the message or its recipient will be the same tomorrow; anything
 * else - no connection, a 4xx answer, our own credentials - may pass.
 */
export function mailFailure(fault: unknown): JobFailure {
  const { code, responseCode } = (typeof fault === 'object' && fault !== null ? fault : {}) as MailFault;
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 500 && !OURS.has(responseCode);
    return permanent ? new PermanentFailure(`smtp-${responseCode}`) : new TransientFailure(`smtp-${responseCode}`);
  }
  return new TransientFailure(`mail-${typeof code === 'string' ? code.toLowerCase() : 'fault'}`);
}
