import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type Entered } from '../../workspaces/index.js';
import { loadSchedule, MOST_LISTED, subjectOfList, type Schedule } from '../queries/disclosure-schedule.js';
import { insertVersion, lockSchedule } from '../store/disclosure.store.js';

/** A schedule to be signed off, checked at the edge. */
export interface SignScheduleInput {
  readonly workspaceId: string;
  /** What the signer says of it. */
  readonly statement: string;
  /** The state she has read, as the schedule names it. */
  readonly state: string;
}

/**
 * Signs off the disclosure schedule as a version that is kept. It must be whole: every exhibit that the leading agency sees was
 * reviewed, it is the very state that the signer has read, and something has come since the latest version. What comes afterwards makes
 * the version not current.
 */
@Injectable()
export class SignSchedule {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, { workspaceId, statement, state }: SignScheduleInput): Promise<Result<string, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'disclosure.sign', workspaceId);
      if (!entered.ok) return entered;
      await lockSchedule(work, entered.value.row.id);
      const schedule = await loadSchedule(work, entered.value, undefined);
      const refused = schedule ? whyNot(schedule, state) : NOTHING;
      if (!schedule || refused) return this.refuse(work, entered.value, refused ?? NOTHING);
      return ok(await this.sign(work, entered.value, schedule, statement));
    });
  }

  private async sign(work: Work, entered: Entered, { lines, versions, state }: Schedule, statement: string): Promise<string> {
    const id = randomUUID();
    const version = (versions[0]?.version ?? 0) + 1;
    await insertVersion(work, entered.row.id, { id, version, statement }, lines, entered.actor);
    const items = lines.map((line) => line.id);
    await this.gate.record(work, entered, { subject: subjectOfList(entered, lines), details: { schedule: id, version, state, items, count: items.length, fields: ['statement'] } });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id } });
    return id;
  }

  private async refuse(work: Work, entered: Entered, refused: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'workspace', id: entered.row.id }, reason: 'schedule-not-signed' });
    return err(refused);
  }
}

function whyNot({ lines, versions, since, isCut, state }: Schedule, read: string): Refusal | undefined {
  if (lines.length === 0) return NOTHING;
  if (isCut) return TOO_MANY;
  if (state !== read) return OTHER;
  const [latest] = versions;
  if (latest && since.length === 0) return refusal(RefusalCode.Conflict, `Nothing has come since version ${latest.version}, which ${latest.signedBy} signed off. It still says how things stand, and there is nothing to sign off anew.`);
  const open = lines.filter(({ review }) => review === null).map(({ reference }) => reference);
  if (open.length === 0) return undefined;
  const named = `${open.slice(0, 10).join(', ')}${open.length > 10 ? ` and ${open.length - 10} more` : ''}`;
  return refusal(RefusalCode.Conflict, `Not every exhibit was reviewed: ${named}. A schedule is signed off when nothing is left open.`);
}

const NOTHING = refusal(RefusalCode.Conflict, 'There is no exhibit in this investigation that a schedule could list.');
const TOO_MANY = refusal(RefusalCode.TooLarge, `A schedule lists up to ${MOST_LISTED} exhibits, and there are more.`);
const OTHER = refusal(RefusalCode.Stale, 'The schedule has changed since you read it. Read it again, and sign off what you have read.');
