import type { ActorRef } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** The same transaction, recorded as this person's: while she signs in, the request itself has nobody behind it yet. */
export function actingAs(work: Work, actor: ActorRef): Work {
  return {
    context: { ...work.context, actor },
    at: work.at,
    sql: (text, parameters, plan) => work.sql(text, parameters, plan),
    leave: (text, parameters) => {
      work.leave(text, parameters);
    },
    emit: (event) => work.emit(event),
    live: (signal) => work.live(signal),
  };
}
