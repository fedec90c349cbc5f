import { Inject, Injectable } from '@nestjs/common';
import { refusal, RefusalCode, type Refusal } from '../../../libs/kernel/index.js';
import { CONFIG, type Config, type Work } from '../../platform/index.js';
import { findStatedPurpose, seesSensitiveItem } from '../store/purpose.store.js';
import type { WorkspaceRow } from '../store/workspace.store.js';

/** What somebody is told who may read and has not said what for. Nobody else is ever told it: it would say that there is something. */
export const PURPOSE_NEEDED: Refusal = refusal(
  RefusalCode.PurposeRequired,
  'State what you are reading this investigation for before what is marked in it is shown. It is kept for this session and recorded with everything you read there.',
);

interface Levelled {
  readonly tier: number;
  readonly sensitive: boolean;
}

/** From which marking on a purpose is asked for before something is read, as this deployment is configured. */
@Injectable()
export class PurposeRule {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * The purpose stated for the investigation in this session, or that one is needed first.
   *
   * @param item - the one item that is read; without it a list of them, of which the highest that is seen counts
   */
  async ask(work: Work, workspace: WorkspaceRow, item?: Levelled): Promise<string | 'needed' | undefined> {
    const stated = await findStatedPurpose(work, workspace.id);
    if (stated !== undefined) return stated.purpose;
    return (await this.asks(work, workspace, item)) ? 'needed' : undefined;
  }

  private async asks(work: Work, workspace: WorkspaceRow, item: Levelled | undefined): Promise<boolean> {
    const { purposeFrom } = this.config;
    if (purposeFrom !== 'official-sensitive') return purposeFrom === 'official';
    if (isSensitive(workspace) || (item && isSensitive(item))) return true;
    return item === undefined && seesSensitiveItem(work, workspace.id);
  }
}

function isSensitive({ tier, sensitive }: Levelled): boolean {
  return sensitive || tier > 1;
}
