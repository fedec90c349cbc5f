import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActorRef, SessionId } from '../../../libs/kernel/index.js';
import type { Work } from '../db/unit-of-work.js';

/**
 * The port through which platform turns a cookie into a person. Identity implements it, so that whether a session stands
 * is one rule wherever it is asked: not ended, not past its time, its person not disabled, its agency not closed.
 */
export abstract class Sessions {
  /** Name of the session cookie under this deployment's base address. */
  abstract readonly cookieName: string;

  /** The person of a live session, or undefined for any other token (attacker-controlled). Asked on every request. */
  abstract resolve(token: string): Promise<ActorRef | undefined>;

  /** Whether the session of `work` stands and has not idled out. Looking keeps no session from idling. */
  abstract stands(work: Work): Promise<boolean>;

  /**
   * Whether the session of `work` stands, and sees to it that it does until the act has ended: whoever ends it or disables
   * its person meanwhile waits for the act, and whoever did so before has stopped it. For an act that was let in long ago;
   * being under way it has not been idle.
   */
  abstract hold(work: Work): Promise<boolean>;

  /** Those of `sessions` that stand no longer, idle ones not counted: what they asked for is still under way. */
  abstract fallen(sessions: readonly SessionId[]): Promise<readonly SessionId[]>;

  /** Called when a request carried a cookie that no longer means anything, so that it can be taken back. */
  abstract forget(request: FastifyRequest, reply: FastifyReply): void;
}
