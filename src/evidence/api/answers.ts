import type { FastifyReply } from 'fastify';
import { RefusalCode, type Refusal } from '../../../libs/kernel/index.js';
import { SignInNeeded } from '../../platform/http/index.js';
import { DISPOSED } from '../commands/reader-keys.js';
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

/** The disk is full: the one fault of the machine that the sender should hear of in words. */
export function isDiskFull(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT');
}

export const DISK_FULL: Refusal = {
  code: RefusalCode.Unavailable,
  message: 'The portal has no room for this file at the moment. What has arrived is kept; try again later or tell the service manager.',
  faults: [],
};

/** The same for a form, which begins again from the first octet. */
export const DISK_FULL_FORM: Refusal = {
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
