import { Injectable } from '@nestjs/common';
import type { ItemId } from '../../../libs/kernel/index.js';
import { printMarking, type Marking } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import type { EntryDraft } from '../../ledger/index.js';
import type { Work } from '../../platform/index.js';
import type { ItemKind } from '../store/item.store.js';
import { membersOf, type MemberRow } from '../store/member.store.js';
import { CaseGate, type Entered } from './case-gate.js';
import type { Marked } from './mark-item.js';

type Agency = MemberRow['agency'];

/** An item as the ledger is to name it. */
export interface NamedItem {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
  readonly marking: Marking;
}

/** What every act that writes an item ends with: who can see it now, its record, and word to open pages. */
@Injectable()
export class ItemDesk {
  constructor(
    private readonly access: AccessFacts,
    private readonly gate: CaseGate,
  ) {}

  /**
   * Accounts for an item just written, naming the other agencies that can see it from now on. Answers every agency that
   * can, the actor's own included, as this actor knows them.
   */
  async account(work: Work, entered: Entered, item: NamedItem, citing: Marked['citing'] & Pick<EntryDraft, 'reason'>, details: Readonly<Record<string, EntryDraft['details']>>): Promise<Agency[]> {
    const { id, kind, title, marking } = item;
    const audience = await this.audienceOf(work, entered, id);
    await this.gate.record(work, entered, {
      ...citing,
      subject: { kind, id, title, marking: printMarking(marking), owner: entered.actor.agencyName },
      recipients: audience.filter((agency) => agency.id !== entered.actor.agencyId).map(({ name }) => name),
      details: { items: [id], ...details },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, itemId: id } });
    return audience;
  }

  private async audienceOf(work: Work, { row }: Entered, id: ItemId): Promise<Agency[]> {
    const seeing: readonly string[] = await this.access.agenciesThatMaySee(work, id);
    const members = await membersOf(work, row.id);
    return members.flatMap(({ agency }) => (seeing.includes(agency.id) ? [agency] : []));
  }
}
