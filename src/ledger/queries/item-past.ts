import { Injectable } from '@nestjs/common';
import { idOf, ok, type ItemId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { printMarking, worksOnCases } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { readBody, whoActed } from '../domain/audit-entry.js';
import { itemStateAt, tellableTo, type ItemState, type StateEntry } from '../domain/item-state.js';
import { workConnection } from '../store/connection.js';
import { readItemNow, readStateEntries, type StateRow } from '../store/item-state-rows.js';
import { groundIn } from './audit-log.js';
import { AuditorReading, isPermitted } from './auditor-reading.js';

/** What an item was at a moment, and the case it is in where its reader sees that. */
export interface ItemPastView {
  readonly workspaceId: string | null;
  /** How it is marked now, and with it whatever is still so; null for an auditor. */
  readonly marking: string | null;
  readonly state: ItemState;
}

/**
 * What an item was at a moment, from the ledger: for auditors, who state a reason, as every entry says it; for those who see
 * the item as far as they may know. Never its content, of which no entry holds a copy.
 */
@Injectable()
export class ItemPast {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    private readonly reading: AuditorReading,
  ) {}

  /** @param itemId - attacker-controlled; undefined is the answer for what is not there and for who may not ask */
  async find(context: ActContext, itemId: string, moment: Date): Promise<Result<ItemPastView | undefined, Refusal>> {
    const id = idOf<'item'>(itemId);
    if (isPermitted(context, 'ledger.read', new Date(0))) {
      const look = { verb: 'ledger.read', subject: { kind: 'state', id: itemId }, details: { at: moment.toISOString() } } as const;
      return this.reading.find(context, look, async (work) => {
        const rows = id === undefined ? [] : await readStateEntries(workConnection(work), id, moment);
        return rows.length === 0 ? undefined : { workspaceId: null, marking: null, state: itemStateAt(rows.map(stateEntry), moment) };
      });
    }
    return ok(await this.unitOfWork.run(context, (work) => this.findAsReader(work, id, itemId, moment)));
  }

  private async findAsReader(work: Work, id: ItemId | undefined, asked: string, moment: Date): Promise<ItemPastView | undefined> {
    const { actor } = work.context;
    const connection = workConnection(work);
    const now = actor && id && worksOnCases(actor.roles) ? await readItemNow(connection, id) : undefined;
    const ground = now && (await groundIn(work, now.workspace_id as unknown as WorkspaceId));
    if (!actor || !id || !now || !ground) {
      await this.intake.append(work, { verb: 'access-log.read', outcome: 'refused', subject: { kind: 'item', id: asked } });
      return undefined;
    }
    const marking = printMarking(now);
    const subject = { kind: now.kind, id: asked, title: now.title, marking, owner: now.owner };
    const rows = await readStateEntries(connection, id, moment);
    await this.intake.append(work, { verb: 'access-log.read', outcome: 'done', ...ground, workspaceId: now.workspace_id as unknown as WorkspaceId, subject, details: { at: moment.toISOString() } });
    const state = itemStateAt(rows.map(stateEntry), moment);
    return { workspaceId: now.workspace_id, marking, state: tellableTo(actor.agencyId, { originator: now.originator, title: now.title, marking }, state) };
  }
}

function stateEntry({ id, at, body, agency_id: agencyId }: StateRow): StateEntry {
  const read = readBody(body);
  const { verb, actor, subject, recipients, version } = read;
  return {
    id, at, verb, agencyId, version, recipients: recipients ?? null,
    person: whoActed(read),
    agency: actor?.agencyName ?? null,
    title: subject?.title ?? null,
    marking: subject?.marking ?? null,
    owner: subject?.owner ?? null,
  };
}
