import { randomBytes } from 'node:crypto';
import { decide, type Facts, type Marking } from '../../../libs/policy/index.js';
import type { Viewer } from './viewer.js';

/** What is planted: words that stand nowhere else, and the facts by which the policy says who may read them. */
export interface Canary {
  readonly kind: 'investigation' | 'note' | 'record' | 'finding' | 'exhibit';
  /** For whom it was marked, in words. */
  readonly audience: string;
  readonly id: string;
  /** A word of its title, which an auditor may read, and one of its content, which she may not. */
  readonly title: string;
  readonly content: string;
  readonly workspace: NonNullable<Facts['workspace']>;
  /** Undefined of the investigation itself. */
  readonly marking: Marking | undefined;
}

/** What a viewer may meet of a canary. */
export type Sight = 'all' | 'title' | 'nothing';

/** Any of those words, in letters of either case. */
export const WORD = /canary[0-9a-f]{16}/gi;

/** A word that is found nowhere but where it was planted. */
export function newWord(): string {
  return `canary${randomBytes(8).toString('hex')}`;
}

/** By the policy alone: how the answer came about is what is being checked. */
export function sightOf({ actor, role }: Viewer, { workspace, marking }: Canary, at: Date): Sight {
  // What happened is an auditor's to read, with the titles things had; what they say is not.
  if (role === 'auditor') return 'title';
  const facts: Facts = { at, workspace, ...(marking && { item: marking }) };
  return decide(actor, marking ? 'item.read' : 'workspace.read', facts).effect === 'permit' ? 'all' : 'nothing';
}
