import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { isRead, READS, type ExaminedEntry } from '../domain/examined-entry.js';
import { judgeRead, londonTime, type Cause } from '../domain/judge-read.js';
import { rulesInForce, USE_RULES, type UseRule } from '../domain/use-rules.js';
import { countEntries, moveMark, noteFirstLooks, takeEntries } from '../store/examined-entries.js';
import { raiseUse } from '../store/raised-use.js';

const CONTEXT: ActContext = { actor: undefined, system: 'worker', correlationId: 'unusual-use' };

type Many = Extract<UseRule['when'], { is: 'many' }>;

/** Holds what the ledger has recorded against the rules of use, in the order of the ledger and each entry once. */
@Injectable()
export class ExamineEntries {
  constructor(
    private readonly units: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Examines the next entries; answers whether as many as it takes at once, so that more are waiting. What is found and how far it was looked are committed together. */
  execute(rules: readonly UseRule[] = USE_RULES): Promise<boolean> {
    return this.units.run(CONTEXT, async (work) => {
      const taken = await takeEntries(work);
      if (taken === undefined) return false;
      for (const cause of await causesIn(work, taken.entries, rules)) await this.raise(work, cause);
      moveMark(work, taken.next);
      return taken.isFull;
    });
  }

  private async raise(work: Work, cause: Cause): Promise<void> {
    for (const id of await raiseUse(work, cause)) await this.record(work, cause, id);
  }

  private async record(work: Work, { rule, entry }: Cause, id: string): Promise<void> {
    await this.ledger.append(work, {
      verb: 'unusual-use.raise',
      outcome: 'done',
      ...(entry.workspaceId !== null && { workspaceId: entry.workspaceId as WorkspaceId }),
      ...(entry.workspaceReference !== null && { workspaceReference: entry.workspaceReference }),
      subject: { kind: 'unusual-use', id },
      policy: `${rule.id} v${rule.version}`,
      details: { entry: entry.id, person: entry.personId },
    });
  }
}

/** Everything unusual among `entries`, rule by rule. An entry is judged by the rules of its own time. */
async function causesIn(work: Work, entries: readonly ExaminedEntry[], rules: readonly UseRule[]): Promise<Cause[]> {
  const causes: Cause[] = [];
  for (const [rule, judged] of ruled(rules, entries)) {
    if (rule.when.is === 'many') causes.push(...(await tooMany(work, rule, rule.when, judged)));
    else if (rule.when.is === 'first-look') causes.push(...(await firstLooks(work, rule, rule.when.afterDays, judged)));
    else causes.push(...judged.filter(isRead).flatMap((entry) => judgeRead(rule, entry) ?? []));
  }
  return causes;
}

/** For each rule version the entries of its time. */
function ruled(rules: readonly UseRule[], entries: readonly ExaminedEntry[]): ReadonlyMap<UseRule, readonly ExaminedEntry[]> {
  const found = new Map<UseRule, ExaminedEntry[]>();
  for (const entry of entries) {
    for (const rule of rulesInForce(rules, entry.at)) found.set(rule, [...(found.get(rule) ?? []), entry]);
  }
  return found;
}

async function tooMany(work: Work, rule: UseRule, { of, moreThan, withinMinutes }: Many, entries: readonly ExaminedEntry[]): Promise<Cause[]> {
  const looked = new Map(entries.filter(({ verb }) => READS.some((read) => read === verb)).map((entry) => [entry.id, entry]));
  const times = [...looked.values()].map(({ at }) => at.getTime());
  if (times.length === 0) return [];
  const people = [...new Set([...looked.values()].map(({ personId }) => personId))];
  const span = { people, from: new Date(Math.min(...times)), until: new Date(Math.max(...times)), minutes: withinMinutes };
  const counted = await countEntries(work, of, moreThan, span);
  return counted.flatMap(({ id, count }) => {
    const entry = looked.get(id);
    if (entry === undefined) return [];
    const evidence = `${count} ${COUNTED[of]} within ${spanWords(withinMinutes)}; more than ${moreThan} want an explanation.`;
    return [{ rule, entry, evidence, onceKey: `${entry.personId} ${londonTime(entry.at).day}` }];
  });
}

const COUNTED: Readonly<Record<Many['of'], string>> = { reads: 'reads', refusals: 'refused reads', 'cases-not-hers': 'cases' };

function spanWords(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}` : `${minutes} minutes`;
}

async function firstLooks(work: Work, rule: UseRule, afterDays: number, entries: readonly ExaminedEntry[]): Promise<Cause[]> {
  const reads = entries.filter((entry) => isRead(entry) && entry.workspaceId !== null);
  if (reads.length === 0) return [];
  return (await noteFirstLooks(work, reads)).flatMap(({ agencyId, workspaceId, days }) => {
    const entry = reads.find((each) => each.agencyId === agencyId && each.workspaceId === workspaceId);
    if (entry === undefined || days === null || days <= afterDays) return [];
    return [{ rule, entry, evidence: `First look after ${days} days; after more than ${afterDays} it wants an explanation.`, onceKey: `${agencyId} ${workspaceId}` }];
  });
}
