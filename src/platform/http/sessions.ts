import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActorRef } from '../../../libs/kernel/index.js';

/** The port through which platform turns a cookie into a person. Identity implements it. */
export abstract class Sessions {
  /** Name of the session cookie under this deployment's base address. */
  abstract readonly cookieName: string;

  /** The person of a live session, or undefined for any other token (attacker-controlled). Asked on every request. */
  abstract resolve(token: string): Promise<ActorRef | undefined>;

  /** Called when a request carried a cookie that no longer means anything, so that it can be taken back. */
  abstract forget(request: FastifyRequest, reply: FastifyReply): void;
}
