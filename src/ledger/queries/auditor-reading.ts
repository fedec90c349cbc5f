import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, type Json, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import type { EntryDraft } from '../domain/entry-draft.js';
import { findReason } from '../store/reason-rows.js';

type Look = Omit<EntryDraft, 'outcome' | 'reason'>;

/** What an auditor is told who has not yet said why she looks. */
export const REASON_NEEDED: Refusal = invalid([
  { field: 'reason', message: 'Reason: State why you are looking before entries are shown. It is kept for this session and recorded with everything you look at.' },
]);

/**
 * How an auditor reads entries: with a reason, which stands in the entry of the reading, and with a database role of her
 * own, which reads every entry and writes nothing. Who may not gets the answer that there is nothing; who has stated no
 * reason is asked for one. Both are recorded as refused.
 */
@Injectable()
export class AuditorReading {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  /** A list, which may be empty; `nothing` for whoever may not. How much there was stands in the entry. */
  list<T extends { readonly entries: readonly unknown[] }>(context: ActContext, look: Look, nothing: T, read: (work: Work) => Promise<T>): Promise<Result<T, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, look.verb, work.at);
      const stated = isAllowed ? await findReason(work) : undefined;
      const found = stated && (await readingAll(work, () => read(work)));
      await this.intake.append(work, { ...look, ...ground(context, look.verb, work, stated?.reason), ...counting(look, found?.entries.length) });
      if (!isAllowed) return ok(nothing);
      return found === undefined ? err(REASON_NEEDED) : ok(found);
    });
  }

  /** One thing, which may not be there: then the entry says "refused", as for everybody who asks for what is not. */
  find<T>(context: ActContext, look: Look, read: (work: Work) => Promise<T | undefined>): Promise<Result<T | undefined, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, look.verb, work.at);
      const stated = isAllowed ? await findReason(work) : undefined;
      const found = stated && (await readingAll(work, () => read(work)));
      await this.intake.append(work, { ...look, ...ground(context, look.verb, work, stated?.reason), outcome: found === undefined ? 'refused' : 'done' });
      return isAllowed && stated === undefined ? err(REASON_NEEDED) : ok(found);
    });
  }

  /**
   * What an auditor watches while it goes on, with the application's own rights. That it was begun and how it ended are entries; what is
   * seen of it leaves none, because the ledger would grow by being watched. Only that nothing was shown does.
   */
  watch<T>(context: ActContext, look: Look, read: (work: Work) => Promise<T | undefined>): Promise<Result<T | undefined, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, look.verb, work.at);
      const stated = isAllowed ? await findReason(work) : undefined;
      const found = stated && (await read(work));
      if (found === undefined) await this.intake.append(work, { ...look, ...ground(context, look.verb, work, stated?.reason), outcome: 'refused' });
      return isAllowed && stated === undefined ? err(REASON_NEEDED) : ok(found);
    });
  }

  /** Something done for an auditor, with the application's own rights; what comes of it is a refusal of its own where it cannot be done. */
  act<T>(context: ActContext, look: Look, perform: (work: Work) => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, look.verb, work.at);
      const stated = isAllowed ? await findReason(work) : undefined;
      const done = stated ? await perform(work) : err(isAllowed ? REASON_NEEDED : NOT_FOUND);
      await this.intake.append(work, { ...look, ...ground(context, look.verb, work, stated?.reason), ...(done.ok ? {} : refusing(look, done.error)) });
      return done;
    });
  }
}

/** Whether the actor may by role alone; facts of cases are not the auditor's. */
export function isPermitted({ actor }: ActContext, verb: Verb, at: Date): boolean {
  return decide(actor, verb, { at }).effect === 'permit';
}

/** Reads with the auditor's rights, and lays them down again, because that role may not record. */
export async function readingAll<T>(work: Work, read: () => Promise<T>): Promise<T> {
  await work.sql('SET LOCAL ROLE concordat_auditor');
  // Which index is the quick one depends on what is asked for: a common verb or a rare one, this week or all years.
  await work.sql('SET LOCAL plan_cache_mode = force_custom_plan');
  // Compiling such a plan takes longer than running it: what is counted is bounded.
  await work.sql('SET LOCAL jit = off');
  const found = await read();
  await work.sql('RESET ROLE');
  return found;
}

/** Why the policy lets the actor or does not, as the entry says it. */
export function reasonsOf({ actor }: ActContext, verb: Verb, at: Date): string {
  return decide(actor, verb, { at }).reasons.join(' ');
}

function ground(context: ActContext, verb: Verb, { at }: Work, reason: string | undefined): Pick<EntryDraft, 'outcome' | 'reason' | 'policy'> {
  const policy = reasonsOf(context, verb, at);
  if (reason !== undefined) return { outcome: 'done', reason, policy };
  return { outcome: 'refused', policy: isPermitted(context, verb, at) ? 'no-reason-stated' : policy };
}

/** What the entry of an answered look adds to its draft: how many entries the answer held. */
function counting(look: Look, count: number | undefined): Pick<EntryDraft, 'details'> {
  return count === undefined ? {} : detailing(look, { count });
}

/** What the entry of an act adds that could not be done: that, and why. */
function refusing(look: Look, { code }: Refusal): Pick<EntryDraft, 'outcome' | 'details'> {
  return { outcome: 'refused', ...detailing(look, { refused: code }) };
}

function detailing({ details }: Look, more: Readonly<Record<string, Json>>): Pick<EntryDraft, 'details'> {
  return { details: { ...(details as Readonly<Record<string, Json>> | undefined), ...more } };
}
