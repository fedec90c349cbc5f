import type { FastifyReply } from 'fastify';
import { err, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { Log } from '../../platform/index.js';
import { SignInNeeded } from '../../platform/http/index.js';
import { DISPOSED } from '../commands/reader-keys.js';
import { BlobsAway } from '../domain/blobs-away.js';
import { UNDER_WAY } from '../domain/ticket.js';
import { EXPIRED } from '../queries/ticket-of-person.js';

const STATUS: Readonly<Record<RefusalCode, number>> = {
  [RefusalCode.NotFound]: 404,
  [RefusalCode.Invalid]: 400,
  [RefusalCode.Stale]: 409,
  [RefusalCode.Conflict]: 422,
  [RefusalCode.TooLarge]: 413,
  [RefusalCode.RateLimited]: 429,
  [RefusalCode.SignInAgain]: 401,
  [RefusalCode.Unavailable]: 503,
  [RefusalCode.PurposeRequired]: 403,
};

/** The HTTP status of a refusal. */
export function statusOf(refusal: Refusal): number {
  return PARTICULAR.get(refusal) ?? STATUS[refusal.code];
}

/**
 * Whoever's session ended meanwhile gets the very answer of whoever comes without one.
 *
 * @throws SignInNeeded
 */
export function orSignIn(refused: Refusal): Refusal {
  if (refused.code === RefusalCode.SignInAgain) throw new SignInNeeded();
  return refused;
}

/** Says a refusal as JSON. The connection is closed: what was still to come on it is not wanted. */
export function sendRefusal(reply: FastifyReply, refused: Refusal, status: number): FastifyReply {
  const { code, message, faults } = orSignIn(refused);
  return reply.code(status).header('connection', 'close').send({ code, message, faults });
}

/** What is wrong with the store, where the sender should hear of it in words: it is full, or not to be reached. */
export function storeFault(fault: unknown): Refusal | undefined {
  if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')) return DISK_FULL;
  return fault instanceof BlobsAway ? STORE_AWAY : undefined;
}

/** The same for a form, which begins again from the first octet. */
export function storeFaultOfForm(fault: unknown): Refusal | undefined {
  const said = storeFault(fault);
  return said === DISK_FULL ? DISK_FULL_FORM : said && STORE_AWAY_FORM;
}

/** A reading that could not begin because the store is not to be reached is refused in words. */
export async function orAway<T>(reading: Promise<Result<T, Refusal>>, log: Log): Promise<Result<T, Refusal>> {
  try {
    return await reading;
  } catch (fault) {
    if (!(fault instanceof BlobsAway)) throw fault;
    log.error({ fault: fault.message }, 'A sealed exhibit could not be read');
    return err(READING_AWAY);
  }
}

const STORE_AWAY = refusal(RefusalCode.Unavailable, 'The portal does not reach the place where exhibits are kept at the moment. What has arrived is kept; try again in a few minutes.');
const STORE_AWAY_FORM = refusal(RefusalCode.Unavailable, 'The portal does not reach the place where exhibits are kept at the moment, and nothing of this file was kept. Try again in a few minutes.');
const READING_AWAY = refusal(RefusalCode.Unavailable, 'The portal does not reach the place where exhibits are kept at the moment. Try again in a few minutes; the attempt is recorded.');

const DISK_FULL: Refusal = {
  code: RefusalCode.Unavailable,
  message: 'The portal has no room for this file at the moment. What has arrived is kept; try again later or tell the service manager.',
  faults: [],
};

const DISK_FULL_FORM: Refusal = {
  ...DISK_FULL,
  message: 'The portal has no room for this file at the moment, and nothing of it was kept. Try again later or tell the service manager.',
};

/** Refusals that HTTP has a word of its own for. */
const PARTICULAR: ReadonlyMap<Refusal, number> = new Map([
  [EXPIRED, 410],
  [DISPOSED, 410],
  [UNDER_WAY, 423],
  [DISK_FULL, 507],
  [DISK_FULL_FORM, 507],
]);
