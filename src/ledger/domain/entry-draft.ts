import type { Json, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Verb } from '../../../libs/policy/index.js';

/** What an act says about itself for the record. Everything else in an entry comes from the act's context. */
export interface EntryDraft {
  readonly verb: Verb;
  readonly outcome: 'done' | 'refused';
  readonly workspaceId?: WorkspaceId;
  /** Saves looking it up when the act knows it. */
  readonly workspaceReference?: string;
  /** What was acted on, as it was at the time. */
  readonly subject?: {
    readonly kind: string;
    readonly id: string;
    readonly title?: string;
    readonly marking?: string;
    readonly owner?: string;
  };
  readonly agreement?: string;
  readonly clause?: string;
  readonly purpose?: string;
  readonly reason?: string;
  /** Why the policy, or the rule it names, decided as it did. */
  readonly policy?: string;
  readonly recipients?: readonly string[];
  /**
   * `items` in it names every item that was read, so that an entry is found by any of them; `cases`, of an act that
   * answers several cases, names each with its agreement and clause (`AnsweredCase`), so that it is found by any of those;
   * `count` is how many things the answer held, and `fields` names what was written, never its content.
   */
  readonly details?: Json;
  /** The agency an act without a session was made for, such as a failed sign-in. */
  readonly agencyCode?: string;
}
