import type { Json, WorkspaceId } from '../../../libs/kernel/index.js';
import { decide, type Level } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { findFactsOfCases, type CaseFacts } from '../store/facts.store.js';

/** Something an answer shows out of a case: which case, and how high it is marked. */
export interface Shown extends Level {
  readonly workspaceId: string;
  readonly reference: string;
}

/** One case of several that an act answers, as its entry records it; without a clause where the reader's agency leads. */
export interface AnsweredCase {
  readonly workspace: string;
  readonly reference: string;
  readonly agreement?: string;
  readonly clause?: string;
  readonly purpose?: string;
}

/**
 * What each case in an answer was disclosed under, decided as for that case alone, once per case and in the order shown.
 * Of several memberships the first that reaches as high as everything shown is cited. Bounded by the page that is shown.
 */
export async function answeredCases(work: Work, shown: readonly Shown[]): Promise<readonly (AnsweredCase & Record<string, Json>)[]> {
  const byCase = new Map<string, Shown>();
  for (const one of shown) byCase.set(one.workspaceId, higher(byCase.get(one.workspaceId), one));
  if (byCase.size === 0) return [];
  const facts = await findFactsOfCases(work, [...byCase.keys()] as unknown as WorkspaceId[]);
  return [...byCase.values()].map((one) => ({ workspace: one.workspaceId, reference: one.reference, ...groundOf(work, one, facts.get(one.workspaceId as unknown as WorkspaceId)) }));
}

function groundOf(work: Work, { tier, sensitive }: Shown, facts: CaseFacts | undefined): { agreement?: string; clause?: string; purpose?: string } {
  if (facts === undefined) return {};
  const workspace = { ...facts.workspace, level: higher(facts.workspace.level, { tier, sensitive }) };
  const { obligations } = decide(work.context.actor, 'workspace.read', { at: work.at, ...facts, workspace });
  const cite = obligations.find((obligation) => obligation.kind === 'cite');
  return cite === undefined ? {} : { agreement: cite.agreement, clause: cite.clause, purpose: cite.purpose };
}

function higher<Shape extends Level>(one: Shape | undefined, other: Shape): Shape {
  if (one === undefined) return other;
  return other.tier > one.tier || (other.tier === one.tier && other.sensitive) ? other : one;
}
