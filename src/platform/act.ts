import type { ActorRef } from '../../libs/kernel/index.js';

/** Who is doing something, and which request it belongs to. Passed explicitly to every command and query. */
export interface ActContext {
  /** The signed-in person, or undefined when nobody is (signing in) or when a job of the product acts. */
  readonly actor: ActorRef | undefined;
  /** Which process acts of its own accord, without a person. */
  readonly system?: 'worker' | 'cli';
  /** Joins the log lines, ledger entries and events of one request. */
  readonly correlationId: string;
}

/** An act context that certainly has a person behind it. */
export interface PersonContext extends ActContext {
  readonly actor: ActorRef;
}
