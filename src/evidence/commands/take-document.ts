import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { reportHtml } from '../../../libs/bundle/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type Entered } from '../../workspaces/index.js';
import { listCsv, listReport, type EvidenceList } from '../domain/evidence-list.js';
import { loadSchedule, MOST_LISTED, subjectOfList, type Schedule, type ScheduleLine } from '../queries/disclosure-schedule.js';
import { DrawReport } from './draw-report.js';

export const FORMS = ['html', 'csv', 'pdf'] as const;

/** Which document somebody wants, checked at the edge. */
export interface DocumentAsked {
  readonly workspaceId: string;
  readonly list: string;
  readonly form: (typeof FORMS)[number];
  /** Undefined: how things stand now. */
  readonly version: number | undefined;
}

/** A document to hand out. */
export interface TakenDocument {
  readonly body: string | Uint8Array;
  readonly marking: string;
  readonly fileName: string;
}

/** Writes the exhibit list, or a class of the disclosure schedule, as a document; which exhibits it names is recorded with the taking. */
@Injectable()
export class TakeDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly drawing: DrawReport,
  ) {}

  execute(context: ActContext, asked: DocumentAsked): Promise<Result<TakenDocument, Refusal>> {
    return asked.form === 'pdf' ? this.drawing.holding((isHeld) => this.take(context, asked, isHeld)) : this.take(context, asked, true);
  }

  private async take(context: ActContext, asked: DocumentAsked, hasPlace: boolean): Promise<Result<TakenDocument, Refusal>> {
    const listed = await this.unitOfWork.run(context, (work) => this.list(work, asked, hasPlace));
    if (!listed.ok) return listed;
    const { list, investigation, marking } = listed.value;
    const version = asked.version === undefined ? '' : `-version-${asked.version}`;
    return ok({ body: await this.written(listed.value, asked.form), marking, fileName: `${list}-${investigation.reference}${version}.${asked.form}` });
  }

  private async list(work: Work, asked: DocumentAsked, hasPlace: boolean): Promise<Result<EvidenceList, Refusal>> {
    const entered = await this.gate.enterToRead(work, 'document.take', asked.workspaceId);
    if (!entered.ok) return entered;
    const schedule = await loadSchedule(work, entered.value, asked.version);
    if (schedule === undefined) return this.refuse(work, entered.value, NOT_FOUND, 'no-such-document');
    if (!hasPlace) return this.refuse(work, entered.value, TOO_MANY_AT_ONCE, 'too-many-at-once');
    if (schedule.isCut) return this.refuse(work, entered.value, TOO_MANY, 'too-many-exhibits');
    const lines = schedule.lines.filter(({ review }) => asked.list === 'exhibits' || review?.class === asked.list);
    const subject = subjectOfList(entered.value, lines);
    const items = lines.map(({ id }) => id);
    await this.gate.record(work, entered.value, { subject, details: { document: asked.list, form: asked.form, version: asked.version ?? null, items, count: items.length } });
    return ok(listOf(asked.list, schedule, lines, { entered: entered.value, actor: entered.value.actor, marking: subject.marking, at: work.at }));
  }

  private written(list: EvidenceList, form: DocumentAsked['form']): string | Promise<Uint8Array> {
    if (form === 'csv') return listCsv(list);
    return form === 'html' ? reportHtml(listReport(list), PAGES) : this.drawing.execute(listReport(list));
  }

  private async refuse(work: Work, entered: Entered, refused: Refusal, reason: string): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'workspace', id: entered.row.id }, reason });
    return err(refused);
  }
}

interface Taking {
  readonly entered: Entered;
  readonly actor: ActorRef;
  readonly marking: string;
  readonly at: Date;
}

function listOf(list: string, { shown, versions, since }: Schedule, lines: readonly ScheduleLine[], { entered: { row }, actor, marking, at }: Taking): EvidenceList {
  return {
    list, marking,
    investigation: { reference: row.reference, title: row.title },
    takenBy: `${actor.displayName}, ${actor.agencyName}`,
    takenAt: at,
    signed: shown && { version: shown.version, by: shown.signedBy, agency: shown.agencyName, at: shown.signedAt, statement: shown.statement },
    isCurrent: shown !== undefined && shown === versions[0] && since.length === 0,
    exhibits: lines.map((line) => ({ ...line, agency: line.originator.name })),
  };
}

/** Printed pages say how many they are; the marking stands at the head and foot of each already. */
const PAGES = '@page{margin:20mm 15mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt Arial,sans-serif}}';

const TOO_MANY = refusal(RefusalCode.TooLarge, `A list holds up to ${MOST_LISTED} exhibits, and there are more.`);
const TOO_MANY_AT_ONCE = refusal(RefusalCode.RateLimited, 'So many PDFs are being made that yours would wait for long. Try again in a minute, or take the page to print.');
