import { Inject, Injectable } from '@nestjs/common';
import { refusal, RefusalCode, type ActorRef, type Refusal } from '../../../libs/kernel/index.js';
import { groundsFor, type Facts } from '../../../libs/policy/index.js';
import { CONFIG, type Config, type Work } from '../../platform/index.js';
import { casesWithPurpose, findStatedPurpose, seesSensitiveItem } from '../store/purpose.store.js';
import type { WorkspaceRow } from '../store/workspace.store.js';

/** What somebody is told who may read and has not said what for. Nobody else is ever told it: it would say that there is something. */
export const PURPOSE_NEEDED: Refusal = refusal(
  RefusalCode.PurposeRequired,
  'State what you are reading this investigation for before what is marked in it is shown. It is kept for this session and recorded with everything you read there.',
);

/** Who reads, and what the law let her in on. */
interface Reader {
  readonly actor: ActorRef;
  readonly facts: Facts;
  readonly row: WorkspaceRow;
}

interface Levelled {
  readonly tier: number;
  readonly sensitive: boolean;
}

/** From which marking on a purpose is asked for before something is read, as this deployment is configured. */
@Injectable()
export class PurposeRule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * The purpose stated for the investigation in this session, or that one is needed first. One that is not open to her any more,
   * because her agency came to be a member under another clause, was never stated.
   *
   * @param item - the one item that is read; without it a list of them, of which the highest that is seen counts
   */
  async ask(work: Work, { actor, facts, row: workspace }: Reader, item?: Levelled): Promise<{ readonly purpose?: string; readonly isNeeded: boolean }> {
    const stated = await findStatedPurpose(work, workspace.id);
    if (stated !== undefined && isOpenTo(actor, facts, stated.purpose)) return { purpose: stated.purpose, isNeeded: false };
    return { isNeeded: await this.asks(work, workspace, item) };
  }

  /** Of things found across investigations, those whose words are not shown before a purpose is stated for theirs. */
  async hides<Found extends Levelled & { readonly workspace_id: string }>(work: Work, found: readonly Found[]): Promise<ReadonlySet<Found>> {
    const asked = found.filter((one) => this.asksFor(one));
    const stated = asked.length === 0 ? [] : await casesWithPurpose(work, asked.map((one) => one.workspace_id));
    return new Set(asked.filter((one) => !stated.includes(one.workspace_id)));
  }

  private async asks(work: Work, workspace: WorkspaceRow, item: Levelled | undefined): Promise<boolean> {
    if (this.asksFor(workspace) || (item && this.asksFor(item))) return true;
    return item === undefined && this.config.purposeFrom === 'official-sensitive' && seesSensitiveItem(work, workspace.id);
  }

  private asksFor({ tier, sensitive }: Levelled): boolean {
    const { purposeFrom } = this.config;
    return purposeFrom === 'official' || (purposeFrom === 'official-sensitive' && (sensitive || tier > 1));
  }
}

/** Whether a purpose that was stated still is one of hers: any, where her agency leads, and else that of a clause it is a member under. */
export function isOpenTo(actor: ActorRef, { workspace, at }: Facts, purpose: string): boolean {
  const grounds = workspace ? groundsFor(actor.agencyId, workspace, at) : [];
  return grounds.some((ground) => ground.kind === 'lead' || ground.membership.clause.purpose === purpose);
}
