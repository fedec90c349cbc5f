import { Injectable } from '@nestjs/common';
import { must, type WorkspaceId } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { MemberView, WorkspaceCountsView, WorkspacePowersView, WorkspaceView } from '../api/workspace.views.js';
import { CaseGate, type Entered } from '../commands/case-gate.js';
import { isOpenTo } from '../commands/purpose-rule.js';
import { purposesOpenTo } from '../commands/state-purpose.js';
import { printedTogether } from '../domain/printed-marking.js';
import type { ItemKind } from '../store/item.store.js';
import { membersOf, type MemberRow } from '../store/member.store.js';
import { findStatedPurpose } from '../store/purpose.store.js';
import { tallyItems, type TallyRow } from '../store/tally.store.js';
import { presentMarking } from './present-marking.js';

/** One investigation with everything its first page shows. */
@Injectable()
export class WorkspaceOverview {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** Null for what is hidden as for what does not exist. The consultation is recorded either way. */
  find(context: ActContext, id: string): Promise<WorkspaceView | null> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'workspace.read', id);
      if (!entered.ok) return null;
      const { row } = entered.value;
      const view = await this.view(work, entered.value);
      const purpose = view.statedPurpose ?? entered.value.citing.purpose;
      const { notes, records, findings, exhibits } = view.counts;
      await this.gate.record(work, entered.value, {
        ...(purpose !== undefined && { purpose }),
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: view.highestMarking, owner: row.lead.name },
        details: { counts: { notes, records, findings, exhibits }, count: notes + records + findings + exhibits },
      });
      return view;
    });
  }

  /** The investigation just opened, as part of the act that opened it. */
  async present(work: Work, id: WorkspaceId): Promise<WorkspaceView> {
    return this.view(work, must(await this.gate.enter(work, 'workspace.read', id)));
  }

  private async view(work: Work, entered: Entered): Promise<WorkspaceView> {
    const { row, actor, facts } = entered;
    const [tally, members, stated] = await Promise.all([tallyItems(work, actor.agencyId, row.id), membersOf(work, row.id), findStatedPurpose(work, row.id)]);
    const may = (verb: Verb): boolean => decide(actor, verb, facts).effect === 'permit';
    const { id, reference, title, summary, status, business, purpose } = row;
    return {
      id, reference, title, summary, status, business, purpose,
      marking: presentMarking({ ...row, originator: row.lead, releasable: null }),
      leadAgency: row.lead,
      openedAt: row.created_at,
      openedBy: row.created_by_name,
      highestMarking: printedTogether(row, tally),
      counts: countsOf(tally),
      members: members.map(presentMember),
      can: powersOf(may),
      purposes: await purposesOpenTo(work, entered, members),
      statedPurpose: stated && isOpenTo(actor, facts, stated.purpose) ? stated.purpose : null,
    };
  }
}

function countsOf(tally: readonly TallyRow[]): WorkspaceCountsView {
  const of = (kind: ItemKind): number => tally.reduce((sum, row) => (row.kind === kind ? sum + row.count : sum), 0);
  return { notes: of('note'), records: of('record'), findings: of('finding'), exhibits: of('exhibit') };
}

function powersOf(may: (verb: Verb) => boolean): WorkspacePowersView {
  return {
    invite: may('member.invite'),
    addNote: may('note.add'),
    saveRecord: may('record.save'),
    recordFinding: may('finding.record'),
    addExhibit: may('exhibit.request-upload'),
  };
}

/** A membership as the API shows it. */
export function presentMember(row: MemberRow): MemberView {
  const { agency, lead, valid_from: since, valid_to: until, agreement, clause, purpose } = row;
  return { agency: { id: agency.id, code: agency.code, name: agency.name }, lead, since, until, agreement, clause, purpose };
}

