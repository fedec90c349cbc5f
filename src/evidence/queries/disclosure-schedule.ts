import { Injectable } from '@nestjs/common';
import { decide, type Marking } from '../../../libs/policy/index.js';
import { NOT_FOUND, err, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, markingOfRow, printed, printedTogether, type Entered } from '../../workspaces/index.js';
import { subjectOf } from '../commands/origin.js';
import { comeSince, stateOf, type Since, type Stand } from '../domain/disclosure.js';
import { listedIn, reviewsOf, scheduleNow, scheduleOf, versionsOf, type ReviewRow, type ScheduleRow, type VersionRow } from '../store/disclosure.store.js';

export type { ReviewRow };

/** A line of a schedule. */
export interface ScheduleLine extends ScheduleRow {
  /** As printed. */
  readonly marking: string;
  /** Whether this reader may review the exhibit. */
  readonly mayReview: boolean;
}

/** Exhibits that one schedule lists. */
export const MOST_LISTED = 2_000;

/** A disclosure schedule as one reader sees it. */
export interface Schedule {
  /** Which version is shown; undefined: how things stand now, signed off or not. */
  readonly shown: VersionRow | undefined;
  readonly lines: readonly ScheduleLine[];
  /** The latest first. */
  readonly versions: readonly VersionRow[];
  /** What has come since the latest version; nothing where there is none. */
  readonly since: readonly (Since & Pick<ScheduleRow, 'reference' | 'title'>)[];
  readonly state: string;
  /** Whether there are more exhibits than a schedule lists. A version never is: what cannot be listed whole is not signed off. */
  readonly isCut: boolean;
  readonly canSign: boolean;
}

/** The disclosure schedule of an investigation, narrowed to the exhibits its reader may see. What she was shown is recorded. */
@Injectable()
export class DisclosureSchedule {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** @param version - which; undefined for how things stand now. Both are attacker-controlled. */
  find(context: ActContext, workspaceId: string, version?: number): Promise<Result<Schedule, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'disclosure.read', workspaceId);
      if (!entered.ok) return entered;
      const schedule = await loadSchedule(work, entered.value, version);
      if (schedule === undefined) {
        await this.gate.recordRefusal(work, entered.value, { subject: { kind: 'workspace', id: workspaceId }, reason: 'no-such-version' });
        return err(NOT_FOUND);
      }
      const items = schedule.lines.map(({ id }) => id);
      await this.gate.record(work, entered.value, { subject: subjectOfList(entered.value, schedule.lines), details: { items, count: items.length, version: schedule.shown?.version ?? null } });
      return ok(schedule);
    });
  }

  /** What was said of one exhibit, the latest first. `id` is attacker-controlled. */
  reviews(context: ActContext, id: string): Promise<Result<{ readonly reviews: readonly ReviewRow[]; readonly mayReview: boolean }, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'disclosure.read', id);
      if (!entered.ok) return entered;
      const { item } = entered.value;
      const reviews = await reviewsOf(work, item.id);
      await this.gate.record(work, entered.value, { subject: subjectOf(entered.value), details: { items: [item.id], count: reviews.length } });
      return ok({ reviews, mayReview: mayReview(entered.value, markingOf(item)) });
    });
  }
}

function mayReview({ actor, facts }: Entered, item: Marking): boolean {
  return decide(actor, 'disclosure.review', { ...facts, item }).effect === 'permit';
}

/** Undefined where there is no such version. */
export async function loadSchedule(work: Work, entered: Entered, version: number | undefined): Promise<Schedule | undefined> {
  const { actor, facts, row } = entered;
  const versions = await versionsOf(work, row.id);
  const shown = versions.find((one) => one.version === version);
  if (version !== undefined && shown === undefined) return undefined;
  const now = await scheduleNow(work, row.id, MOST_LISTED + 1);
  const [latest] = versions;
  const stands = now.map(standOf);
  const since = latest ? comeSince(await listedIn(work, latest.id), stands) : [];
  const known = new Map(now.map(({ id, reference, title }) => [String(id), { reference, title }]));
  return {
    shown, versions,
    lines: (shown ? await scheduleOf(work, shown.id) : now.slice(0, MOST_LISTED)).map((line) => ({ ...line, marking: printed(line), mayReview: mayReview(entered, markingOfRow(line)) })),
    since: since.map((one) => ({ ...one, ...(known.get(one.id) ?? { reference: '', title: '' }) })),
    state: stateOf(stands),
    isCut: shown === undefined && now.length > MOST_LISTED,
    canSign: decide(actor, 'disclosure.sign', facts).effect === 'permit',
  };
}

function standOf({ id, review, disposedAt }: ScheduleRow): Stand {
  return { id, seq: review?.seq ?? 0, disposedAt };
}

/** What an entry names of a list of exhibits of one investigation: marked as all of it together. */
export function subjectOfList({ row }: Entered, lines: readonly ScheduleRow[]): { kind: string; id: string; title: string; marking: string; owner: string } {
  return { kind: 'workspace', id: row.id, title: row.title, marking: printedTogether(row, lines), owner: row.lead.name };
}
