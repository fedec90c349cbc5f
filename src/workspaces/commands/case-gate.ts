import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, type ActorRef, type AgencyId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { decide, type Facts, type Marking, type Verb } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake, WriteGate, type EntryDraft } from '../../ledger/index.js';
import { SignInNeeded } from '../../platform/http/index.js';
import type { Work } from '../../platform/index.js';
import { findItemRow, markingOf, type ItemFactsRow } from '../store/item.store.js';
import { findWorkspace, type WorkspaceRow } from '../store/workspace.store.js';
import { PURPOSE_NEEDED, PurposeRule } from './purpose-rule.js';

type Decision = ReturnType<typeof decide>;

/** A workspace with everything the policy needs to decide about it. */
interface Case {
  readonly row: WorkspaceRow;
  readonly facts: Facts;
}

/** Who was let at a list, or at an act of no one case, and why. */
export interface Listing extends Required<Pick<EntryDraft, 'policy'>> {
  readonly actor: ActorRef;
}

/** What somebody was let in for: the facts it was decided on, and how the ledger is to cite it. */
export interface Entered extends Case {
  readonly actor: ActorRef;
  readonly verb: Verb;
  readonly citing: Pick<EntryDraft, 'agreement' | 'clause' | 'purpose' | 'policy'>;
}

/** The same, for one item. */
export interface EnteredItem extends Entered {
  readonly item: ItemFactsRow;
}

/**
 * The one way to a case: facts, decision and, where the answer is no, its record. Whoever is refused learns nothing
 * else than whoever asked for what does not exist.
 */
@Injectable()
export class CaseGate {
  constructor(
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
    private readonly writing: WriteGate,
    private readonly purposes: PurposeRule,
  ) {}

  /** Lets the actor at a workspace. `id` is attacker-controlled. */
  async enter(work: Work, verb: Verb, id: string): Promise<Result<Entered, Refusal>> {
    const actor = actorOf(work);
    const workspaceId = idOf<'workspace'>(id);
    const found = workspaceId && (await this.find(work, workspaceId));
    const decision = decide(actor, verb, found?.facts ?? { at: work.at });
    if (found && decision.effect === 'permit') return this.letIn(work, { ...found, actor, verb, citing: citingOf(decision, found) });
    await this.refuse(work, { verb, subject: { kind: 'workspace', id }, ...inSight(found), ...reasonsOf(decision) });
    return err(NOT_FOUND);
  }

  /** Lets the actor at an item. `id` is attacker-controlled. */
  async enterItem(work: Work, verb: Verb, id: string): Promise<Result<EnteredItem, Refusal>> {
    const actor = actorOf(work);
    const itemId = idOf<'item'>(id);
    const item = itemId && (await findItemRow(work, itemId));
    const found = item && (await this.find(work, item.workspace_id));
    const decision = decide(actor, verb, { at: work.at, ...found?.facts, item: item && markingOf(item) });
    if (item && found && decision.effect === 'permit') return this.letIn(work, { ...found, item, actor, verb, citing: citingOf(decision, found) });
    await this.refuse(work, { verb, subject: { kind: 'item', id }, ...reasonsOf(decision) });
    return err(NOT_FOUND);
  }

  /** The same for what shows items of the workspace: whoever may read them is asked what for, once in a session. */
  async enterToRead(work: Work, verb: Verb, id: string): Promise<Result<Entered, Refusal>> {
    return this.stating(work, await this.enter(work, verb, id));
  }

  /** The same for what shows the item. */
  async enterItemToRead(work: Work, verb: Verb, id: string): Promise<Result<EnteredItem, Refusal>> {
    return this.stating(work, await this.enterItem(work, verb, id));
  }

  /** Lets the actor at a list or an act of no one case; the query narrows what she finds there. */
  async enterList(work: Work, verb: Verb, facts: Partial<Facts> = {}): Promise<Result<Listing, Refusal>> {
    const actor = actorOf(work);
    const decision = decide(actor, verb, { at: work.at, ...facts });
    if (decision.effect !== 'permit') {
      await this.refuse(work, { verb, ...reasonsOf(decision) });
      return err(NOT_FOUND);
    }
    const ground = reasonsOf(decision);
    return this.writing.letIn(work, verb, { actor, ...ground }, (reason) => this.refuse(work, { verb, reason, ...ground }));
  }

  /**
   * Asks again of a case already entered, now that more is known: a marking, an invitation. The actor sees the case, so
   * `otherwise` may say what is wrong; the refusal is recorded all the same.
   */
  async allow(work: Work, entered: Entered, more: Partial<Facts>, otherwise: Refusal): Promise<Result<Entered['citing'], Refusal>> {
    const decision = decide(entered.actor, entered.verb, { ...entered.facts, ...more });
    if (decision.effect === 'permit') return ok(citingOf(decision, entered));
    await this.refuse(work, { verb: entered.verb, ...inSight(entered), ...subjectOf(entered), ...entered.citing, ...reasonsOf(decision) });
    return err(otherwise);
  }

  /** Records an act that is being done on a case. */
  async record(work: Work, entered: Entered, said: Omit<EntryDraft, 'verb' | 'outcome' | 'workspaceId'>): Promise<void> {
    await this.ledger.append(work, { verb: entered.verb, outcome: 'done', ...inSight(entered), ...entered.citing, ...said });
  }

  /** Records an act on a case that came to nothing for a reason of its own, such as somebody else having been first. */
  async recordRefusal(work: Work, entered: Entered, said: Omit<EntryDraft, 'verb' | 'outcome' | 'workspaceId'>): Promise<void> {
    await this.refuse(work, { verb: entered.verb, ...inSight(entered), ...subjectOf(entered), ...entered.citing, ...said });
  }

  /** Asked after it is decided that she may read, so that nobody else is told that there is something to be read. */
  private async stating<Into extends Entered | EnteredItem>(work: Work, entered: Result<Into, Refusal>): Promise<Result<Into, Refusal>> {
    if (!entered.ok) return entered;
    const { purpose, isNeeded } = await this.purposes.ask(work, entered.value, 'item' in entered.value ? entered.value.item : undefined);
    if (!isNeeded) return purpose === undefined ? entered : ok({ ...entered.value, citing: { ...entered.value.citing, purpose } });
    await this.recordRefusal(work, entered.value, { ...subjectOf(entered.value), policy: 'no-purpose-stated' });
    return err(PURPOSE_NEEDED);
  }

  /** An act that writes is not done while writing is stopped, and that is recorded. */
  private letIn<Into extends Entered>(work: Work, entered: Into): Promise<Result<Into, Refusal>> {
    return this.writing.letIn(work, entered.verb, entered, (reason) => this.recordRefusal(work, entered, { reason }));
  }

  /** Facts and row as far as row-level security shows them to this actor. Nothing is decided by finding them. */
  private async find(work: Work, id: WorkspaceId): Promise<Case | undefined> {
    const [row, facts] = await Promise.all([findWorkspace(work, id), this.access.case(work, id)]);
    return row && facts && { row, facts: { at: work.at, ...facts } };
  }

  private async refuse(work: Work, draft: Omit<EntryDraft, 'outcome'>): Promise<void> {
    await this.ledger.append(work, { ...draft, outcome: 'refused' });
  }
}

/** The person behind an act. The guard has made sure there is one; if it has not, nobody gets further than here. */
export function actorOf(work: Work): ActorRef {
  const { actor } = work.context;
  if (actor === undefined) throw new SignInNeeded();
  return actor;
}

function inSight(found: Case | undefined): Pick<EntryDraft, 'workspaceId' | 'workspaceReference'> {
  return found === undefined ? {} : { workspaceId: found.row.id, workspaceReference: found.row.reference };
}

/** Without it an entry would be one about the case, and tell of an item to whoever reads the case and not the item. */
function subjectOf(entered: Entered | EnteredItem): Pick<EntryDraft, 'subject'> {
  return 'item' in entered ? { subject: { kind: entered.item.kind, id: entered.item.id } } : {};
}

/** A member acts for the purpose of its clause, the lead agency for that of the investigation. */
function citingOf(decision: Decision, { row }: Case): Entered['citing'] {
  const policy = decision.reasons.join(' ');
  const cite = decision.obligations.find((obligation) => obligation.kind === 'cite');
  if (cite === undefined) return { purpose: row.purpose, policy };
  return { agreement: cite.agreement, clause: cite.clause, purpose: cite.purpose, policy };
}

function reasonsOf(decision: Decision): Required<Pick<EntryDraft, 'policy'>> {
  return { policy: decision.reasons.join(' ') };
}

/** The agencies a marking names, other than its originator, each of which must be a member. */
export function namedAgencies({ releasableTo, originator }: Marking): readonly AgencyId[] {
  return (releasableTo ?? []).filter((agency) => agency !== originator);
}

