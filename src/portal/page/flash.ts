import type { FastifyReply, FastifyRequest } from 'fastify';

/** What can be said once, on the page after an act. The cookie carries the key alone, so no address or cookie holds data. */
export const FLASHES = {
  'investigation-opened': 'Investigation opened. Only your agency can see it until you invite another.',
  'marking-changed': 'Marking changed.',
  'purpose-stated': 'Kept for this session. It is recorded with everything you read in this investigation from now on.',
  'note-added': 'Note added.',
  'record-saved': 'Record saved as a new version.',
  'finding-recorded': 'Finding recorded. It is not a breach under the risk rules, so no one is alerted.',
  'breach-recorded': 'Finding recorded. It is a breach: the duty posts of the agencies in this investigation that may see it are being alerted now.',
  'exhibit-deposited': 'Exhibit deposited. The file is sealed and its chain of custody has begun.',
  'physical-recorded': 'Physical exhibit recorded. Its chain of custody has begun.',
  'hold-placed': 'Hold placed. Nothing under it is disposed of until your agency lifts it.',
  'hold-lifted': 'Hold lifted.',
  'retention-set': 'Kept. It comes up for review on the day you see.',
  'proof-asked': 'Asked. The exhibit is being read from its first octet to its last.',
  'disclosure-reviewed': 'Reviewed. A schedule that was signed off before is not current any more.',
  'schedule-signed': 'Signed off. This version is kept; whatever comes after it makes it not current.',
  'disposal-proposed': 'Disposal proposed. Somebody else of your agency decides about it.',
  'disposal-approved': 'Disposed of. Every key to it is destroyed, and its certificate is here.',
  'disposal-rejected': 'Disposal rejected. The exhibit is kept.',
  'custody-recorded': 'Recorded in the chain of custody.',
  'custody-offered': 'Offered. It changes hands only when somebody there accepts; until then your agency holds it.',
  'custody-accepted': 'Accepted. Your agency holds the exhibit now.',
  'custody-declined': 'Declined. The exhibit stays with the agency that offered it.',
  'custody-withdrawn': 'Offer withdrawn.',
  'agency-invited': 'Agency invited. Its people can see this investigation from now on.',
  'membership-ended': 'Ended. From now on the agency finds nothing of this investigation here. What its people have seen cannot be unseen.',
  'membership-left': 'Your agency has left the investigation, and no longer sees it.',
  'explanation-asked': 'Asked. It waits on the first page of whoever is to explain.',
  'explanation-given': 'Your explanation was kept. Both agencies and the auditors can read it.',
  'explanation-closed': 'Closed for your agency.',
  'alert-acknowledged': 'Alert acknowledged. The other agencies can see who has it.',
  'key-change-proposed': 'Proposed. It waits for a second person of your agency.',
  'key-change-approved': 'Approved and in effect. What is sealed already is given to the new key in the background.',
  'key-change-withdrawn': 'Withdrawn. Nothing has changed.',
  'exhibit-shared': 'Shared. The agency can open the exhibit from now on.',
  'exhibit-recalled': 'Recalled. The agency can no longer see or open it, and is asked what became of its copies. What its people have seen cannot be unseen.',
  'recall-answered': 'Your answer was kept. The agency that recalled the exhibit can read it.',
  'search-saved': 'Search saved. Only you see it.',
  'search-deleted': 'Saved search deleted.',
  'reason-stated': 'Reason kept for this session. It is recorded with everything you look at from now on.',
} as const;
export type FlashKey = keyof typeof FLASHES;

const COOKIE = 'concordat-flash';

/** Leaves a message for the next page. */
export function leaveFlash(reply: FastifyReply, key: FlashKey, secure: boolean): void {
  void reply.setCookie(COOKIE, key, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 60 });
}

/** Takes the message left by the page before (attacker-controlled), if it is one of ours. */
export function takeFlash(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const key = request.cookies[COOKIE];
  if (key === undefined) return undefined;
  void reply.clearCookie(COOKIE, { path: '/' });
  return Object.hasOwn(FLASHES, key) ? FLASHES[key as FlashKey] : undefined;
}
