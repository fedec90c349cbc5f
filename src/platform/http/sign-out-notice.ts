import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * How far a sign-out has come: nobody but us was to be told; the agency is about to be asked; it was asked and has not
 * answered, or not with a plain yes; it said yes.
 */
export const SIGN_OUT_STATES = ['only-here', 'asking', 'unconfirmed', 'confirmed'] as const;
export type SignOutState = (typeof SIGN_OUT_STATES)[number];

/** What the page after a sign-out has to say. */
export interface SignOutNotice {
  readonly state: SignOutState;
  readonly agencyCode: string;
}

const SECONDS = 300;
const NOTICE = /^([a-z-]{1,20})\.([a-z][a-z0-9-]{1,39})$/;

/** Only an answer of ours can set it, so no link makes the page say what has not happened. */
const nameFor = (baseUrl: string): string => (baseUrl.startsWith('https:') ? '__Host-concordat-signed-out' : 'concordat-signed-out');
const attributesFor = (baseUrl: string) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: baseUrl.startsWith('https:') }) as const;

/** Leaves word for the page after signing out. */
export function leaveSignOutNotice(reply: FastifyReply, baseUrl: string, { state, agencyCode }: SignOutNotice): void {
  void reply.setCookie(nameFor(baseUrl), `${state}.${agencyCode}`, { ...attributesFor(baseUrl), maxAge: SECONDS });
}

/**
 * Takes the word left (attacker-controlled in form). Once the agency has been asked, what is left for the next look is that
 * it has not confirmed: whoever comes back without its answer reads that.
 */
export function takeSignOutNotice(request: FastifyRequest, reply: FastifyReply, baseUrl: string): SignOutNotice | undefined {
  const [, state, agencyCode] = NOTICE.exec(request.cookies[nameFor(baseUrl)] ?? '') ?? [];
  const known = SIGN_OUT_STATES.find((one) => one === state);
  if (known === undefined || agencyCode === undefined) return undefined;
  if (known === 'asking') leaveSignOutNotice(reply, baseUrl, { state: 'unconfirmed', agencyCode });
  return { state: known, agencyCode };
}
